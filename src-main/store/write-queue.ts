import type BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import { DomainError, refuse } from '../../src-shared/errors.ts';
import { sqliteDialect } from './dialect.ts';
import type { DurableMark } from './durable-mark.ts';
import type { Database } from './schema.ts';

/** What a unit writes with. It awaits nothing but queries of `db`. */
export interface Tx {
  readonly db: Kysely<Database>;
  /**
   * Runs right after the commit, before anything else can read it; dropped when the unit fails. The commit is on its way
   * to the disk still: what others outside of this process would see belongs into `onDisk`.
   */
  afterCommit(task: () => void): void;
  /** Runs when the commit would survive a power cut, before the caller of `write` goes on. */
  onDisk(task: () => void): void;
}

export type Unit<T> = (tx: Tx) => Promise<T>;

/** Short for people, long for a program that sends: its next commit comes sooner. */
const PATIENCE_MS = 20;

interface Waiting {
  run: (tx: Tx) => Promise<() => void>;
  fail: (error: unknown) => void;
}

/**
 * The one way to write. All units of one loop turn run in one transaction; promises resolve when its commit is on the
 * disk. When one throws, the batch is rolled back and its units run again, each in a transaction of its own, so a unit
 * must have no effect besides its queries and `afterCommit`.
 */
export class WriteQueue {
  readonly #sqlite: BetterSqlite3.Database;
  readonly #db: Kysely<Database>;
  readonly #mark: DurableMark;
  readonly #begin: BetterSqlite3.Statement;
  readonly #end: BetterSqlite3.Statement;
  #waiting: Waiting[] = [];
  #isScheduled = false;
  /** Runs out when the units that may wait have waited long enough. */
  #patience: NodeJS.Timeout | undefined;
  #isInTransaction = false;
  #idle: (() => void)[] = [];

  constructor(sqlite: BetterSqlite3.Database, mark: DurableMark) {
    this.#sqlite = sqlite;
    this.#mark = mark;
    this.#begin = sqlite.prepare('BEGIN IMMEDIATE');
    this.#end = sqlite.prepare('COMMIT');
    this.#db = new Kysely<Database>({ dialect: sqliteDialect(sqlite, () => this.#isInTransaction) });
  }

  write<T>(unit: Unit<T>): Promise<T> {
    const done = this.#add(unit);
    this.#schedule();
    return done;
  }

  /** Like `write`, for what may wait a moment: it joins the next commit, if there is one soon. */
  writeSoon<T>(unit: Unit<T>): Promise<T> {
    const done = this.#add(unit);
    this.#patience ??= setTimeout(() => this.#schedule(), PATIENCE_MS);
    return done;
  }

  #add<T>(unit: Unit<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push({
      run: async (tx) => {
        const result = await unit(tx);
        return () => resolve(result);
      },
      fail: reject,
    });
    return promise;
  }

  /** Resolves when everything that was handed in is on the disk or has failed. */
  async drain(): Promise<void> {
    if (this.#waiting.length > 0) this.#schedule();
    if (this.#isScheduled) await new Promise<void>((resolve) => this.#idle.push(resolve));
    await this.#mark.reached().catch(() => undefined);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => void this.#turn());
  }

  async #turn(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    clearTimeout(this.#patience);
    this.#patience = undefined;
    try {
      await this.#commit(batch);
    } catch (error) {
      if (batch.length === 1) batch[0]?.fail(asRefusal(error));
      else
        for (const waiting of batch) await this.#commit([waiting]).catch((e) => waiting.fail(asRefusal(e)));
    }
    this.#isScheduled = false;
    if (this.#waiting.length > 0) this.#schedule();
    else for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #commit(batch: Waiting[]): Promise<void> {
    const afterCommit: (() => void)[] = [];
    const onDisk: (() => void)[] = [];
    const done: (() => void)[] = [];
    const tx: Tx = {
      db: this.#db,
      afterCommit: (task) => void afterCommit.push(task),
      onDisk: (task) => void onDisk.push(task),
    };
    this.#begin.run();
    this.#isInTransaction = true;
    const overrun = Promise.withResolvers<never>();
    // Queries are synchronous, so a unit ends within this turn of the loop, or waits for something else.
    const watchdog = setImmediate(() =>
      overrun.reject(new Error('a unit awaited something other than its transaction')),
    );
    try {
      for (const { run } of batch) done.push(await Promise.race([run(tx), overrun.promise]));
      this.#end.run();
    } catch (error) {
      if (this.#sqlite.inTransaction) this.#sqlite.exec('ROLLBACK');
      throw error;
    } finally {
      clearImmediate(watchdog);
      this.#isInTransaction = false;
    }
    // Committed: nothing that goes wrong from here on may run the units again.
    this.#mark.noteCommit();
    for (const task of afterCommit) attempt(task);
    this.#mark.reached().then(
      () => [...onDisk, ...done].forEach(attempt),
      (error: unknown) => {
        for (const { fail } of batch) fail(asRefusal(error));
      },
    );
  }
}

/** A listener that fails is its own affair; its emitter has reported it. */
function attempt(task: () => void): void {
  try {
    task();
  } catch {
    // The commit stands.
  }
}

const STORAGE_REASONS: Record<string, string> = {
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'the data folder is read-only',
  SQLITE_IOERR: 'the disk reported an error',
  SQLITE_CORRUPT: 'the database file is damaged',
  SQLITE_BUSY: 'another program holds the database',
};

/** A failure of the disk is something to tell people about; everything else stays what it is. */
function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const known = Object.entries(STORAGE_REASONS).find(([prefix]) => code.startsWith(prefix));
  return known ? refuse('storage.failed', { reason: known[1] }) : error;
}
