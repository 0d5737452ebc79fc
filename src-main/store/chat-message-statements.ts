import type { Selectable } from 'kysely';
import type { AccountId } from '../../src-shared/ids.ts';
import type { Store } from './open.ts';
import { preparedFor, preparedForList, preparedInsert, type Slots } from './prepared.ts';
import type { ChatMessageTable } from './schema-chat.ts';

type InsertedRow = Omit<Selectable<ChatMessageTable>, 'id' | 'edited' | 'retracted' | 'reason' | 'reactions'>;

export type SettledState = Exclude<ChatMessageTable['state'], null>;

/** What a state may follow: news that comes late or twice changes nothing. */
const COMES_AFTER = {
  queued: ['failed'],
  acked: ['queued'],
  delivered: ['queued', 'acked'],
  displayed: ['queued', 'acked', 'delivered'],
  failed: ['queued', 'acked'],
} as const;
/** What is asked of the messages of conversations at every message or at every look at the list: compiled once. */
export function chatMessageStatements(store: Store) {
  const insertRow = preparedInsert((slot: Slots<InsertedRow>) =>
    store.read
      .insertInto('chat_message')
      .values({
        chat_id: slot('chat_id'),
        name: slot('name'),
        message_id: slot('message_id'),
        other_id: slot('other_id'),
        archive_id: slot('archive_id'),
        author: slot('author'),
        outgoing: slot('outgoing'),
        by: slot('by'),
        bot_id: slot('bot_id'),
        weight: slot('weight'),
        encrypted: slot('encrypted'),
        markable: slot('markable'),
        notice: slot('notice'),
        state: slot('state'),
        sent_at: slot('sent_at'),
        body: slot('body'),
      })
      .onConflict((c) => c.columns(['chat_id', 'message_id', 'name']).doNothing()),
  );
  const newestRows = preparedForList((_: Slots<unknown>, accountIds: AccountId[]) =>
    store.read
      .selectFrom('chat')
      .innerJoin('chat_message', (join) =>
        join.on('chat_message.id', '=', (e) =>
          e
            .selectFrom('chat_message as other')
            .select((m) => m.fn.max('other.id').as('id'))
            .whereRef('other.chat_id', '=', 'chat.id'),
        ),
      )
      .selectAll('chat_message')
      .where('chat.account_id', 'in', accountIds),
  );
  const settleRows = preparedFor(
    (state: SettledState) =>
      preparedForList((slot: Slots<{ chatId: number; reason: string | null }>, messageIds: string[]) =>
        store.read
          .updateTable('chat_message')
          .set({ state, reason: slot('reason') })
          .where('chat_id', '=', slot('chatId'))
          .where('message_id', 'in', messageIds)
          .where('outgoing', '=', 1)
          .where('state', 'in', [...COMES_AFTER[state]])
          .returning('id'),
      ),
    (state) => state,
  );
  return { insertRow, newestRows, settleRows };
}
