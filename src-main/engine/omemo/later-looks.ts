import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';

/** Looks at somebody's devices that were too many at once: one waits for all that were asked for meanwhile. */
export function laterLooks(clock: Clock) {
  const waiting = new Map<AccountId, { scope: Scope; people: Set<BareJid> }>();

  return {
    has: (accountId: AccountId, jid: BareJid): boolean => waiting.get(accountId)?.people.has(jid) === true,
    /** Looks after that many milliseconds, unless the account is released before. */
    plan(accountId: AccountId, jid: BareJid, waitMs: number, look: () => void): void {
      const { scope, people } = waiting.get(accountId) ?? { scope: new Scope(), people: new Set() };
      waiting.set(accountId, { scope, people });
      people.add(jid);
      clock.after(scope, waitMs, () => {
        people.delete(jid);
        look();
      });
    },
    release(accountId: AccountId): void {
      void waiting.get(accountId)?.scope.close();
      waiting.delete(accountId);
    },
  };
}
