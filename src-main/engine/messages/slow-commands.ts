import type { Logger } from '../../base/logger.ts';
import type { Account } from '../../store/account-repository.ts';

interface SlowCommandsDeps {
  account: Account;
  logger: Logger;
  /** While a command runs, nobody else works on it. */
  setAside: (inboxId: string) => void;
  takeBack: (inboxId: string) => void;
}

/**
 * Commands that take as long as somebody far away likes: what is typed after them does not wait. One that is ended before its
 * answer is there stays in the inbox, for the next start or for the engine that acts from then on.
 */
export function slowCommands({ account, logger, setAside, takeBack }: SlowCommandsDeps) {
  const running = new Set<Promise<void>>();
  let nobodyWaits = new AbortController();

  return {
    begin(inboxId: string, run: (signal: AbortSignal) => Promise<void>): void {
      setAside(inboxId);
      const done = run(nobodyWaits.signal)
        .catch((error: unknown) =>
          logger.error({ err: error, account: account.jid }, 'a slow command could not be answered'),
        )
        .finally(() => {
          running.delete(done);
          takeBack(inboxId);
        });
      running.add(done);
    },
    /** Ends those under way; resolves when none is left. */
    async end(): Promise<void> {
      nobodyWaits.abort();
      nobodyWaits = new AbortController();
      await Promise.all(running);
    },
  };
}
