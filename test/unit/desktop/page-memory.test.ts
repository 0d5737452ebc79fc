import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Scope } from '../../../src-main/base/scope.ts';
import { desktopSettings } from '../../../src-main/desktop/desktop-settings.ts';
import { pageMemory } from '../../../src-main/desktop/page-memory.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { testFolder } from '../../support/test-folder.ts';

function started(file = join(testFolder(), 'desktop.json')) {
  const scope = new Scope();
  const settings = desktopSettings(file);
  let writes = 0;
  settings.onChange(() => {
    writes += 1;
  });
  const memory = pageMemory(settings, { clock: new ManualClock(), scope });
  const stored = () => (JSON.parse(readFileSync(file, 'utf8')) as { kept: unknown }).kept;
  return { file, scope, memory, stored, writes: () => writes };
}

describe('what the app keeps of its page', () => {
  it('is there at the next start, although the app ends right after it was said', async () => {
    const { file, memory, scope, stored, writes } = started();

    for (let width = 300; width < 340; width += 1) expect(memory.set('list-width', String(width))).toBe(true);
    expect(memory.get()).toEqual({ 'list-width': '339' });
    expect(writes()).toBe(0);
    await scope.close();

    expect(stored()).toEqual({ 'list-width': '339' });
    expect(writes()).toBe(1);
    expect(started(file).memory.get()).toEqual({ 'list-width': '339' });
  });

  it('has an end', () => {
    const { memory } = started();
    let taken = 0;
    while (memory.set(`name-${taken}`, '1') && taken < 1_000) taken += 1;

    expect(taken).toBe(50);
    expect(memory.set('name-0', '2')).toBe(true);
    expect(memory.get()['name-0']).toBe('2');
  });
});
