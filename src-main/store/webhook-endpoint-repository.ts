import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

/** Health of a bot's webhook address. Instants are Unix milliseconds. */
export interface EndpointHealth {
  /** Failed attempts in a row. */
  failures: number;
  failingSince: number | undefined;
  pausedUntil: number;
  lastError: string | undefined;
  lastErrorAt: number | undefined;
  lastSuccessAt: number | undefined;
  /** When the owner was told that it is failing; undefined when there is nothing to take back. */
  toldAt: number | undefined;
}

export const HEALTHY: EndpointHealth = {
  failures: 0,
  failingSince: undefined,
  pausedUntil: 0,
  lastError: undefined,
  lastErrorAt: undefined,
  lastSuccessAt: undefined,
  toldAt: undefined,
};

export function webhookEndpointRepository(store: Store) {
  return {
    async of(botId: BotId, tx?: Tx): Promise<EndpointHealth> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('webhook_endpoint')
        .selectAll()
        .where('bot_id', '=', botId)
        .executeTakeFirst();
      if (!row) return HEALTHY;
      return {
        failures: row.failures,
        failingSince: row.failing_since ?? undefined,
        pausedUntil: row.paused_until,
        lastError: row.last_error ?? undefined,
        lastErrorAt: row.last_error_at ?? undefined,
        lastSuccessAt: row.last_success_at ?? undefined,
        toldAt: row.told_at ?? undefined,
      };
    },
    async save(tx: Tx, botId: BotId, health: EndpointHealth): Promise<void> {
      const values = {
        failures: health.failures,
        failing_since: health.failingSince ?? null,
        paused_until: health.pausedUntil,
        last_error: health.lastError ?? null,
        last_error_at: health.lastErrorAt ?? null,
        last_success_at: health.lastSuccessAt ?? null,
        told_at: health.toldAt ?? null,
      };
      await tx.db
        .insertInto('webhook_endpoint')
        .values({ bot_id: botId, ...values })
        .onConflict((c) => c.column('bot_id').doUpdateSet(values))
        .execute();
    },
  };
}
export type WebhookEndpointRepository = ReturnType<typeof webhookEndpointRepository>;
