import type BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { kyselyOver } from './dialect.ts';
import type { DurableMark } from './durable-mark.ts';
import type { Database } from './schema.ts';
import { asRefusal, notFlushed, notWritten } from './storage-refusal.ts';

/** What a unit writes with. It awaits nothing but queries of `db`. */
export interface Tx {
  readonly db: Kysely<Database>;
  /**
   * What the units of one commit work on together: made by the first that asks for it, and written by `save` after the
   * last one, in the same transaction.
   */
  shared<T>(key: object, make: () => T, save: (value: T) => Promise<void>): T;
  /**
   * Runs right after the commit, before anything else can read it; dropped when the unit fails. The commit is on its way
   * to the disk still: what others outside of this process would see belongs into `onDisk`.
   */
  afterCommit(task: () => void): void;
  /**
   * Runs when the commit would survive a power cut, before the caller of `write` goes on; later than that caller is told
   * where the flush failed at first, for the commit stands.
   */
  onDisk(task: () => void): void;
}

export type Unit<T> = (tx: Tx) => Promise<T>;

/** Short for people, long for a program that sends: its next commit comes sooner. */
const PATIENCE_MS = 20;

/** So long one waits for company, whatever is committed meanwhile. */
const COMPANY_MS = 15;

/** While commits of many units follow each other, one of fewer waits so long for those that are on their way. */
const GATHER_MS = 1;
/** Fewer than that are no crowd: nothing waits for others. */
const CROWD = 4;

interface Waiting {
  run: (tx: Tx) => Promise<() => void>;
  fail: (error: unknown) => void;
}

/**
 * The one way to write. All units of one loop turn run in one transaction; promises resolve when its commit is on the
 * disk. While the disk does not take what is committed, units are refused. When one throws, the batch is rolled back and its units run again, each in a transaction of its own, so a unit
 * must have no effect besides its queries and `afterCommit`.
 */
export class WriteQueue {
  readonly #sqlite: BetterSqlite3.Database;
  readonly #db: Kysely<Database>;
  readonly #mark: DurableMark;
  readonly #begin: BetterSqlite3.Statement;
  readonly #end: BetterSqlite3.Statement;
  #waiting: Waiting[] = [];
  /** How many of them may not wait. */
  #pressing = 0;
  /** Units that wait for company. */
  #together: Waiting[] = [];
  #company: NodeJS.Timeout | undefined;
  #isScheduled = false;
  /** How many units that may not wait commits have lately had at most; a quarter less with each smaller one. */
  #usual = 0;
  /** Runs while a small commit waits for more units. */
  #gathering: NodeJS.Timeout | undefined;
  /** Runs out when the units that may wait have waited long enough. */
  #patience: NodeJS.Timeout | undefined;
  #isInTransaction = false;
  #idle: (() => void)[] = [];
  /** What needs a moment without a transaction. */
  #between: (() => void)[] = [];

  constructor(sqlite: BetterSqlite3.Database, mark: DurableMark) {
    this.#sqlite = sqlite;
    this.#mark = mark;
    this.#begin = sqlite.prepare('BEGIN IMMEDIATE');
    this.#end = sqlite.prepare('COMMIT');
    this.#db = kyselyOver(sqlite, () => this.#isInTransaction);
  }

  write<T>(unit: Unit<T>): Promise<T> {
    const done = this.#add(unit);
    this.#pressing += 1;
    if (this.#gathering && !this.#isSmall) this.#commitNow();
    this.#schedule();
    return done;
  }

  /** Like `write`, for what may wait a moment: it joins the next commit, if there is one soon. */
  writeSoon<T>(unit: Unit<T>): Promise<T> {
    const done = this.#add(unit);
    this.#patience ??= setTimeout(() => this.#schedule(), PATIENCE_MS);
    return done;
  }

  /**
   * Like `writeSoon`, for units that grow while they wait: the more they are about, the less each thing costs. It lets
   * commits pass for a moment.
   */
  writeTogether<T>(unit: Unit<T>): Promise<T> {
    const done = this.#add(unit, this.#together);
    this.#company ??= setTimeout(() => this.#join(), COMPANY_MS);
    return done;
  }

  #join(): void {
    clearTimeout(this.#company);
    this.#company = undefined;
    this.#waiting.push(...this.#together.splice(0));
    this.#schedule();
  }

  /** Runs a task while no unit is at work. */
  between(task: () => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#between.push(() => {
      try {
        resolve(task());
      } catch (error) {
        reject(error);
      }
    });
    this.#schedule();
    return promise;
  }

  #add<T>(unit: Unit<T>, to = this.#waiting): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    to.push({
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
    // No crowd is to be waited for.
    this.#usual = 0;
    if (this.#company) this.#join();
    if (this.#waiting.length > 0) this.#schedule();
    if (this.#gathering) this.#commitNow();
    if (this.#isScheduled) await new Promise<void>((resolve) => this.#idle.push(resolve));
    await this.#mark.reached().catch(() => undefined);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      if (this.#isSmall) this.#gathering = setTimeout(() => this.#commitNow(), GATHER_MS);
      else void this.#turn();
    });
  }

  /** Each commit costs the same again, however few units share it. */
  get #isSmall(): boolean {
    return this.#usual >= CROWD && this.#pressing < this.#usual;
  }

  #commitNow(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    setImmediate(() => void this.#turn());
  }

  async #turn(): Promise<void> {
    const batch = this.#waiting;
    this.#usual = Math.max(this.#pressing, this.#usual * 0.75);
    this.#waiting = [];
    this.#pressing = 0;
    clearTimeout(this.#patience);
    this.#patience = undefined;
    for (const task of this.#between.splice(0)) task();
    try {
      await this.#commit(batch);
    } catch (error) {
      if (batch.length === 1) batch[0]?.fail(asRefusal(error));
      else
        for (const waiting of batch) await this.#commit([waiting]).catch((e) => waiting.fail(asRefusal(e)));
    }
    this.#isScheduled = false;
    // Who drains the queue waits for these, too.
    if (this.#idle.length > 0 && this.#company) this.#join();
    else if (this.#waiting.length + this.#between.length > 0) this.#schedule();
    else for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #commit(batch: Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    // What the disk does not take now would only be one thing more that may be lost.
    if (this.#mark.failure) throw notWritten(this.#mark.failure.error);
    const shared = new Map<object, { value: unknown; save: () => Promise<void> }>();
    const afterCommit: (() => void)[] = [];
    const onDisk: (() => void)[] = [];
    const done: (() => void)[] = [];
    const tx: Tx = {
      db: this.#db,
      shared(key, make, save) {
        const known = shared.get(key);
        // Its type is that of who owns the key.
        if (known) return known.value as ReturnType<typeof make>;
        const value = make();
        shared.set(key, { value, save: () => save(value) });
        return value;
      },
      afterCommit: (task) => void afterCommit.push(task),
      onDisk: (task) => void onDisk.push(task),
    };
    let isOver = false;
    async function runAll(): Promise<void> {
      for (const { run } of batch) if (!isOver) done.push(await run(tx));
      for (const { save } of shared.values()) if (!isOver) await save();
    }
    this.#begin.run();
    this.#isInTransaction = true;
    const overrun = Promise.withResolvers<never>();
    // Queries are synchronous, so a unit ends within this turn of the loop, or waits for something else.
    const watchdog = setImmediate(() =>
      overrun.reject(new Error('a unit awaited something other than its transaction')),
    );
    try {
      await Promise.race([runAll(), overrun.promise]);
      this.#end.run();
    } catch (error) {
      if (this.#sqlite.inTransaction) this.#sqlite.exec('ROLLBACK');
      throw error;
    } finally {
      clearImmediate(watchdog);
      isOver = true;
      this.#isInTransaction = false;
    }
    // Committed: nothing that goes wrong from here on may run the units again.
    this.#mark.noteCommit();
    for (const task of afterCommit) attempt(task);
    this.#mark.whenReached(() => onDisk.forEach(attempt));
    this.#mark.reached().then(
      () => done.forEach(attempt),
      (error: unknown) => {
        for (const { fail } of batch) fail(notFlushed(error));
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
