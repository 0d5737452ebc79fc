import { sql } from 'kysely';
import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

export interface Counts {
  received: number;
  sent: number;
  failed: number;
}

/** How much each bot did, by half-hours. */
export function activityRepository(store: Store) {
  return {
    /** Adds to what is counted already; a bot that was deleted meanwhile is passed over. */
    async add(tx: Tx, botId: BotId, slot: number, { received, sent, failed }: Counts): Promise<void> {
      await sql`
        insert into bot_activity (bot_id, slot, received, sent, failed)
        select id, ${slot}, ${received}, ${sent}, ${failed} from bot where id = ${botId}
        on conflict (bot_id, slot) do update set received = received + excluded.received,
          sent = sent + excluded.sent, failed = failed + excluded.failed
      `.execute(tx.db);
    },
    async since(botId: BotId, slot: number): Promise<(Counts & { slot: number })[]> {
      return store.read
        .selectFrom('bot_activity')
        .select(['slot', 'received', 'sent', 'failed'])
        .where('bot_id', '=', botId)
        .where('slot', '>=', slot)
        .orderBy('slot')
        .execute();
    },
    async forgetBefore(tx: Tx, slot: number): Promise<void> {
      await tx.db.deleteFrom('bot_activity').where('slot', '<', slot).execute();
    },
  };
}
export type ActivityRepository = ReturnType<typeof activityRepository>;
