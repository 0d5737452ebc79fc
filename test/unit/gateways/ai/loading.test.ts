import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../../src-main/gateways/ai');
const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
const count = (pattern: RegExp) => sources.flatMap((source) => source.match(pattern) ?? []).length;

it('loads nothing of the SDK before somebody asks', () => {
  expect(count(/import\('(ai|@ai-sdk\/[a-z-]+)'\)/g)).toBeGreaterThan(7);
  expect(count(/^(import|export) (?!type\b)[^;]*from '(ai|@ai-sdk\/[^']*)'/gm)).toBe(0);
});
