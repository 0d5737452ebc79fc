import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each after those that it needs. */
const MODULES = [
  'types',
  'api-error',
  'client',
  'events',
  'answers',
  'programs',
  'management',
  'window',
  'updates',
];
/** Beside the program when it is built, else among the sources. */
const PLACES = ['./client/', '../../../src-shared/client/'];

const ONE_ANOTHER = /^import [^;]*? from '\.\/[\w-]+\.ts';\n/gm;

/** The typed client as one file to take away: its modules, one after the other. Undefined where they are missing. */
export function clientFile(): string | undefined {
  const folder = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) =>
    existsSync(join(path, 'client.ts')),
  );
  if (folder === undefined) return undefined;
  const modules = MODULES.map((name) => readFileSync(join(folder, `${name}.ts`), 'utf8'));
  return modules.map((text) => text.replace(ONE_ANOTHER, '')).join('\n');
}
