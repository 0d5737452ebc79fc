import type { BotId } from '../../src-shared/ids.ts';
import type { Tx } from './open.ts';

export interface AuditEntry {
  action: string;
  actor: string;
  from: string;
  outcome: 'ok' | 'refused';
  botId?: BotId;
  /** Never a body, never a secret. */
  details?: string;
  /** Unix seconds. */
  at: number;
}

/** Who did what, to which bot, from where. Rows are only ever added. */
export function auditRepository() {
  return {
    async insert(tx: Tx, entry: AuditEntry): Promise<void> {
      await tx.db
        .insertInto('audit_log')
        .values({
          bot_id: entry.botId ?? null,
          action: entry.action,
          details: entry.details ?? '',
          actor: entry.actor,
          ip_address: entry.from,
          outcome: entry.outcome,
          timestamp: entry.at,
        })
        .execute();
    },
  };
}
export type AuditRepository = ReturnType<typeof auditRepository>;
