import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Logger } from '../../base/logger.ts';
import type { Scope } from '../../base/scope.ts';
import { presenceSubscribers, type Subscribers } from '../../gateways/xmpp/roster.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { PeerDevices } from './peer-devices.ts';

/**
 * Whom an account has to do with. For them new sessions are begun and key exchanges are answered; anybody else could make
 * up devices without end, and keep an engine busy with each.
 */
export function acquaintances(devices: PeerDevices) {
  const rosters = new Map<AccountId, Subscribers>();

  return {
    /** Follows the contacts of a person's account while it has that session. */
    follow(account: Account, session: Session, { scope, logger }: { scope: Scope; logger: Logger }): void {
      // To a bot nobody is heard but its owner.
      if (account.botId !== undefined) return;
      const report = (error: unknown) => {
        if (error instanceof SessionLost) return;
        logger.warn({ err: error, account: account.jid }, 'the contacts of an account could not be read');
      };
      rosters.set(account.id, presenceSubscribers(session, scope, report));
      scope.add(() => void rosters.delete(account.id));
    },
    /** Whether the account has written to somebody, or lets them see its presence; it knows itself, and a bot its owner. */
    includes: async (account: Account, jid: BareJid, tx?: Tx): Promise<boolean> =>
      account.botId !== undefined ||
      jid === account.jid ||
      rosters.get(account.id)?.has(jid) === true ||
      (await devices.isKnown(account.id, jid, tx)),
  };
}
export type Acquaintances = ReturnType<typeof acquaintances>;
