import type { Caller } from '../../../src-shared/access.ts';
import type { AuditedChange, AuditedRefusal } from '../../../src-shared/audit-actions.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import { redact } from '../../base/redact.ts';
import type { AuditRepository } from '../../store/audit-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { refusals } from './refusals.ts';

interface AuditTrailDeps {
  store: Store;
  audit: AuditRepository;
  clock: Clock;
}

/** What happened, for the audit log: never a body, never a secret. */
export interface Act<Action extends string> {
  action: Action;
  botId?: BotId | undefined;
  details?: string | undefined;
}

const DAY_S = 24 * 60 * 60;
const KEPT_S = { ok: 365 * DAY_S, refused: 30 * DAY_S };
const DETAILS_LENGTH = 500;

/** Who did what, from where, and whether it was let through (contract, section 11). */
export function auditTrail({ store, audit, clock }: AuditTrailDeps) {
  const nowS = () => Math.floor(clock.now() / 1_000);
  const counted = refusals(clock);

  const insert = (tx: Tx, caller: Caller, act: Act<string>, outcome: 'ok' | 'refused') =>
    audit.insert(tx, {
      ...act,
      ...caller,
      details: act.details && redact(act.details).slice(0, DETAILS_LENGTH),
      outcome,
      at: nowS(),
    });
  async function sumUp(tx: Tx, isAll: boolean): Promise<void> {
    for (const { caller, act } of counted.summary(isAll)) await insert(tx, caller, act, 'refused');
  }

  return {
    /** Notes a change in the change's own unit: one does not exist without the other. */
    note: (tx: Tx, caller: Caller, act: Act<AuditedChange>): Promise<void> => insert(tx, caller, act, 'ok'),
    /**
     * Notes what was refused: nothing was changed, so it has a unit of its own, or that of the answer. Repetitions are
     * counted instead and noted together, so that nobody can fill the disk by being refused.
     */
    async refused(caller: Caller, act: Act<AuditedRefusal>, answer?: Tx): Promise<void> {
      if (!counted.isNew(caller, act)) return;
      const put = (tx: Tx) => insert(tx, caller, act, 'refused');
      await (answer ? put(answer) : store.write(put));
    },
    page: audit.page,
    /** Drops what is older than a year, refusals after 30 days; notes the repetitions that are due. */
    async expire(tx: Tx): Promise<void> {
      await sumUp(tx, false);
      await audit.dropBefore(tx, 'ok', nowS() - KEPT_S.ok);
      await audit.dropBefore(tx, 'refused', nowS() - KEPT_S.refused);
    },
    /** Notes all repetitions now, before the engine stops. */
    flush: (): Promise<void> => store.write((tx) => sumUp(tx, true)),
  };
}
export type AuditTrail = ReturnType<typeof auditTrail>;
