import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientFiles } from '../../scripts/lib/client/client-files.ts';
import { routeDocument } from '../../scripts/lib/client/document.ts';
import { CLIENT_FOLDER, formatted } from '../../scripts/lib/client/formatted.ts';

const root = resolve(import.meta.dirname, '../..');

/** The modules that others import from; each gives on what stands in the folder of its name. */
const ENTRIES = ['programs', 'management', 'window'];
const resourcesOf = (entry: string) => {
  const folder = join(root, CLIENT_FOLDER, entry);
  return readdirSync(folder).map((name) => join(folder, name));
};

describe('the typed client', () => {
  it('is what the routes make of it; if not, run `npm run client`', async () => {
    const made = await formatted(clientFiles(await routeDocument()));

    expect(Object.keys(made)).toEqual(
      expect.arrayContaining(['types.ts', ...ENTRIES.map((name) => `${name}.ts`)]),
    );
    const inFolders = [...ENTRIES, 'types']
      .flatMap(resourcesOf)
      .map((path) => relative(join(root, CLIENT_FOLDER), path));
    expect(inFolders.sort()).toEqual(
      Object.keys(made)
        .filter((name) => name.includes('/'))
        .sort(),
    );
    for (const [name, text] of Object.entries(made)) {
      const kept = readFileSync(join(root, CLIENT_FOLDER, name), 'utf8');
      expect(text, `${CLIENT_FOLDER}/${name}`).toBe(kept);
      expect(kept.split('\n').length, name).toBeLessThan(400);
    }
  });

  it('gives each of its functions on from one of three modules', async () => {
    const { paths } = await routeDocument();
    const modules = await Promise.all(
      ENTRIES.map(async (entry) => Object.keys(await import(join(root, CLIENT_FOLDER, `${entry}.ts`)))),
    );

    const named = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(modules.flat().sort()).toEqual(named.sort());
  });

  it('has a function for every route, with a comment that says what it is', async () => {
    const { paths } = await routeDocument();
    const text = ENTRIES.flatMap(resourcesOf)
      .map((path) => readFileSync(path, 'utf8'))
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
