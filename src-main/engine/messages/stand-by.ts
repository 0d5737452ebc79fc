import type { Logger } from '../../base/logger.ts';
import type { Scope } from '../../base/scope.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboxRepository, SealedInboxRow } from '../../store/inbox-repository.ts';
import type { EngineTurn } from './inbound-roles.ts';

interface StandByDeps {
  account: Account;
  inbox: Pick<InboxRepository, 'held'>;
  turn: Pick<EngineTurn, 'isStandingBy'>;
  logger: Logger;
  scope: Scope;
  /** Shows what a row says, if it came encrypted. */
  look: (row: SealedInboxRow) => Promise<void>;
}

const PAGE = 64;
/** Rows that are known to be looked at. Over that they are shown when they are done, or when it is our turn. */
const KNOWN = 2_000;

/**
 * While another engine of the account acts, rows wait here for its word; but the person looks at this window too. So what
 * came encrypted is decrypted as it comes, in order, and once.
 */
export function standBy({ account, inbox, turn, logger, scope, look }: StandByDeps) {
  const seen = new Set<string>();
  let isWanted = false;
  let running: Promise<void> | undefined;
  const mayLook = () => turn.isStandingBy && !scope.isClosed && seen.size < KNOWN;

  async function run(): Promise<void> {
    while (isWanted && mayLook()) {
      isWanted = false;
      const rows = await inbox.held(account.id, [...seen], PAGE);
      if (rows.length === PAGE) isWanted = true;
      for (const row of rows) {
        if (!mayLook()) return;
        seen.add(row.id);
        await look(row).catch((error: unknown) =>
          logger.warn({ err: error, account: account.jid }, 'a message could not be shown while standing by'),
        );
      }
    }
  }

  function wake(): void {
    isWanted = true;
    if (!mayLook()) return;
    running ??= run()
      .catch((error: unknown) =>
        logger.error({ err: error, account: account.jid }, 'the inbox could not be read'),
      )
      .finally(() => {
        running = undefined;
        if (isWanted && mayLook()) wake();
      });
  }

  return {
    wake,
    /** The row is gone. */
    forget: (id: string) => void seen.delete(id),
    /** Waits for the look that is under way. */
    idle: async () => running,
  };
}
