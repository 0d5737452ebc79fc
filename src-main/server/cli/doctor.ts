import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Config } from '../config.ts';
import { fileKeyBox, KeyFileProblem, keyFileOf, sealedKeyFileOf } from '../file-key-box.ts';
import { wordsFor } from '../words.ts';
import { checkServices } from './doctor-services.ts';
import { bad, type Finding, good } from './finding.ts';
import type { Verb } from './verb.ts';

function checkNode(): Finding {
  const [major = '0'] = process.versions.node.split('.');
  return Number(major) >= 24
    ? good(`Node ${process.versions.node}`)
    : bad(`Node ${process.versions.node} is too old`, 'Install Node 24 or newer.');
}

function checkFolder({ dataDir }: Config): Finding {
  if (!existsSync(dataDir)) {
    return bad(
      `${dataDir} does not exist`,
      'Start the engine, which makes it (botmother serve), or name another: --data-dir DIR',
    );
  }
  if (!statSync(dataDir).isDirectory())
    return bad(`${dataDir} is not a folder`, 'Name another: --data-dir DIR');
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS'
      ? bad(
          `${dataDir} is on a disk that nothing can be written to`,
          'Mount it for writing, or name another: --data-dir DIR',
        )
      : bad(
          `${dataDir} cannot be used by this user`,
          'Run as the user who owns it, or name another: --data-dir DIR',
        );
  }
  if (process.platform !== 'win32' && (statSync(dataDir).mode & 0o077) !== 0) {
    return bad(`${dataDir} can be read by others`, `chmod 700 ${dataDir}`);
  }
  return good(`data folder ${dataDir}`);
}

/** The key is tried on the database by what comes after; here it is read, and never made. */
function checkKey({ dataDir, keyFile }: Config): Finding {
  const file = keyFileOf(dataDir, keyFile);
  const sealed = sealedKeyFileOf(dataDir);
  if (!existsSync(file) && existsSync(sealed)) {
    return good(`data key in the keystore of the system, for the desktop app (${sealed})`);
  }
  if (!existsSync(file) && !existsSync(join(dataDir, 'bot_registry.db'))) {
    return good('no key file yet; the first start makes it');
  }
  try {
    fileKeyBox(dataDir, keyFile);
    return good(`key file ${file}`);
  } catch (error) {
    return bad(
      wordsFor(error),
      'Without the right key nothing can be opened: it may be in a backup of yours.',
    );
  }
}

function checkDatabase({ dataDir }: Config): Finding {
  const file = join(dataDir, 'bot_registry.db');
  if (!existsSync(file)) return good('no database yet; the first start makes it');
  if (!statSync(file).isFile() || statSync(file).size === 0) {
    return bad(
      `the database ${file} is empty or not a file`,
      'Put the right one back, or restore a copy from backups/.',
    );
  }
  try {
    const database = new BetterSqlite3(file, { readonly: true });
    const result = database.pragma('quick_check', { simple: true });
    database.close();
    if (result === 'ok') return good('the database is sound');
  } catch {
    // Said below: the reason does not change what to do.
  }
  return bad(`the database ${file} is damaged`, `Copy ${dataDir} to a safe place, then restore a backup.`);
}

/** With the key in the keystore, only the engine of the desktop app can be asked. */
async function askServices(config: Config): Promise<Finding[]> {
  try {
    return await checkServices(config);
  } catch (error) {
    if (!(error instanceof KeyFileProblem)) throw error;
    return [bad(wordsFor(error), 'Start the desktop app, then ask again.')];
  }
}

/** Everything a person could have got wrong, one line each, with the fix. */
export const doctorVerb = (config: Config): Verb => ({
  usage: 'doctor',
  summary: 'Check everything that could be wrong, with the fix',
  words: [0, 0],
  async run({ print }) {
    const local = [checkNode(), checkFolder(config)];
    if (local.every(({ ok }) => ok)) local.push(checkKey(config), checkDatabase(config));
    const isReadable = local.every(({ ok }) => ok);
    const findings = [...local, ...(isReadable ? await askServices(config) : [])];
    print(
      findings,
      findings.map(({ ok, what, fix }) => (ok ? `ok    ${what}` : `WRONG ${what}\n      -> ${fix}`)),
    );
    return findings.every(({ ok }) => ok) ? 0 : 1;
  },
});
