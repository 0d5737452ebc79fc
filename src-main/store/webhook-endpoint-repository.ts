import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

/** Health of a bot's webhook address. Instants are Unix milliseconds. */
export interface EndpointHealth {
  /** Failed attempts in a row. */
  failures: number;
  failingSince: number | undefined;
  pausedUntil: number;
  lastError: string | undefined;
  lastSuccessAt: number | undefined;
}

export const HEALTHY: EndpointHealth = {
  failures: 0,
  failingSince: undefined,
  pausedUntil: 0,
  lastError: undefined,
  lastSuccessAt: undefined,
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
        lastSuccessAt: row.last_success_at ?? undefined,
      };
    },
    async save(tx: Tx, botId: BotId, health: EndpointHealth): Promise<void> {
      const values = {
        failures: health.failures,
        failing_since: health.failingSince ?? null,
        paused_until: health.pausedUntil,
        last_error: health.lastError ?? null,
        last_success_at: health.lastSuccessAt ?? null,
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
