import { type Selectable, sql } from 'kysely';
import type { AccountId, BotId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import {
  bodyPlace,
  type ChatBody,
  type ChatMessageRow,
  type Reactions,
  reactionsPlace,
  toMessage,
} from './chat-message-row.ts';
import { chatMessageStatements, type SettledState } from './chat-message-statements.ts';
import type { Store, Tx } from './open.ts';
import { openedBodies } from './opened-bodies.ts';
import type { ChatMessageTable } from './schema-chat.ts';

export interface NewChatMessage {
  chatId: number;
  name: string;
  messageId: string;
  otherId?: string | undefined;
  archiveId?: string | undefined;
  author: string;
  isOutgoing: boolean;
  by: ChatMessageTable['by'];
  botId?: BotId | null;
  weight: ChatMessageTable['weight'];
  isEncrypted: boolean;
  isMarkable?: boolean;
  notice?: string | undefined;
  state: ChatMessageTable['state'];
  sentAt: number;
  body: ChatBody;
}

type Patch = Partial<
  Pick<
    Selectable<ChatMessageTable>,
    'state' | 'reason' | 'archive_id' | 'other_id' | 'edited' | 'encrypted' | 'retracted'
  >
>;

export interface PageQuery {
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
  limit: number;
}

/** A person who has read a message has read those before it; so many of them are looked at. */
const READ_WITH_IT = 100;

/** What was said in conversations. */
export function chatMessageRepository(store: Store, box: SecretBox) {
  const { insertRow, newestRows, settleRows } = chatMessageStatements(store);
  const kept = openedBodies();
  const open = (row: Selectable<ChatMessageTable>) => toMessage(box, row, kept);
  const all = (db: Tx['db'] = store.read) => db.selectFrom('chat_message').selectAll();
  const patch = async (tx: Tx, id: number, values: Patch & { body?: Buffer; reactions?: Buffer | null }) => {
    await tx.db.updateTable('chat_message').set(values).where('id', '=', id).execute();
  };

  return {
    /** Undefined for a copy of a message that is there. */
    async insert(tx: Tx, one: NewChatMessage): Promise<number | undefined> {
      return insertRow(tx.db, {
        chat_id: one.chatId,
        name: one.name,
        message_id: one.messageId,
        other_id: one.otherId ?? null,
        archive_id: one.archiveId ?? null,
        author: one.author,
        outgoing: one.isOutgoing ? 1 : 0,
        by: one.by,
        bot_id: one.botId ?? null,
        weight: one.weight,
        encrypted: one.isEncrypted ? 1 : 0,
        markable: one.isMarkable ? 1 : 0,
        notice: one.notice ?? null,
        state: one.state,
        sent_at: one.sentAt,
        body: box.seal(JSON.stringify(one.body), bodyPlace(one.chatId, one.name)),
      });
    },

    /** The message that somebody calls by that id; the newest, where a client gives ids twice. */
    async find(chatId: number, id: string, tx?: Tx): Promise<ChatMessageRow | undefined> {
      const of = (column: 'message_id' | 'other_id') =>
        all(tx?.db)
          .where('chat_id', '=', chatId)
          .where(column, '=', id)
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst();
      const row = (await of('message_id')) ?? (await of('other_id'));
      return row && open(row);
    },
    /** The one whose copy this is. */
    async byName(
      tx: Tx,
      chatId: number,
      { messageId, name }: Pick<ChatMessageRow, 'messageId' | 'name'>,
    ): Promise<ChatMessageRow | undefined> {
      const row = await all(tx.db)
        .where('chat_id', '=', chatId)
        .where('message_id', '=', messageId)
        .where('name', '=', name)
        .executeTakeFirst();
      return row && open(row);
    },
    async byIds(ids: readonly number[]): Promise<ChatMessageRow[]> {
      if (ids.length === 0) return [];
      return (
        await all()
          .where('id', 'in', [...ids])
          .execute()
      ).map(open);
    },
    /** The newest message of each conversation of these accounts: one statement, however many there are. */
    async newestOf(accountIds: readonly AccountId[]): Promise<ChatMessageRow[]> {
      return newestRows(store.read, {}, accountIds).map(open);
    },
    /** Of one conversation, by what replies name. */
    async byMessageIds(chatId: number, ids: readonly string[]): Promise<ChatMessageRow[]> {
      if (ids.length === 0) return [];
      const rows = await all()
        .where('chat_id', '=', chatId)
        .where((e) => e.or([e('message_id', 'in', [...ids]), e('other_id', 'in', [...ids])]))
        .execute();
      return rows.map(open);
    },
    /** The message with that id of the archive, among what is not read yet. */
    async unreadByArchiveId(tx: Tx, chatId: number, archiveId: string): Promise<number | undefined> {
      const row = await tx.db
        .selectFrom('chat_message')
        .innerJoin('chat', 'chat.id', 'chat_message.chat_id')
        .select('chat_message.id')
        .where('chat_id', '=', chatId)
        .where('chat_message.id', '>', (e) => e.fn.coalesce('chat.read_up_to', e.lit(0)))
        .where('archive_id', '=', archiveId)
        .executeTakeFirst();
      return row?.id;
    },
    /** Whether somebody here has said something there. */
    async hasOwn(chatId: number): Promise<boolean> {
      const row = await store.read
        .selectFrom('chat_message')
        .select('id')
        .where('chat_id', '=', chatId)
        .where('outgoing', '=', 1)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async newest(chatId: number, tx?: Tx): Promise<ChatMessageRow | undefined> {
      const row = await all(tx?.db)
        .where('chat_id', '=', chatId)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && open(row);
    },
    /** The place of what a person here has said last. */
    async newestByPerson(chatId: number): Promise<number | undefined> {
      const row = await store.read
        .selectFrom('chat_message')
        .select('id')
        .where('chat_id', '=', chatId)
        .where('outgoing', '=', 1)
        .where('by', '=', 'person')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.id;
    },
    /** The newest message that others have sent, between two places; or that they want to know of when it is read. */
    async newestOfOthers(
      chatId: number,
      { after, upTo, isMarkable }: { after: number; upTo: number; isMarkable: boolean },
    ): Promise<ChatMessageRow | undefined> {
      const row = await all()
        .where('chat_id', '=', chatId)
        .where('id', '<=', upTo)
        .where('id', '>', after)
        .where('weight', '>', 0)
        .where('notice', 'is', null)
        .where('markable', 'in', isMarkable ? [1] : [0, 1])
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && open(row);
    },

    /** In order, oldest first; one of the places at most counts. */
    async page(chatId: number, { before, after, around, limit }: PageQuery): Promise<ChatMessageRow[]> {
      const ofChat = () => all().where('chat_id', '=', chatId);
      const down = (upTo: number, count: number) =>
        ofChat().where('id', '<', upTo).orderBy('id', 'desc').limit(count).execute();
      const up = (from: number, count: number) =>
        ofChat().where('id', '>', from).orderBy('id').limit(count).execute();
      if (after !== undefined) return (await up(after, limit)).map(open);
      if (around !== undefined) {
        const older = await down(around + 1, Math.ceil(limit / 2));
        const newer = await up(around, Math.floor(limit / 2));
        return [...older.reverse(), ...newer].map(open);
      }
      return (await down(before ?? Number.MAX_SAFE_INTEGER, limit)).reverse().map(open);
    },
    /** Whether there is one before the first of a page, and one behind its last. */
    async beside(
      chatId: number,
      first: number,
      last: number,
    ): Promise<{ hasOlder: boolean; hasNewer: boolean }> {
      const one = () =>
        store.read.selectFrom('chat_message').select('id').where('chat_id', '=', chatId).limit(1);
      return {
        hasOlder: (await one().where('id', '<', first).executeTakeFirst()) !== undefined,
        hasNewer: (await one().where('id', '>', last).executeTakeFirst()) !== undefined,
      };
    },
    /** Messages of these accounts, or of the conversations with one address, that say something: newest first, below a place. */
    async below(
      { accountIds, jid }: { accountIds: readonly AccountId[]; jid?: BareJid | undefined },
      before: number,
      limit: number,
    ): Promise<ChatMessageRow[]> {
      let chats = store.read
        .selectFrom('chat')
        .select('id')
        .where('account_id', 'in', [...accountIds]);
      if (jid !== undefined) chats = chats.where('jid', '=', jid);
      // In the order they came, without all of them being sorted for each page (the sign keeps the index out of it).
      const chat = jid === undefined ? sql<number>`+chat_id` : sql.ref<number>('chat_id');
      const rows = await all()
        .where(chat, 'in', chats)
        .where('id', '<', before)
        .where('notice', 'is', null)
        .where('retracted', '=', 0)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => toMessage(box, row));
    },

    /** Messages that were written here come further; with the places of the ones that did. */
    async settle(
      tx: Tx,
      chatId: number,
      messageIds: readonly string[],
      state: SettledState,
      reason: string | null = null,
    ): Promise<number[]> {
      const moved = settleRows(state)(tx.db, { chatId, reason }, messageIds);
      return moved.map(({ id }) => id);
    },
    /** Who has seen a message has seen those before it. */
    async displayedUpTo(tx: Tx, chatId: number, id: number): Promise<number[]> {
      const near = tx.db
        .selectFrom('chat_message')
        .select('id')
        .where('chat_id', '=', chatId)
        .where('id', '<=', id)
        .orderBy('id', 'desc')
        .limit(READ_WITH_IT);
      const rows = await tx.db
        .updateTable('chat_message')
        .set({ state: 'displayed' })
        .where('id', 'in', near)
        .where('outgoing', '=', 1)
        .where('state', 'in', ['acked', 'delivered'])
        .returning('id')
        .execute();
      return rows.map((row) => row.id);
    },
    /** `isEncrypted`: how the correction came. What was encrypted is so no longer, once a part of it was not. */
    async edit(
      tx: Tx,
      { id, chatId, name, isEncrypted: wasEncrypted }: ChatMessageRow,
      body: ChatBody,
      isEncrypted: boolean,
    ): Promise<void> {
      const sealed = box.seal(JSON.stringify(body), bodyPlace(chatId, name));
      await patch(tx, id, { edited: 1, encrypted: wasEncrypted && isEncrypted ? 1 : 0, body: sealed });
    },
    async rewrite(tx: Tx, { id, chatId, name }: ChatMessageRow, body: ChatBody): Promise<void> {
      await patch(tx, id, { body: box.seal(JSON.stringify(body), bodyPlace(chatId, name)) });
    },
    /** What it said is gone. */
    async retract(tx: Tx, { id, chatId, name }: ChatMessageRow): Promise<void> {
      const body = box.seal(JSON.stringify({ text: '' }), bodyPlace(chatId, name));
      await patch(tx, id, { retracted: 1, reactions: null, body });
      await tx.db.deleteFrom('chat_file').where('message', '=', id).execute();
    },
    async react(tx: Tx, { id, chatId, name }: ChatMessageRow, reactions: Reactions): Promise<void> {
      const isNone = Object.keys(reactions).length === 0;
      const sealed = isNone ? null : box.seal(JSON.stringify(reactions), reactionsPlace(chatId, name));
      await patch(tx, id, { reactions: sealed });
    },
    /** Its archive calls it so, and so do others who are about it. */
    async noteArchiveId(tx: Tx, id: number, archiveId: string): Promise<void> {
      await patch(tx, id, { archive_id: archiveId, other_id: archiveId });
    },
    /** Its place is behind all others; resolves with it. */
    async moveToEnd(tx: Tx, id: number): Promise<number> {
      const end = tx.db.selectFrom('chat_message').select((e) => e(e.fn.max('id'), '+', 1).as('id'));
      const row = await tx.db
        .updateTable('chat_message')
        .set({ id: end as unknown as number })
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirstOrThrow();
      return row.id;
    },
    /** False where it has not failed, or is gone. */
    async deleteFailed(tx: Tx, id: number): Promise<boolean> {
      const { numDeletedRows } = await tx.db
        .deleteFrom('chat_message')
        .where('id', '=', id)
        .where('state', '=', 'failed')
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    /** Drops the oldest messages of an account beyond so many; resolves with how many these were. */
    async trim(tx: Tx, accountId: AccountId, kept: number): Promise<number> {
      const chats = tx.db.selectFrom('chat').select('id').where('account_id', '=', accountId);
      const own = tx.db.selectFrom('chat_message').where('chat_id', 'in', chats);
      const oldest = await own.select('id').orderBy('id', 'desc').limit(1).offset(kept).executeTakeFirst();
      if (!oldest) return 0;
      const { numDeletedRows } = await tx.db
        .deleteFrom('chat_message')
        .where('chat_id', 'in', chats)
        .where('id', '<=', oldest.id)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
export type ChatMessageRepository = ReturnType<typeof chatMessageRepository>;
