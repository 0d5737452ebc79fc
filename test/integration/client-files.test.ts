import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientFiles } from '../../scripts/lib/client/client-files.ts';
import { routeDocument } from '../../scripts/lib/client/document.ts';
import { CLIENT_FOLDER, formatted } from '../../scripts/lib/client/formatted.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the typed client', () => {
  it('is what the routes make of it; if not, run `npm run client`', async () => {
    const made = clientFiles(await routeDocument());

    expect(Object.keys(made).sort()).toEqual(['management.ts', 'programs.ts', 'types.ts', 'window.ts']);
    for (const [name, text] of Object.entries(made)) {
      const kept = readFileSync(join(root, CLIENT_FOLDER, name), 'utf8');
      expect(await formatted(name, text), `${CLIENT_FOLDER}/${name}`).toBe(kept);
    }
  });

  it('has a function for every route, with a comment that says what it is', async () => {
    const { paths } = await routeDocument();
    const text = ['programs.ts', 'management.ts', 'window.ts']
      .map((name) => readFileSync(join(root, CLIENT_FOLDER, name), 'utf8'))
      .join('\n');

    for (const [path, methods] of Object.entries(paths))
      for (const [method, { operationId, summary }] of Object.entries(methods)) {
        const [before = ''] = text.split(`export function ${operationId}(`);
        const comment = before.slice(before.lastIndexOf('/**')).replace(/\s+(\*\s+)?/g, ' ');

        expect(comment).toMatch(/\*\/ $/);
        expect(comment).toContain(`\`${method.toUpperCase()} ${path}\``);
        expect(comment).toContain(summary);
      }
  });
});
