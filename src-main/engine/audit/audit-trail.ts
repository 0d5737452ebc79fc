import type { Caller } from '../../../src-shared/access.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { AuditRepository } from '../../store/audit-repository.ts';
import type { Store, Tx } from '../../store/open.ts';

interface AuditTrailDeps {
  store: Store;
  audit: AuditRepository;
  clock: Clock;
}

/** What happened, for the audit log: never a body, never a secret. */
export interface Act {
  action: string;
  botId?: BotId | undefined;
  details?: string | undefined;
}

/** Who did what, from where, and whether it was let through (contract, section 11). */
export function auditTrail({ store, audit, clock }: AuditTrailDeps) {
  const rowOf = (caller: Caller, act: Act, outcome: 'ok' | 'refused') => ({
    ...act,
    ...caller,
    outcome,
    at: Math.floor(clock.now() / 1_000),
  });

  return {
    /** Notes a change in the change's own unit: one does not exist without the other. */
    note: (tx: Tx, caller: Caller, act: Act): Promise<void> => audit.insert(tx, rowOf(caller, act, 'ok')),
    /** Notes what was refused: nothing was changed, so it has a unit of its own. */
    refused: (caller: Caller, act: Act): Promise<void> =>
      store.write((tx) => audit.insert(tx, rowOf(caller, act, 'refused'))),
    page: audit.page,
  };
}
export type AuditTrail = ReturnType<typeof auditTrail>;
