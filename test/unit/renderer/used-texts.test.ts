import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';

const WINDOW = join(import.meta.dirname, '../../../src-renderer');
const program = readdirSync(WINDOW, { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('text/'))
  .map((file) => readFileSync(join(WINDOW, file), 'utf8'))
  .join('\n');

/** Texts that are chosen by a value: its names stand nowhere in the program. */
const BY_VALUE = new Set([
  'bots.ai.use.outcomes',
  'bots.tabs.overview.scopeWords',
  'bots.tabs.rooms.reasons',
  'bots.telegram.kinds',
  'chats.emoji.groups',
  'firstRun.problems',
  'health.actions',
  'settings.audit.actors',
  'settings.audit.changes',
  'settings.audit.places',
  'settings.audit.refusals',
  'settings.choices.admin_auth',
  'settings.choices.window_density',
  'settings.logs.levels',
  'settings.logs.words',
  'settings.server.ways',
]);

function* leaves(texts: object, path: readonly string[] = []): Iterable<string[]> {
  for (const [name, text] of Object.entries(texts)) {
    const isGroup = typeof text === 'object' && !Array.isArray(text);
    if (isGroup) yield* leaves(text, [...path, name]);
    else yield [...path, name];
  }
}

/** Whether the program could read a property of that name: what it never names is in vain for certain. */
const isNamed = (name: string) =>
  new RegExp(`\\.${name}\\b|[{,]\\s*${name}\\b|['"]${name}['"]`).test(program);

it('there is no text that nobody reads', () => {
  const inVain = [...leaves(en)]
    .filter((path) => !BY_VALUE.has(path.slice(0, -1).join('.')))
    .filter((path) => !isNamed(path.at(-1) ?? ''))
    .map((path) => path.join('.'));

  expect(inVain).toEqual([]);
});
