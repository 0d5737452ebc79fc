import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

/** Settings of single bots as texts; only what differs from the default has a row. */
export function botSettingRepository(store: Store) {
  return {
    async all(): Promise<{ botId: BotId; key: string; value: string }[]> {
      const rows = await store.read.selectFrom('bot_setting').selectAll().execute();
      return rows.map(({ bot_id, key, value }) => ({ botId: bot_id as BotId, key, value }));
    },
    async set(tx: Tx, botId: BotId, key: string, value: string): Promise<void> {
      await tx.db
        .insertInto('bot_setting')
        .values({ bot_id: botId, key, value })
        .onConflict((c) => c.columns(['bot_id', 'key']).doUpdateSet({ value }))
        .execute();
    },
  };
}
export type BotSettingRepository = ReturnType<typeof botSettingRepository>;
