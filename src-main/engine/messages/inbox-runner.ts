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
  const aside = new Set<string>();
  const failures = new Map<string, number>();
  let running: Promise<void> | undefined;
  let isWanted = false;

  /** True when something failed and is worth another try. */
  async function round(): Promise<{ count: number; hasFailed: boolean }> {
    const rows = await inbox.next(account.id, [...aside], PAGE);
    let hasFailed = false;
    const failed = (id: string, reason: unknown) => {
      hasFailed = true;
      const count = (failures.get(id) ?? 0) + 1;
      failures.set(id, count);
      if (count >= TRIES) aside.add(id);
      const isLast = count >= TRIES;
      logger.error({ err: reason, account: account.jid, isLast }, 'a message could not be processed');
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
    setAside: (id: string) => void aside.add(id),
    takeBack: (id: string) => void aside.delete(id),
    /** Waits for the work under way. */
    idle: async () => running,
  };
}
