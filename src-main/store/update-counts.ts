import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

export interface QueueLimits {
  perBot: number;
  perConversation: number;
}

/** Ids are even, so that `offset = last` and `offset = last + 1` mean the same to a program. */
const UPDATE_ID_STEP = 2;

/** How many updates wait, per bot and per conversation: counted as they come and go, never by looking. */
export function updateCounts(store: Store) {
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

  async function of(botId: BotId, tx?: Tx): Promise<{ waiting: number; dropped: number }> {
    const row = await (tx?.db ?? store.read)
      .selectFrom('bot')
      .select(['waiting_updates', 'dropped_updates'])
      .where('id', '=', botId)
      .executeTakeFirst();
    return { waiting: row?.waiting_updates ?? 0, dropped: row?.dropped_updates ?? 0 };
  }

  async function dropped(tx: Tx, botId: BotId, count: number): Promise<void> {
    await tx.db
      .updateTable('bot')
      .set((e) => ({ dropped_updates: e('dropped_updates', '+', count) }))
      .where('id', '=', botId)
      .execute();
  }

  return {
    /** How many wait, and how many did not fit since the bot was made. */
    of,
    /** Counts updates that did not fit, or had to make room. */
    dropped,

    /** Counts one more, and gives it its number; undefined, and counted as dropped, when its conversation is full. */
    async enter(
      tx: Tx,
      botId: BotId,
      conversation: string,
      limit: number,
    ): Promise<{ updateId: number; inBot: number; inConversation: number } | undefined> {
      const [room] = await takeRoom(tx.db, { botId, conversation, limit });
      if (!room) {
        await dropped(tx, botId, 1);
        return undefined;
      }
      const [numbered] = await takeNumber(tx.db, { botId });
      if (!numbered) throw new Error('an update for a bot that is gone');
      const { last_update_id: updateId, waiting_updates: inBot } = numbered;
      return { updateId, inBot, inConversation: room.waiting };
    },

    /** Brings the counts down by rows that left the queue. */
    async leave(tx: Tx, botId: BotId, gone: readonly { conversation: string }[]): Promise<void> {
      if (gone.length === 0) return;
      const perConversation = new Map<string, number>();
      for (const { conversation } of gone)
        perConversation.set(conversation, (perConversation.get(conversation) ?? 0) + 1);
      for (const [conversation, count] of perConversation)
        await leaveConversation(tx.db, { botId, conversation, count });
      await leaveBot(tx.db, { botId, count: gone.length });
    },

    /** Whether one more update of that conversation fits. */
    async hasRoom(tx: Tx, botId: BotId, conversation: string, limits: QueueLimits): Promise<boolean> {
      const own = await tx.db
        .selectFrom('update_conversation')
        .select('waiting')
        .where('bot_id', '=', botId)
        .where('conversation', '=', conversation)
        .executeTakeFirst();
      if ((own?.waiting ?? 0) >= limits.perConversation) return false;
      return (await of(botId, tx)).waiting < limits.perBot;
    },

    async forgetEmptyConversations(tx: Tx): Promise<void> {
      await tx.db.deleteFrom('update_conversation').where('waiting', '<=', 0).execute();
    },
  };
}
