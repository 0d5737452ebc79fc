import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { type AtEnd, testFolder } from './test-folder.ts';

/** A folder for a sandbox of the test's own, on ports that no other one takes: those that are usual are for one only. */
export async function sandboxFolder(atEnd?: AtEnd): Promise<string> {
  const folder = testFolder(atEnd);
  const [c2s, tls, http, https] = await freePorts(4);
  writeFileSync(join(folder, 'ports.json'), JSON.stringify({ c2s, tls, http, https }));
  return folder;
}
