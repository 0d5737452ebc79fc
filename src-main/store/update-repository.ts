import type { Selectable } from 'kysely';
import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import { prepared, preparedFor, type Slots } from './prepared.ts';
import { QueueFronts } from './queue-fronts.ts';
import type { UpdateQueueTable } from './schema.ts';

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
}

type NewRow = Pick<
  UpdateQueueTable,
  'bot_id' | 'update_id' | 'update_type' | 'conversation' | 'payload' | 'created_at'
>;

/** Ids are even, so that `offset = last` and `offset = last + 1` mean the same to a program. */
const UPDATE_ID_STEP = 2;

/** Under which name an update is sealed; it keeps it as a dead letter. */
export const payloadPlace = (botId: number, updateId: number) => ({
  table: 'update_queue',
  row: `${botId}/${updateId}`,
  column: 'payload',
});

/** A UUID (RFC 9562, version 8) made of a digest: nothing to store, and nothing that two updates share. */
function uuidOf(digest: string): string {
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 3) | 8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** The numbered queue of each bot. How many updates it holds is counted as they come and go, never by looking. */
export function updateRepository(store: Store, box: SecretBox) {
  const waiting = (botId: BotId, types: readonly string[] | undefined, db: Tx['db'] = store.read) => {
    const all = db.selectFrom('update_queue').where('bot_id', '=', botId);
    return types ? all.where('update_type', 'in', [...types]) : all;
  };

  const deliveryIdOf = (botId: BotId, updateId: number) =>
    uuidOf(box.digest(`delivery|${botId}|${updateId}`));

  const toUpdate = (botId: BotId, row: Selectable<UpdateQueueTable>): Update => ({
    botId,
    updateId: row.update_id,
    type: row.update_type,
    conversation: row.conversation,
    data: box.open(row.payload, payloadPlace(botId, row.update_id)),
    deliveryId: deliveryIdOf(botId, row.update_id),
    createdAt: row.created_at,
    attempts: row.attempts,
    refusals: row.refusals,
  });

  // What runs for each update is compiled once.
  const takeRoom = prepared((slot: Slots<{ botId: BotId; conversation: string; limit: number }>) =>
    store.read
      .insertInto('update_conversation')
      .values({ bot_id: slot('botId'), conversation: slot('conversation'), waiting: 1 })
      .onConflict((c) =>
        c
          .columns(['bot_id', 'conversation'])
          .doUpdateSet((e) => ({ waiting: e('update_conversation.waiting', '+', 1) }))
          .where('update_conversation.waiting', '<', slot('limit')),
      )
      .returning('waiting'),
  );
  const takeNumber = prepared((slot: Slots<{ botId: BotId }>) =>
    store.read
      .updateTable('bot')
      .set((e) => ({
        last_update_id: e('last_update_id', '+', UPDATE_ID_STEP),
        waiting_updates: e('waiting_updates', '+', 1),
      }))
      .where('id', '=', slot('botId'))
      .returning(['last_update_id', 'waiting_updates']),
  );
  const insertRow = prepared((slot: Slots<NewRow>) =>
    store.read.insertInto('update_queue').values({
      bot_id: slot('bot_id'),
      update_id: slot('update_id'),
      update_type: slot('update_type'),
      conversation: slot('conversation'),
      payload: slot('payload'),
      created_at: slot('created_at'),
      attempts: 0,
      refusals: 0,
    }),
  );
  const removeRow = prepared((slot: Slots<{ botId: BotId; updateId: number }>) =>
    store.read
      .deleteFrom('update_queue')
      .where('bot_id', '=', slot('botId'))
      .where('update_id', '=', slot('updateId'))
      .returning('conversation'),
  );
  const leaveConversation = prepared((slot: Slots<{ botId: BotId; conversation: string; count: number }>) =>
    store.read
      .updateTable('update_conversation')
      .set((e) => ({ waiting: e('waiting', '-', slot('count')) }))
      .where('bot_id', '=', slot('botId'))
      .where('conversation', '=', slot('conversation')),
  );
  const leaveBot = prepared((slot: Slots<{ botId: BotId; count: number }>) =>
    store.read
      .updateTable('bot')
      .set((e) => ({ waiting_updates: e('waiting_updates', '-', slot('count')) }))
      .where('id', '=', slot('botId')),
  );

  const firstTwo = preparedFor(
    (types: readonly string[]) =>
      prepared((slot: Slots<{ botId: BotId; conversation: string }>) =>
        store.read
          .selectFrom('update_queue')
          .selectAll()
          .where('bot_id', '=', slot('botId'))
          .where('conversation', '=', slot('conversation'))
          .where('update_type', 'in', [...types])
          .orderBy('update_id')
          .limit(2),
      ),
    (types) => types.join(' '),
  );
  const fronts = new QueueFronts();

  /** Brings the counts down by rows that left the queue. */
  async function uncount(tx: Tx, botId: BotId, gone: readonly { conversation: string }[]): Promise<void> {
    if (gone.length === 0) return;
    const perConversation = new Map<string, number>();
    for (const { conversation } of gone)
      perConversation.set(conversation, (perConversation.get(conversation) ?? 0) + 1);
    for (const [conversation, count] of perConversation)
      await leaveConversation(tx.db, { botId, conversation, count });
    await leaveBot(tx.db, { botId, count: gone.length });
  }

  /** Takes the oldest updates out of a bot's queue. */
  async function dropOldest(tx: Tx, botId: BotId, count: number): Promise<void> {
    const oldest = await waiting(botId, undefined, tx.db)
      .select('id')
      .orderBy('update_id')
      .limit(count)
      .execute();
    const ids = oldest.map(({ id }) => id);
    const gone = await tx.db
      .deleteFrom('update_queue')
      .where('id', 'in', ids)
      .returning('conversation')
      .execute();
    await uncount(tx, botId, gone);
    await countDropped(tx, botId, gone.length);
    tx.afterCommit(() => fronts.forget(botId));
  }

  async function countDropped(tx: Tx, botId: BotId, count: number): Promise<void> {
    await tx.db
      .updateTable('bot')
      .set((e) => ({ dropped_updates: e('dropped_updates', '+', count) }))
      .where('id', '=', botId)
      .execute();
  }

  return {
    /** The bot's queue is emptied as it fills, or no longer: what is queued is kept at hand while it is. */
    watch: (botId: BotId): void => fronts.watch(botId),
    unwatch: (botId: BotId): void => fronts.unwatch(botId),

    /**
     * Puts an update into the queue under its number: even, higher than any before, never used again. A conversation
     * that is full loses this one, a bot that is full loses its oldest; both are counted. False when it was dropped.
     */
    async insert(
      tx: Tx,
      update: NewUpdate,
      limits: { perBot: number; perConversation: number },
    ): Promise<boolean> {
      const { botId, conversation } = update;
      const [room] = await takeRoom(tx.db, { botId, conversation, limit: limits.perConversation });
      if (!room) {
        await countDropped(tx, botId, 1);
        return false;
      }
      const [numbered] = await takeNumber(tx.db, { botId });
      if (!numbered) throw new Error('an update for a bot that is gone');
      const { last_update_id: updateId, waiting_updates: count } = numbered;
      await insertRow(tx.db, {
        bot_id: botId,
        update_id: updateId,
        update_type: update.type,
        conversation,
        payload: box.seal(update.data, payloadPlace(botId, updateId)),
        created_at: update.createdAt,
      });
      if (fronts.isWatched(botId)) {
        const queued = {
          ...update,
          updateId,
          deliveryId: deliveryIdOf(botId, updateId),
          attempts: 0,
          refusals: 0,
        };
        tx.afterCommit(() => fronts.added(queued, room.waiting));
      }
      if (count > limits.perBot) await dropOldest(tx, botId, count - limits.perBot);
      return true;
    },

    /** Whether one more update of that conversation fits. */
    async hasRoom(
      tx: Tx,
      botId: BotId,
      conversation: string,
      limits: { perBot: number; perConversation: number },
    ): Promise<boolean> {
      const own = await tx.db
        .selectFrom('update_conversation')
        .select('waiting')
        .where('bot_id', '=', botId)
        .where('conversation', '=', conversation)
        .executeTakeFirst();
      if ((own?.waiting ?? 0) >= limits.perConversation) return false;
      return (await this.counts(botId, tx)).waiting < limits.perBot;
    },

    /** Updates in order, those above `after`. */
    async page(
      botId: BotId,
      options: { after: number; limit: number; types?: readonly string[] },
    ): Promise<Update[]> {
      const rows = await waiting(botId, options.types)
        .selectAll()
        .where('update_id', '>', options.after)
        .orderBy('update_id')
        .limit(options.limit)
        .execute();
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
      const [first, second] = await firstTwo(types)(store.read, { botId, conversation });
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

    /** How many wait, and how many did not fit since the bot was made. */
    async counts(botId: BotId, tx?: Tx): Promise<{ waiting: number; dropped: number }> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('bot')
        .select(['waiting_updates', 'dropped_updates'])
        .where('id', '=', botId)
        .executeTakeFirst();
      return { waiting: row?.waiting_updates ?? 0, dropped: row?.dropped_updates ?? 0 };
    },

    /** Forgets all up to and including that number. */
    async forgetUpTo(tx: Tx, botId: BotId, updateId: number): Promise<void> {
      const gone = await tx.db
        .deleteFrom('update_queue')
        .where('bot_id', '=', botId)
        .where('update_id', '<=', updateId)
        .returning('conversation')
        .execute();
      if (gone.length === 0) return;
      await uncount(tx, botId, gone);
      tx.afterCommit(() => fronts.forget(botId));
    },

    /** Takes one update out of the queue: it arrived, or became a dead letter. */
    async remove(tx: Tx, botId: BotId, updateId: number): Promise<void> {
      const gone = await removeRow(tx.db, { botId, updateId });
      await uncount(tx, botId, gone);
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

    async forgetEmptyConversations(tx: Tx): Promise<void> {
      await tx.db.deleteFrom('update_conversation').where('waiting', '<=', 0).execute();
    },
  };
}
export type UpdateRepository = ReturnType<typeof updateRepository>;
