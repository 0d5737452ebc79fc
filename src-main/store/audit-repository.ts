import type { BotId, TenantId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

export interface AuditEntry {
  action: string;
  actor: string;
  from: string;
  outcome: 'ok' | 'refused';
  botId?: BotId | undefined;
  /** Never a body, never a secret. */
  details?: string | undefined;
  /** Unix seconds. */
  at: number;
}

export interface AuditRow extends AuditEntry {
  id: number;
}

/** The audit log of one tenant: rows are added, and dropped when they are old. */
export function auditRepository(store: Store, tenantId: TenantId) {
  return {
    async insert(tx: Tx, entry: AuditEntry): Promise<void> {
      await tx.db
        .insertInto('audit_log')
        .values({
          tenant_id: tenantId,
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
    /** Drops the rows of one outcome that are older. Unix seconds. */
    async dropBefore(tx: Tx, outcome: AuditEntry['outcome'], at: number): Promise<void> {
      await tx.db
        .deleteFrom('audit_log')
        .where('outcome', '=', outcome)
        .where('timestamp', '<', at)
        .execute();
    },
    /** The newest first; `before` is the id of the last row that was seen. */
    async page(options: {
      before?: number | undefined;
      limit: number;
      botId?: number | undefined;
    }): Promise<AuditRow[]> {
      let query = store.read.selectFrom('audit_log').selectAll().where('tenant_id', '=', tenantId);
      if (options.before !== undefined) query = query.where('id', '<', options.before);
      if (options.botId !== undefined) query = query.where('bot_id', '=', options.botId);
      const rows = await query.orderBy('id', 'desc').limit(options.limit).execute();
      return rows.map((row) => ({
        id: row.id,
        action: row.action,
        actor: row.actor,
        from: row.ip_address,
        // Written by `insert` alone.
        outcome: row.outcome as AuditEntry['outcome'],
        botId: (row.bot_id ?? undefined) as BotId | undefined,
        details: row.details,
        at: row.timestamp,
      }));
    },
  };
}
export type AuditRepository = ReturnType<typeof auditRepository>;
