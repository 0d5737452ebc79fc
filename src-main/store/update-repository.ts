import type { Selectable } from 'kysely';
import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { deliveryIds } from './delivery-ids.ts';
import type { Store, Tx } from './open.ts';
import { QueueFronts } from './queue-fronts.ts';
import type { UpdateQueueTable } from './schema-deliveries.ts';
import { type QueueLimits, updateCounts } from './update-counts.ts';
import { updateStatements } from './update-statements.ts';

/** One numbered thing offered to a bot's program. `data` is JSON text, as it goes out. */
export interface Update {
  botId: BotId;
  updateId: number;
  type: string;
  conversation: string;
  data: string;
  /** The same over all webhook attempts, restarts and addresses, and when it is put back. */
  deliveryId: string;
  /** The number that it is made of, where the update was put back under another one. */
  deliveryOf: number | null;
  /** Unix seconds. */
  createdAt: number;
  /** Webhook attempts so far; `refusals` of them were about this update alone. */
  attempts: number;
  refusals: number;
}

export interface NewUpdate {
  botId: BotId;
  type: string;
  conversation: string;
  data: string;
  createdAt: number;
  /** What it was before it was put back: its first number, and how often it was tried. */
  before?: { deliveryOf: number; attempts: number };
}

/** Under which name an update is sealed; it keeps it as a dead letter. */
export const payloadPlace = (botId: number, updateId: number) => ({
  table: 'update_queue',
  row: `${botId}/${updateId}`,
  column: 'payload',
});

/** The numbered queue of each bot. How many updates it holds is counted as they come and go. */
export function updateRepository(store: Store, box: SecretBox) {
  const { waiting, insertRow, removeRow, firstTwo, pageOf } = updateStatements(store);
  const deliveryIdOf = deliveryIds(box);

  const toUpdate = (botId: BotId, row: Selectable<UpdateQueueTable>): Update => ({
    botId,
    updateId: row.update_id,
    type: row.update_type,
    conversation: row.conversation,
    data: box.open(row.payload, payloadPlace(botId, row.update_id)),
    deliveryId: deliveryIdOf(botId, row.delivery_of ?? row.update_id),
    deliveryOf: row.delivery_of,
    createdAt: row.created_at,
    attempts: row.attempts,
    refusals: row.refusals,
  });

  const counts = updateCounts(store);
  const fronts = new QueueFronts();

  /** Takes the oldest updates out of a bot's queue. */
  async function dropOldest(tx: Tx, botId: BotId, count: number): Promise<void> {
    const oldest = await waiting(botId, undefined, tx.db)
      .select('update_id')
      .orderBy('update_id')
      .limit(count)
      .execute();
    const ids = oldest.map(({ update_id: id }) => id);
    const gone = await tx.db
      .deleteFrom('update_queue')
      .where('bot_id', '=', botId)
      .where('update_id', 'in', ids)
      .returning('conversation')
      .execute();
    await counts.leave(tx, botId, gone);
    await counts.dropped(tx, botId, gone.length);
    tx.afterCommit(() => fronts.forget(botId));
  }

  return {
    /** The bot's queue is emptied as it fills, or no longer: what is queued is kept at hand while it is. */
    watch: (botId: BotId): void => fronts.watch(botId),
    unwatch: (botId: BotId): void => fronts.unwatch(botId),

    /**
     * Puts an update into the queue under its number: even, higher than any before, never used again. A conversation
     * that is full loses this one, a bot that is full loses its oldest; both are counted. Resolves with the number; undefined when it was dropped.
     */
    async insert(tx: Tx, update: NewUpdate, limits: QueueLimits): Promise<number | undefined> {
      const { botId, conversation, before } = update;
      const [attempts, deliveryOf] = [before?.attempts ?? 0, before?.deliveryOf ?? null];
      const entered = await counts.enter(tx, botId, conversation, limits.perConversation);
      if (!entered) return undefined;
      const { updateId, inBot, inConversation } = entered;
      insertRow(tx.db, {
        bot_id: botId,
        update_id: updateId,
        update_type: update.type,
        conversation,
        payload: box.seal(update.data, payloadPlace(botId, updateId)),
        created_at: update.createdAt,
        attempts,
        delivery_of: deliveryOf,
      });
      if (fronts.isWatched(botId)) {
        const queued = {
          ...update,
          updateId,
          deliveryId: deliveryIdOf(botId, deliveryOf ?? updateId),
          deliveryOf,
          attempts,
          refusals: 0,
        };
        tx.afterCommit(() => fronts.added(queued, inConversation));
      }
      if (inBot > limits.perBot) await dropOldest(tx, botId, inBot - limits.perBot);
      return updateId;
    },

    counts: counts.of,
    hasRoom: counts.hasRoom,

    /** Updates in order, those above `after`. */
    async page(
      botId: BotId,
      { after, limit, types }: { after: number; limit: number; types?: readonly string[] },
    ): Promise<Update[]> {
      const rows = pageOf(types)(store.read, { botId, after, limit });
      return rows.map((row) => toUpdate(botId, row));
    },

    /** The oldest update of a conversation, and whether another waits behind it. */
    async head(
      botId: BotId,
      conversation: string,
      types: readonly string[],
    ): Promise<{ update: Update; hasMore: boolean } | undefined> {
      const known = fronts.of(botId, conversation)?.filter(({ type }) => types.includes(type));
      if (known) return known[0] && { update: known[0], hasMore: known.length > 1 };
      const [first, second] = firstTwo(types)(store.read, { botId, conversation });
      return first && { update: toUpdate(botId, first), hasMore: second !== undefined };
    },

    /** The conversations that have updates of these types, the one that has waited longest first. */
    async conversations(botId: BotId, types: readonly string[]): Promise<string[]> {
      const rows = await waiting(botId, types)
        .select('conversation')
        .groupBy('conversation')
        .orderBy((e) => e.fn.min('update_id'))
        .execute();
      return rows.map(({ conversation }) => conversation);
    },

    /** Forgets all up to and including that number. Resolves with how many those were. */
    async forgetUpTo(tx: Tx, botId: BotId, updateId: number): Promise<number> {
      const gone = await tx.db
        .deleteFrom('update_queue')
        .where('bot_id', '=', botId)
        .where('update_id', '<=', updateId)
        .returning('conversation')
        .execute();
      if (gone.length === 0) return 0;
      await counts.leave(tx, botId, gone);
      tx.afterCommit(() => fronts.forget(botId));
      return gone.length;
    },

    /** Takes one update out of the queue: it arrived, or became a dead letter. */
    async remove(tx: Tx, botId: BotId, updateId: number): Promise<void> {
      const gone = removeRow(tx.db, { botId, updateId });
      await counts.leave(tx, botId, gone);
      for (const { conversation } of gone)
        tx.afterCommit(() => fronts.removed(botId, conversation, updateId));
    },

    /** Counts an attempt that did not deliver; `isRefusal` when it was about this update alone. */
    async noteAttempt(tx: Tx, botId: BotId, updateId: number, isRefusal: boolean): Promise<void> {
      await tx.db
        .updateTable('update_queue')
        .set((e) => ({
          attempts: e('attempts', '+', 1),
          refusals: e('refusals', '+', isRefusal ? 1 : 0),
        }))
        .where('bot_id', '=', botId)
        .where('update_id', '=', updateId)
        .execute();
      tx.afterCommit(() => fronts.forget(botId));
    },

    /** The oldest updates of all bots from before that moment, and whether a webhook is to take them. */
    async olderThan(tx: Tx, createdAt: number, limit: number) {
      const rows = await tx.db
        .selectFrom('update_queue')
        .innerJoin('bot', 'bot.id', 'update_queue.bot_id')
        .select(['bot_id', 'update_id', 'webhook_enabled'])
        .where('update_queue.created_at', '<', createdAt)
        .orderBy('update_queue.created_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        botId: row.bot_id as BotId,
        updateId: row.update_id,
        isForWebhook: row.webhook_enabled === 1,
      }));
    },

    /** A clock that was wrong leaves updates of the future behind; from now on they are of now. */
    async takeBackToNow(tx: Tx, nowS: number): Promise<void> {
      await tx.db
        .updateTable('update_queue')
        .set({ created_at: nowS })
        .where('created_at', '>', nowS)
        .execute();
    },
  };
}
export type UpdateRepository = ReturnType<typeof updateRepository>;
