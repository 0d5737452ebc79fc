import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each after those that it needs; a folder stands for all in it. */
const MODULES = [
  'types',
  'api-error.ts',
  'client.ts',
  'events.ts',
  'answers.ts',
  'programs',
  'management',
  'window',
  'updates.ts',
];
/** Beside the program when it is built, else among the sources. */
const PLACES = ['./client/', '../../../src-shared/client/'];

const ONE_ANOTHER = /^import [^;]*? from '\.\.?\/[\w-]+\.ts';\n/gm;

/** The typed client as one file to take away: its modules, one after the other. Undefined where they are missing. */
export function clientFile(): string | undefined {
  const folder = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) =>
    existsSync(join(path, 'client.ts')),
  );
  if (folder === undefined) return undefined;
  const modules = MODULES.flatMap((name) => filesOf(folder, name)).map((path) => readFileSync(path, 'utf8'));
  return modules.map((text) => text.replace(ONE_ANOTHER, '')).join('\n');
}

const filesOf = (folder: string, name: string): string[] =>
  name.endsWith('.ts')
    ? [join(folder, name)]
    : readdirSync(join(folder, name))
        .sort()
        .map((file) => join(folder, name, file));
