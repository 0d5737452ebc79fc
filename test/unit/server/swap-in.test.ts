import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Disk, SwapProblem, swapIn } from '../../../src-main/server/backup/swap-in.ts';
import { testFolder } from '../../support/test-folder.ts';

/** Every file below a folder with its content. */
function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      return [name, statSync(path).isDirectory() ? 'folder' : readFileSync(path, 'utf8')];
    }),
  );
}

/** A data folder with something in it, a stage beside it, and the key where it should be. */
function aFolder(keyIsElsewhere: boolean) {
  const root = testFolder();
  const dataDir = join(root, 'data');
  const stage = join(dataDir, 'restoring-x');
  const keyFile = keyIsElsewhere ? join(root, 'my.key') : join(dataDir, 'keys', 'data.key');
  for (const folder of [dataDir, stage, join(dataDir, 'keys'), join(dataDir, 'files')]) mkdirSync(folder);
  writeFileSync(join(dataDir, 'bot_registry.db'), 'old database');
  writeFileSync(join(dataDir, 'files', 'cat.jpg'), 'old file');
  writeFileSync(keyFile, 'old key');
  writeFileSync(join(stage, 'bot_registry.db'), 'new database');
  const old = ['bot_registry.db', 'files', ...(keyIsElsewhere ? [] : ['keys'])];
  const swap = {
    dataDir,
    old: old.map((name) => join(dataDir, name)),
    aside: join(dataDir, 'before-restore-1'),
    staged: [join(stage, 'bot_registry.db')],
    keyFile,
    asideKeyFile: `${keyFile}.before-restore-1`,
    dataKey: Buffer.alloc(32, 7),
  };
  return { root, swap };
}

/** The real disk until the given step, which fails; `isFull`: so does everything after it. */
function failingAt(step: number, { isFull = false } = {}): { disk: Disk; steps: () => number } {
  let count = 0;
  const guard = <Args extends unknown[], Result>(real: (...args: Args) => Promise<Result>) => {
    return async (...args: Args): Promise<Result> => {
      count += 1;
      if (count === step || (isFull && count > step))
        throw Object.assign(new Error('no'), { code: 'ENOSPC' });
      return real(...args);
    };
  };
  const open = guard(async (...args: Parameters<typeof fs.open>) => {
    const handle = await fs.open(...args);
    const [writeFile, sync] = [handle.writeFile.bind(handle), handle.sync.bind(handle)];
    return Object.assign(handle, { writeFile: guard(writeFile), sync: guard(sync) });
  });
  const disk = {
    open,
    mkdir: guard(fs.mkdir as (...args: unknown[]) => Promise<unknown>),
    rename: guard(fs.rename),
    rm: guard(fs.rm),
    rmdir: guard(fs.rmdir),
  };
  return { disk: disk as unknown as Disk, steps: () => count };
}

describe.each([
  ['in the folder', false],
  ['elsewhere', true],
])('putting a backup in place, with the key %s', (_where, keyIsElsewhere) => {
  it('moves the old aside and the new in', async () => {
    const { swap } = aFolder(keyIsElsewhere);

    const kept = await swapIn(swap);

    expect(kept).toEqual(keyIsElsewhere ? [swap.aside, swap.asideKeyFile] : [swap.aside]);
    expect(contentOf(swap.dataDir)).toMatchObject({
      'bot_registry.db': 'new database',
      'before-restore-1/bot_registry.db': 'old database',
      'before-restore-1/files/cat.jpg': 'old file',
    });
    expect(readFileSync(swap.keyFile, 'utf8')).toBe(`${swap.dataKey.toString('base64')}\n`);
  });

  it('leaves everything as it was, whichever step fails', async () => {
    const counted = failingAt(0);
    await swapIn(aFolder(keyIsElsewhere).swap, counted.disk);
    expect(counted.steps()).toBeGreaterThan(8);
    let failures = 0;

    for (let step = 1; step <= counted.steps(); step += 1) {
      const { root, swap } = aFolder(keyIsElsewhere);
      const was = contentOf(root);
      const result = await swapIn(swap, failingAt(step).disk).catch((error: unknown) => error);
      // That a folder cannot be synced is no failure: the new is there.
      if (Array.isArray(result)) {
        expect(readFileSync(join(swap.dataDir, 'bot_registry.db'), 'utf8')).toBe('new database');
        continue;
      }
      failures += 1;
      expect(result).toBeInstanceOf(SwapProblem);
      expect((result as Error).message).toContain('Everything is as it was before');
      expect([step, contentOf(root)]).toEqual([step, was]);
    }
    expect(failures).toBeGreaterThan(6);
  });

  it('says where the old is when it cannot be put back', async () => {
    const { swap } = aFolder(keyIsElsewhere);

    const answer = swapIn(swap, failingAt(4, { isFull: true }).disk);

    await expect(answer).rejects.toThrow(`Move back by hand: ${join(swap.aside, 'files')}`);
    await expect(answer).rejects.toThrow(join(swap.aside, 'bot_registry.db'));
  });
});
