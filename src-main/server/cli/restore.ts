import { statSync } from 'node:fs';
import { restoreBackup } from '../backup/restore.ts';
import { type Config, fromHere } from '../config.ts';
import { PASSPHRASE } from './backup.ts';
import { readSecret } from './secrets.ts';
import { Refused, type Verb } from './verb.ts';

export const restoreVerb = (config: Config): Verb => ({
  usage: 'restore FILE [--force] [--passphrase-stdin]',
  summary: 'Bring a backup back into an empty data folder; --force keeps what is there aside',
  flags: { force: false, 'passphrase-stdin': false },
  words: [1, 1],
  async run({ words: [word = ''], flags, print }) {
    const file = fromHere(word, process.env);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Refused(`There is no file ${file}.`);
    const fromStdin = flags['passphrase-stdin'] === true;
    const { dataDir, keyFile } = config;
    const done = await restoreBackup({
      file,
      passphrase: () => readSecret({ ...PASSPHRASE, fromStdin }),
      dataDir,
      keyFile,
      isForced: flags.force === true,
      nowMs: Date.now(),
    });
    const when = new Date(done.createdAt * 1_000).toISOString().replace(/T(.*)\..*/, ' $1 UTC');
    print({ data_dir: dataDir, created_at: done.createdAt, kept_aside: done.aside }, [
      `The backup of ${when} is in ${dataDir}.`,
      ...done.aside.map((path) => `What was there before is in ${path}`),
      'Start the engine with: botmother serve. Do not run it beside the engine that the backup was made of.',
    ]);
    return 0;
  },
});
