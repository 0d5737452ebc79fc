import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

/** One numbered thing offered to a bot's program. `data` is JSON text, as it goes out. */
export interface Update {
  botId: BotId;
  updateId: number;
  type: string;
  conversation: string;
  data: string;
  /** The same over all webhook attempts, restarts and addresses. */
  deliveryId: string;
  /** Unix seconds. */
  createdAt: number;
  attempts: number;
  nextAttemptAt: number;
}

/** Ids are even, so that `offset = last` and `offset = last + 1` mean the same to a program. */
const UPDATE_ID_STEP = 2;

const payloadPlace = (botId: number, updateId: number) => ({
  table: 'update_queue',
  row: `${botId}/${updateId}`,
  column: 'payload',
});

/** A UUID (RFC 9562, version 8) made of a digest: nothing to store, and nothing that two updates share. */
function uuidOf(digest: string): string {
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 3) | 8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** The numbered queue of each bot. */
export function updateRepository(store: Store, box: SecretBox) {
  const waiting = (botId: BotId, db: Tx['db'] = store.read) =>
    db.selectFrom('update_queue').where('bot_id', '=', botId).where('is_dead', '=', 0);
  const one = (tx: Tx, botId: BotId, updateId: number) =>
    tx.db.updateTable('update_queue').where('bot_id', '=', botId).where('update_id', '=', updateId);

  return {
    /** Gives the update its number: even, higher than any before, never used again. */
    async insert(
      tx: Tx,
      update: { botId: BotId; type: string; conversation: string; data: string; createdAt: number },
    ): Promise<number> {
      const { last_update_id: updateId } = await tx.db
        .updateTable('bot')
        .set((e) => ({ last_update_id: e('last_update_id', '+', UPDATE_ID_STEP) }))
        .where('id', '=', update.botId)
        .returning('last_update_id')
        .executeTakeFirstOrThrow();
      await tx.db
        .insertInto('update_queue')
        .values({
          bot_id: update.botId,
          update_id: updateId,
          update_type: update.type,
          conversation: update.conversation,
          payload: box.seal(update.data, payloadPlace(update.botId, updateId)),
          created_at: update.createdAt,
          attempts: 0,
          next_attempt_at: 0,
          is_dead: 0,
        })
        .execute();
      return updateId;
    },
    async page(
      botId: BotId,
      options: { after: number; limit: number; types?: readonly string[] },
    ): Promise<Update[]> {
      let query = waiting(botId).selectAll().where('update_id', '>', options.after);
      if (options.types) query = query.where('update_type', 'in', [...options.types]);
      const rows = await query.orderBy('update_id').limit(options.limit).execute();
      return rows.map((row) => ({
        botId,
        updateId: row.update_id,
        type: row.update_type,
        conversation: row.conversation,
        data: box.open(row.payload, payloadPlace(botId, row.update_id)),
        deliveryId: uuidOf(box.digest(`delivery|${botId}|${row.update_id}`)),
        createdAt: row.created_at,
        attempts: row.attempts,
        nextAttemptAt: row.next_attempt_at,
      }));
    },
    async count(botId: BotId, conversation?: string, tx?: Tx): Promise<number> {
      let query = waiting(botId, tx?.db).select((e) => e.fn.countAll<number>().as('count'));
      if (conversation !== undefined) query = query.where('conversation', '=', conversation);
      return (await query.executeTakeFirstOrThrow()).count;
    },
    /** Forgets all up to and including that number. */
    async forgetUpTo(tx: Tx, botId: BotId, updateId: number): Promise<void> {
      await tx.db
        .deleteFrom('update_queue')
        .where('bot_id', '=', botId)
        .where('update_id', '<=', updateId)
        .where('is_dead', '=', 0)
        .execute();
    },
    async delete(tx: Tx, botId: BotId, updateIds: readonly number[]): Promise<void> {
      for (const updateId of updateIds) {
        await tx.db
          .deleteFrom('update_queue')
          .where('bot_id', '=', botId)
          .where('update_id', '=', updateId)
          .execute();
      }
    },
    async dropOldest(tx: Tx, botId: BotId): Promise<void> {
      const oldest = await waiting(botId, tx.db)
        .select('id')
        .orderBy('update_id')
        .limit(1)
        .executeTakeFirst();
      if (oldest) await tx.db.deleteFrom('update_queue').where('id', '=', oldest.id).execute();
    },
    async dropOlderThan(tx: Tx, createdAt: number, isDead: boolean): Promise<void> {
      await tx.db
        .deleteFrom('update_queue')
        .where('created_at', '<', createdAt)
        .where('is_dead', '=', isDead ? 1 : 0)
        .execute();
    },
    async noteAttempt(
      tx: Tx,
      botId: BotId,
      updateId: number,
      attempts: number,
      nextAttemptAt: number,
    ): Promise<void> {
      await one(tx, botId, updateId).set({ attempts, next_attempt_at: nextAttemptAt }).execute();
    },
    async bury(tx: Tx, botId: BotId, updateId: number, attempts: number): Promise<void> {
      await one(tx, botId, updateId).set({ attempts, is_dead: 1 }).execute();
    },
  };
}
export type UpdateRepository = ReturnType<typeof updateRepository>;
