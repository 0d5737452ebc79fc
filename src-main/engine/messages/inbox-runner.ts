import { type Clock, pause } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import type { Scope } from '../../base/scope.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboxRepository, SealedInboxRow } from '../../store/inbox-repository.ts';

interface InboxRunnerDeps {
  account: Account;
  inbox: InboxRepository;
  clock: Clock;
  logger: Logger;
  scope: Scope;
  /** Works on one row; its units are handed in before it first waits, so that rows keep their order. */
  work: (row: SealedInboxRow) => Promise<void>;
  /** True for a row that must be done before the next one begins: what it does decides where that one goes. */
  isAlone: (row: SealedInboxRow) => boolean;
  /** False while rows have to wait; `wake` when that is over. */
  mayWork: () => boolean;
}

const PAGE = 64;
const RETRY = { baseMs: 500, capMs: 60_000 };
/** A row that fails so often is set aside until the next start: it must not hold up the others for ever. */
const TRIES = 6;

/**
 * Works the inbox of an account, oldest row first, many rows in one commit. A row is done when it is gone: what failed
 * (a full disk, a defect) is tried again with back-off, so that what the server was told is handled is not forgotten.
 */
export function inboxRunner({
  account,
  inbox,
  clock,
  logger,
  scope,
  work,
  isAlone,
  mayWork,
}: InboxRunnerDeps) {
  /** Rows that others take care of, and how many do. */
  const aside = new Map<string, number>();
  const setAside = (id: string) => void aside.set(id, (aside.get(id) ?? 0) + 1);
  function takeBack(id: string): void {
    const others = (aside.get(id) ?? 1) - 1;
    if (others === 0) aside.delete(id);
    else aside.set(id, others);
  }
  const failures = new Map<string, number>();
  let running: Promise<void> | undefined;
  let isWanted = false;

  /** Counts the failures of a row. */
  function note(id: string, reason: unknown): { count: number; isLast: boolean } {
    const count = (failures.get(id) ?? 0) + 1;
    const isLast = count >= TRIES;
    failures.set(id, count);
    if (isLast) setAside(id);
    logger.error({ err: reason, account: account.jid, isLast }, 'a message could not be processed');
    return { count, isLast };
  }

  /** True when something failed and is worth another try. */
  async function round(): Promise<{ count: number; hasFailed: boolean }> {
    const rows = await inbox.next(account.id, [...aside.keys()], PAGE);
    let hasFailed = false;
    const failed = (id: string, reason: unknown) => {
      hasFailed = true;
      note(id, reason);
    };
    const working: Promise<void>[] = [];
    for (const row of rows) {
      if (!mayWork()) break;
      const done = Promise.try(() => work(row)).then(
        () => void failures.delete(row.id),
        (error: unknown) => failed(row.id, error),
      );
      working.push(done);
      if (isAlone(row)) await done;
    }
    await Promise.all(working);
    return { count: rows.length, hasFailed };
  }

  async function run(): Promise<void> {
    for (let failed = 0; isWanted && mayWork() && !scope.isClosed; ) {
      isWanted = false;
      const { count, hasFailed } = await round();
      if (count === PAGE || hasFailed) isWanted = true;
      failed = hasFailed ? failed + 1 : 0;
      if (hasFailed) await pause(clock, scope, fullJitterMs(failed, RETRY));
    }
  }

  /** There may be something to do. One run at a time; a call during a run makes it look once more. */
  function wake(): void {
    isWanted = true;
    if (!mayWork()) return;
    running ??= run()
      .catch((error: unknown) => {
        logger.error({ err: error, account: account.jid }, 'the inbox could not be read');
        clock.after(scope, RETRY.baseMs, wake);
      })
      .finally(() => {
        running = undefined;
        if (isWanted && mayWork() && !scope.isClosed) wake();
      });
  }

  return {
    wake,
    /** Somebody else takes care of the row. */
    setAside,
    takeBack,
    /** What somebody else did about a row has failed: it is tried again after a break. */
    failed(id: string, reason: unknown): void {
      const { count, isLast } = note(id, reason);
      takeBack(id);
      if (!isLast && !scope.isClosed) clock.after(scope, fullJitterMs(count, RETRY), wake);
    },
    /** Waits for the work under way. */
    idle: async () => running,
  };
}
