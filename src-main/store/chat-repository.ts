import type { Selectable } from 'kysely';
import type { AccountId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import { prepared, preparedFor, type Slots } from './prepared.ts';
import type { ChatTable } from './schema-chat.ts';

/** A conversation of a person's account. */
export interface ChatRow {
  id: number;
  accountId: AccountId;
  jid: BareJid;
  isRoom: boolean;
  /** What it was called last. */
  name: string | undefined;
  isMuted: boolean;
  draft: string;
  readUpTo: number | undefined;
  /** On the contact list, when that was read last. */
  isContact: boolean;
  /** Its history was removed: it is none until something is said there again. */
  isForgotten: boolean;
}

/** The same in the list. */
export interface ListedChat extends ChatRow {
  unread: number;
  mentions: number;
}

const draftPlace = (id: number) => ({ table: 'chat', row: id, column: 'draft' });

/** Conversations of people's accounts. */
export function chatRepository(store: Store, box: SecretBox) {
  const toChat = (row: Selectable<ChatTable>): ChatRow => ({
    id: row.id,
    accountId: row.account_id as AccountId,
    // Written by `insert` alone, which takes a prepared JID.
    jid: row.jid as BareJid,
    isRoom: row.is_room === 1,
    name: row.name ?? undefined,
    isMuted: row.muted === 1,
    draft: row.draft ? box.open(row.draft, draftPlace(row.id)) : '',
    readUpTo: row.read_up_to ?? undefined,
    isContact: row.is_contact === 1,
    isForgotten: row.forgotten === 1,
  });
  const idRow = prepared((slot: Slots<{ accountId: AccountId; jid: string }>) =>
    store.read
      .selectFrom('chat')
      .select('id')
      .where('account_id', '=', slot('accountId'))
      .where('jid', '=', slot('jid')),
  );
  const patch = (tx: Tx, id: number, values: Partial<Selectable<ChatTable>>) =>
    tx.db.updateTable('chat').set(values).where('id', '=', id).execute();

  /** With what is unread of it: counted in the indexes, for all chats in one query. */
  const listed = () =>
    store.read.selectFrom('chat').select((e) => {
      const messages = e
        .selectFrom('chat_message')
        .whereRef('chat_message.chat_id', '=', 'chat.id')
        .where('chat_message.id', '>', e.fn.coalesce('chat.read_up_to', e.lit(0)));
      const count = e.fn.countAll<number>();
      return [
        'chat.id',
        'chat.account_id',
        'chat.jid',
        'chat.is_room',
        'chat.name',
        'chat.muted',
        'chat.draft',
        'chat.read_up_to',
        'chat.is_contact',
        'chat.forgotten',
        messages.select(count.as('count')).where('chat_message.weight', '>', 0).as('unread'),
        messages.select(count.as('count')).where('chat_message.weight', '=', 2).as('mentions'),
      ];
    });
  const listRows = preparedFor(
    (count: number) =>
      prepared((slot: Slots<Record<string, AccountId>>) =>
        listed().where(
          'chat.account_id',
          'in',
          Array.from({ length: count }, (_, index) => slot(`${index}`)),
        ),
      ),
    String,
  );
  type Listed = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number];
  const toListed = (row: Listed): ListedChat => ({
    ...toChat(row),
    unread: row.unread ?? 0,
    mentions: row.mentions ?? 0,
  });

  return {
    /** The accounts that have conversations, with their addresses. */
    async accounts(): Promise<Map<AccountId, BareJid>> {
      const rows = await store.read
        .selectFrom('account')
        .select(['id', 'jid'])
        .where('id', 'in', (e) => e.selectFrom('chat').select('account_id'))
        .execute();
      return new Map(rows.map(({ id, jid }) => [id as AccountId, jid as BareJid]));
    },
    async idOf(tx: Tx, accountId: AccountId, jid: BareJid): Promise<number | undefined> {
      return idRow(tx.db, { accountId, jid })[0]?.id;
    },
    async insert(
      tx: Tx,
      { accountId, jid, isRoom }: Pick<ChatRow, 'accountId' | 'jid' | 'isRoom'>,
    ): Promise<number> {
      const { id } = await tx.db
        .insertInto('chat')
        .values({
          account_id: accountId,
          jid,
          is_room: isRoom ? 1 : 0,
          name: null,
          draft: null,
          read_up_to: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async find(accountId: AccountId, jid: BareJid): Promise<ListedChat | undefined> {
      const row = await listed()
        .where('chat.account_id', '=', accountId)
        .where('chat.jid', '=', jid)
        .executeTakeFirst();
      return row && toListed(row);
    },
    async byIds(ids: readonly number[]): Promise<ChatRow[]> {
      const rows = await store.read
        .selectFrom('chat')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute();
      return rows.map(toChat);
    },
    /** Those of these accounts, or the one with somebody of each. */
    async idsOf(
      accountIds: readonly AccountId[],
      jid?: BareJid,
    ): Promise<Pick<ChatRow, 'id' | 'accountId' | 'jid'>[]> {
      let rows = store.read
        .selectFrom('chat')
        .select(['id', 'account_id', 'jid'])
        .where('account_id', 'in', [...accountIds]);
      if (jid !== undefined) rows = rows.where('jid', '=', jid);
      return (await rows.execute()).map((row) => ({
        id: row.id,
        accountId: row.account_id as AccountId,
        jid: row.jid as BareJid,
      }));
    },
    /** Those of these accounts. */
    async list(accountIds: readonly AccountId[]): Promise<ListedChat[]> {
      const values = Object.fromEntries(accountIds.map((id, index) => [`${index}`, id]));
      return listRows(accountIds.length)(store.read, values).map(toListed);
    },
    /** The newest message that was read goes up, never down. False where it was read before. */
    async setRead(tx: Tx, id: number, upTo: number): Promise<boolean> {
      const { numUpdatedRows } = await tx.db
        .updateTable('chat')
        .set({ read_up_to: upTo })
        .where('id', '=', id)
        .where((e) => e(e.fn.coalesce('read_up_to', e.lit(0)), '<', upTo))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async setMuted(tx: Tx, id: number, isMuted: boolean): Promise<void> {
      await patch(tx, id, { muted: isMuted ? 1 : 0 });
    },
    async setDraft(tx: Tx, id: number, draft: string): Promise<void> {
      await patch(tx, id, { draft: draft === '' ? null : box.seal(draft, draftPlace(id)) });
    },
    async setName(tx: Tx, id: number, name: string): Promise<void> {
      await patch(tx, id, { name });
    },
    /** Of all that was said there nothing stays. */
    async clear(tx: Tx, id: number): Promise<void> {
      await tx.db.deleteFrom('chat_message').where('chat_id', '=', id).execute();
      await patch(tx, id, { draft: null, read_up_to: null, forgotten: 0 });
    },
    /** It goes with all that was said there. What somebody has muted stays muted, for when something is said again. */
    async forget(tx: Tx, id: number): Promise<void> {
      const { numDeletedRows } = await tx.db
        .deleteFrom('chat')
        .where('id', '=', id)
        .where('muted', '=', 0)
        .executeTakeFirst();
      if (numDeletedRows > 0n) return;
      await this.clear(tx, id);
      await patch(tx, id, { forgotten: 1 });
    },
    /** Somebody begins it again. */
    async recall(tx: Tx, id: number): Promise<void> {
      await patch(tx, id, { forgotten: 0 });
    },
    async setContact(tx: Tx, id: number, isContact: boolean): Promise<void> {
      await patch(tx, id, { is_contact: isContact ? 1 : 0 });
    },
  };
}
export type ChatRepository = ReturnType<typeof chatRepository>;
