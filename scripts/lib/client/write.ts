import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { clientFiles } from './client-files.ts';
import { routeDocument } from './document.ts';
import { CLIENT_FOLDER, formatted } from './formatted.ts';

for (const [name, text] of Object.entries(clientFiles(await routeDocument()))) {
  writeFileSync(join(ROOT, CLIENT_FOLDER, name), await formatted(name, text));
  console.log(`${CLIENT_FOLDER}/${name}`);
}
