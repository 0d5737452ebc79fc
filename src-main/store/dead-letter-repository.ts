import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import { payloadPlace } from './update-repository.ts';

/** An update that a webhook could not be given. `data` is JSON text. Instants are Unix seconds. */
export interface DeadLetter {
  updateId: number;
  type: string;
  conversation: string;
  data: string;
  createdAt: number;
  attempts: number;
  /** Why, in a few words. */
  reason: string;
  buriedAt: number;
  /** The number that its delivery id is made of. */
  deliveryOf: number;
}

export function deadLetterRepository(store: Store, box: SecretBox) {
  const of = (botId: BotId, db: Tx['db'] = store.read) =>
    db.selectFrom('dead_letter').where('bot_id', '=', botId);

  return {
    /** Copies an update out of the queue; the caller takes it out there. */
    async bury(tx: Tx, botId: BotId, updateId: number, reason: string, buriedAt: number): Promise<void> {
      await tx.db
        .insertInto('dead_letter')
        .columns([
          'bot_id',
          'update_id',
          'update_type',
          'conversation',
          'payload',
          'created_at',
          'attempts',
          'reason',
          'buried_at',
          'delivery_of',
        ])
        .expression((e) =>
          e
            .selectFrom('update_queue')
            .select([
              'bot_id',
              'update_id',
              'update_type',
              'conversation',
              'payload',
              'created_at',
              'attempts',
              e.val(reason).as('reason'),
              e.val(buriedAt).as('buried_at'),
              'delivery_of',
            ])
            .where('bot_id', '=', botId)
            .where('update_id', '=', updateId),
        )
        .execute();
    },
    /** In the order of their numbers, those above `after`. */
    async page(
      botId: BotId,
      { after, limit }: { after: number; limit: number },
      tx?: Tx,
    ): Promise<DeadLetter[]> {
      const rows = await of(botId, tx?.db)
        .selectAll()
        .where('update_id', '>', after)
        .orderBy('update_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        updateId: row.update_id,
        type: row.update_type,
        conversation: row.conversation,
        data: box.open(row.payload, payloadPlace(botId, row.update_id)),
        createdAt: row.created_at,
        attempts: row.attempts,
        reason: row.reason,
        buriedAt: row.buried_at,
        deliveryOf: row.delivery_of ?? row.update_id,
      }));
    },
    async count(botId: BotId, tx?: Tx): Promise<number> {
      const { count } = await of(botId, tx?.db)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },
    /** The number of the newest one. */
    async last(botId: BotId): Promise<number | undefined> {
      const row = await of(botId)
        .select((e) => e.fn.max('update_id').as('last'))
        .executeTakeFirst();
      return row?.last ?? undefined;
    },
    async delete(tx: Tx, botId: BotId, updateId: number): Promise<void> {
      await tx.db
        .deleteFrom('dead_letter')
        .where('bot_id', '=', botId)
        .where('update_id', '=', updateId)
        .execute();
    },
    async forgetBefore(tx: Tx, buriedAt: number): Promise<void> {
      await tx.db.deleteFrom('dead_letter').where('buried_at', '<', buriedAt).execute();
    },
  };
}
export type DeadLetterRepository = ReturnType<typeof deadLetterRepository>;
