import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, open, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { reason } from '../../../src-shared/text/reasons.ts';
import { type BackupDescription, readBackup } from '../../base/backup-file.ts';
import { BackupProblem, DAMAGED } from '../../base/backup-header.ts';
import { DATABASE_FILE, SCHEMA_VERSION } from '../../store/open.ts';
import { lockDataFolder, prepareDataFolder } from '../data-folder.ts';
import { keyFileOf } from '../file-key-box.ts';
import { skipUpdateIds } from './skip-ids.ts';
import { swapIn } from './swap-in.ts';

/** A backup cannot be restored here; `message` says why and what to do. Nothing was changed. */
export class RestoreProblem extends Error {}

interface Restore {
  file: string;
  /** Asked for once it is clear that the folder may be used, and held. */
  passphrase: () => Promise<string>;
  dataDir: string;
  keyFile: string | undefined;
  /** What is there is kept aside instead of being a reason to refuse. */
  isForced: boolean;
  nowMs: number;
}

const STAGE_PREFIX = 'restoring-stage-';
const ASIDE_PREFIX = 'before-restore-';
/** What an engine keeps in its folder, and what may lie there without being in the way. */
const STATE = /^(bot_registry\.db(-wal|-shm|-journal)?|keys|files|api-tls)$/;
const BESIDES = /^(engine\.lock.*|engine\.sock|backups|(restoring|before-restore)-.*)$/;

/**
 * Brings a backup into a data folder that no engine uses. Everything is read and proven beside the folder's content
 * first; then what was there is moved aside, and only then the new takes its place.
 */
export async function restoreBackup(restore: Restore): Promise<{ createdAt: number; aside: string[] }> {
  const { dataDir, isForced } = restore;
  const keyFile = keyFileOf(dataDir, restore.keyFile);
  const checkEmpty = () => {
    if ((contentOf(dataDir, /^/).length > 0 || existsSync(keyFile)) && !isForced) {
      throw new RestoreProblem(
        `${dataDir} is not empty. Choose another --data-dir, or add --force to keep the data in it aside.`,
      );
    }
  };
  const isNew = !existsSync(dataDir);
  // Another program's folder is not touched at all. Of one of ours only who holds the lock can say that it is empty.
  if (!existsSync(join(dataDir, 'engine.lock'))) checkEmpty();
  prepareDataFolder(dataDir);
  const unlock = lockDataFolder(dataDir);
  if (!unlock) throw new RestoreProblem(`An engine is running on ${dataDir}. Stop it first.`);
  let isDone = false;
  try {
    checkEmpty();
    const done = await replaceContent(restore, keyFile, await restore.passphrase());
    isDone = true;
    return done;
  } finally {
    unlock();
    if (isNew && !isDone) await removeEmpty(dataDir);
  }
}

async function replaceContent(
  { file, dataDir, nowMs }: Restore,
  keyFile: string,
  passphrase: string,
): Promise<{ createdAt: number; aside: string[] }> {
  const staged = await unpackBackup({ dataDir, file, passphrase });
  try {
    return { createdAt: staged.createdAt, aside: await putInPlace(staged, { dataDir, keyFile, nowMs }) };
  } finally {
    await staged.drop();
  }
}

/** A backup that was read to its end and proven, beside the data. */
export interface Staged {
  createdAt: number;
  /** Of the program that made it. */
  version: string;
  files: readonly string[];
  dataKey: Buffer;
  /** Takes away what is left of it. */
  drop(): Promise<void>;
}

/** Reads and proves a backup in a folder of its own. Rejects with `BackupProblem`; nothing else was changed then. */
export async function unpackBackup({
  dataDir,
  file,
  passphrase,
}: {
  dataDir: string;
  file: string;
  passphrase: string;
}): Promise<Staged> {
  const stage = await freshStage(dataDir);
  const drop = () => rm(stage, { recursive: true, force: true });
  try {
    const { dataKey, description } = await unpackInto(stage, file, passphrase);
    checkDatabase(join(stage, DATABASE_FILE));
    return {
      createdAt: description.created_at,
      version: description.version,
      files: description.files.map(({ name }) => join(stage, name)),
      dataKey,
      drop,
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Moves what is in the folder aside and the backup in. Nobody may use the data. Resolves with where the old is. */
export async function putInPlace(
  { files, dataKey, createdAt }: Staged,
  { dataDir, keyFile, nowMs }: { dataDir: string; keyFile: string; nowMs: number },
): Promise<string[]> {
  for (const file of files)
    if (basename(file) === DATABASE_FILE) skipUpdateIds(file, nowMs / 1_000 - createdAt);
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-');
  return swapIn({
    dataDir,
    old: contentOf(dataDir, STATE),
    aside: join(dataDir, `${ASIDE_PREFIX}${stamp}`),
    staged: files,
    keyFile,
    asideKeyFile: `${keyFile}.${ASIDE_PREFIX}${stamp}`,
    dataKey,
  });
}

/** Takes away what was made for a restore that failed, as far as nothing else came into it. */
async function removeEmpty(dataDir: string): Promise<void> {
  for (const name of ['keys', 'backups', 'api-tls', 'files'])
    await rmdir(join(dataDir, name)).catch(() => undefined);
  await rm(join(dataDir, 'engine.lock'), { force: true });
  await rmdir(dataDir).catch(() => undefined);
}

/** What lies in the folder under such names, as full paths; folders that are empty do not count. */
function contentOf(dataDir: string, names: RegExp): string[] {
  if (!existsSync(dataDir)) return [];
  if (!statSync(dataDir).isDirectory())
    throw new RestoreProblem(`${dataDir} is not a folder. Name another: --data-dir DIR`);
  return readdirSync(dataDir)
    .filter((name) => names.test(name) && !BESIDES.test(name))
    .map((name) => join(dataDir, name))
    .filter((path) => !lstatSync(path).isDirectory() || readdirSync(path).length > 0);
}

async function freshStage(dataDir: string): Promise<string> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(STAGE_PREFIX)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  return mkdtemp(join(dataDir, STAGE_PREFIX));
}

/** Writes the files of the backup into a folder, on the disk for good. */
async function unpackInto(stage: string, file: string, passphrase: string) {
  const handles = new Map<string, Awaited<ReturnType<typeof open>>>();
  try {
    const read = await readBackup(file, passphrase, {
      begin: checkDescription,
      async write(name, chunk) {
        const handle = handles.get(name) ?? (await open(join(stage, name), 'wx', 0o600));
        handles.set(name, handle);
        await handle.writeFile(chunk);
      },
    });
    for (const handle of handles.values()) await handle.sync();
    return read;
  } finally {
    for (const handle of handles.values()) await handle.close();
  }
}

function checkDescription({ schema, version, files }: BackupDescription): void {
  if (schema > SCHEMA_VERSION || files.some(({ name }) => name !== DATABASE_FILE)) {
    throw new BackupProblem(reason('backup.newer-version', { version: version.slice(0, 50) }));
  }
  if (files.length !== 1) throw new BackupProblem(DAMAGED);
}

function checkDatabase(file: string): void {
  const database = new BetterSqlite3(file, { readonly: true });
  try {
    if (database.pragma('quick_check', { simple: true }) !== 'ok') throw new BackupProblem(DAMAGED);
  } finally {
    database.close();
  }
}
