import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { clientFiles } from './client-files.ts';
import { routeDocument } from './document.ts';
import { CLIENT_FOLDER, formatted } from './formatted.ts';

const files = await formatted(clientFiles(await routeDocument()));
const made = Object.entries(files).map(([name, text]) => [join(CLIENT_FOLDER, name), text] as const);
// A folder holds what was made and nothing else: a resource may be gone.
const folders = new Set(made.map(([path]) => dirname(path)).filter((folder) => folder !== CLIENT_FOLDER));
for (const folder of folders) {
  rmSync(join(ROOT, folder), { recursive: true, force: true });
  mkdirSync(join(ROOT, folder), { recursive: true });
}
for (const [path, text] of made) {
  writeFileSync(join(ROOT, path), text);
  console.log(path);
}
