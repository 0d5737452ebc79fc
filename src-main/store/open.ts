import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { migrations } from '../../migrations/index.ts';
import { reason } from '../../src-shared/text/reasons.ts';
import { copyDatabase, leaveBehind } from './copy.ts';
import { kyselyOver } from './dialect.ts';
import { DurableMark } from './durable-mark.ts';
import type { Database } from './schema.ts';
import { notWritten } from './storage-refusal.ts';
import { WalFile } from './wal-file.ts';
import { type Unit, WriteQueue } from './write-queue.ts';

export type { Tx, Unit } from './write-queue.ts';

export interface Store {
  /**
   * A read-only connection: sees what is committed, never what is being written. What was read may be on its way to the
   * disk still: before it leaves this process, await `durable`.
   */
  readonly read: Kysely<Database>;
  /** Resolves when everything that is committed by now would survive a power cut. Refuses while the disk says no. */
  durable(): Promise<void>;
  /** Runs a unit and resolves with its result when its commit is on the disk. */
  write<T>(unit: Unit<T>): Promise<T>;
  /** Like `write`, for what may wait a moment: it joins the next commit, if there is one within some milliseconds. */
  writeSoon<T>(unit: Unit<T>): Promise<T>;
  /** Like `writeSoon`, for a unit that grows while it waits: it lets commits pass for some milliseconds. */
  writeTogether<T>(unit: Unit<T>): Promise<T>;
  /** Writes a consistent copy of what is committed now into a new file, beside everything else that goes on. */
  copyTo(target: string): Promise<void>;
  /** Waits for the units handed in so far, then closes the file. */
  close(): Promise<void>;
}

export const DATABASE_FILE = 'bot_registry.db';
/** The layout of the database that this program writes. */
export const SCHEMA_VERSION = migrations.length;

/** The database is newer than this program: nothing was touched. */
export class NewerDatabase extends Error {
  constructor(file: string) {
    super(reason('database.newer', { file }));
    this.name = 'NewerDatabase';
  }
}

/** The file is there and holds nothing: a copy or a restore went wrong. */
export class EmptyDatabase extends Error {
  constructor(file: string) {
    super(reason('database.empty', { file }));
    this.name = 'EmptyDatabase';
  }
}

/**
 * Opens `bot_registry.db` in the data folder and brings it up to date. Before a migration of existing data a copy
 * is put into `backups/`; the migration itself is one transaction.
 */
export async function openStore(dataDir: string, now: () => number = Date.now): Promise<Store> {
  const file = join(dataDir, DATABASE_FILE);
  // SQLite takes an empty file for a new database; ours has never been empty, so something went wrong with it.
  if (existsSync(file) && statSync(file).size === 0 && !existsSync(`${file}-wal`))
    throw new EmptyDatabase(file);
  const sqlite = new BetterSqlite3(file);
  try {
    chmodSync(file, 0o600);
    for (const pragma of [
      'journal_mode = WAL',
      // A commit writes, and `DurableMark` flushes: the promise is that of FULL, and the loop waits for quick disks alone.
      'synchronous = NORMAL',
      // Moving pages from the log into the file happens within a commit: seldom, when many of them have changed again.
      'wal_autocheckpoint = 4000',
      'foreign_keys = ON',
      'secure_delete = ON',
    ]) {
      sqlite.pragma(pragma);
    }
    await migrate(sqlite, file, join(dataDir, 'backups'), now);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  const wal = new WalFile(file);
  const rescue = () => queue.between(() => wal.rewrite(framesOf(sqlite)));
  const mark = new DurableMark({ sync: () => wal.sync(), rescue });
  const queue = new WriteQueue(sqlite, mark);
  // A process that was killed leaves commits behind that no flush has seen.
  if (wal.isThere) mark.noteCommit();
  const reader = new BetterSqlite3(file, { readonly: true });
  return {
    read: kyselyOver(reader),
    durable: () =>
      mark.reached().catch((error: unknown) => {
        throw notWritten(error);
      }),
    write: (unit) => queue.write(unit),
    writeSoon: (unit) => queue.writeSoon(unit),
    writeTogether: (unit) => queue.writeTogether(unit),
    copyTo: (target) => copyDatabase(file, target),
    async close() {
      await queue.drain();
      await mark.close();
      await wal.close();
      reader.close();
      sqlite.close();
    },
  };
}

/** How many frames of the log hold something that was committed. */
function framesOf(sqlite: BetterSqlite3.Database): number {
  const [{ log }] = sqlite.pragma('wal_checkpoint(NOOP)') as [{ log: number }];
  return log;
}

async function migrate(sqlite: BetterSqlite3.Database, file: string, backups: string, now: () => number) {
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  if (version > migrations.length) throw new NewerDatabase(file);
  if (version === migrations.length) return;
  if (version > 0) {
    if (!existsSync(backups)) mkdirSync(backups, { recursive: true, mode: 0o700 });
    const stamp = new Date(now()).toISOString().replace(/[:.]/g, '-');
    const copy = join(backups, `before-migration-${version + 1}-${stamp}.db`);
    sqlite.prepare('VACUUM INTO ?').run(copy);
    chmodSync(copy, 0o600);
    leaveBehind(copy);
  }
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    const db = kyselyOver<unknown>(sqlite);
    for (const step of migrations.slice(version)) await step(db);
    sqlite.pragma(`user_version = ${migrations.length}`);
    sqlite.exec('COMMIT');
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    throw error;
  }
}
