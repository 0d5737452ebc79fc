import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../../src-main');
const sources = globSync('**/*.ts', { cwd: root }).map((name) => readFileSync(join(root, name), 'utf8'));
const count = (pattern: RegExp) => sources.flatMap((source) => source.match(pattern) ?? []).length;
/** What takes long to load, or much memory. The WebSocket is a file of its own, which is loaded as a whole. */
const heavy = [
  { name: 'the SDK of the AI providers', pattern: '(?:ai|@ai-sdk/[a-z-]+)', places: 8, at: 0 },
  { name: 'the decoder of pictures', pattern: 'sharp', places: 1, at: 0 },
  { name: 'the HTTP client', pattern: 'undici', places: 1, at: 1 },
  { name: 'the sender of files', pattern: '@fastify/send', places: 1, at: 0 },
  { name: 'what makes certificates', pattern: 'node-forge', places: 1, at: 0 },
  { name: 'WebSockets', pattern: '[./]*/websocket-transport\\.ts', places: 1, at: 0 },
];

it.each(heavy)('$name is loaded when it is first needed, not with the engine', ({ pattern, places, at }) => {
  expect(count(new RegExp(`import\\('${pattern}'\\)`, 'g'))).toBeGreaterThanOrEqual(places);
  expect(count(new RegExp(`^(?:import|export) (?!type\\b)[^;]*from '${pattern}'`, 'gm'))).toBe(at);
});
