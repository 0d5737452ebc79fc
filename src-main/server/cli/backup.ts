import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { SHORTEST_PASSPHRASE } from '../../../src-shared/api/backup.ts';
import { readBackup } from '../../base/backup-file.ts';
import { fromHere } from '../config.ts';
import type { Api } from './api-client.ts';
import { readNewSecret } from './secrets.ts';
import { Refused, UsageError, type Verb } from './verb.ts';

export const PASSPHRASE = {
  flag: 'passphrase-stdin',
  variable: 'BOTMOTHER_PASSPHRASE',
  prompt: 'Passphrase of the backup',
};

/** Reads the whole of it again: a backup that cannot be read is none. */
async function prove(file: string, passphrase: string): Promise<void> {
  await readBackup(file, passphrase, { begin: () => undefined, write: async () => undefined });
}

/** Nothing has the name of the backup before the whole of it is on the disk. */
async function save(api: Api, file: string, passphrase: string): Promise<void> {
  const part = `${file}.part-${process.pid}`;
  try {
    const stream = await api.download('/api/v1/backup', { passphrase });
    await pipeline(stream, createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }));
    await prove(part, passphrase);
    if (existsSync(file)) throw new Refused(`${file} exists already. Choose another name.`);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw explained(error, file);
  }
}

function explained(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new Refused('The engine stopped while it made the backup. Nothing was written; try again.');
  if (/^E[A-Z]+$/.test(code)) return new Refused(`${file} cannot be written (${code}).`);
  return error;
}

export const backupVerb: Verb = {
  usage: 'backup FILE [--passphrase-stdin]',
  summary: 'Write everything into one file, sealed with a passphrase',
  flags: { 'passphrase-stdin': false },
  words: [1, 1],
  async run({ words: [word = ''], flags, api, print }) {
    const file = fromHere(word, process.env);
    if (existsSync(file)) throw new Refused(`${file} exists already. Choose another name.`);
    const fromStdin = flags['passphrase-stdin'] === true;
    const passphrase = await readNewSecret({ ...PASSPHRASE, fromStdin });
    if (passphrase.length < SHORTEST_PASSPHRASE)
      throw new UsageError(`The passphrase must be at least ${SHORTEST_PASSPHRASE} characters long.`);
    await save(await api(), file, passphrase);
    const handle = await open(file, 'r');
    const { size } = await handle.stat();
    await handle.close();
    print({ file, bytes: size }, [
      `The backup is in ${file} (${Math.ceil(size / 1_024)} KiB).`,
      'It opens with the passphrase only: keep both, in different places.',
    ]);
    return 0;
  },
};
