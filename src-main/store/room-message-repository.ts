import type { AccountId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

/** A message of a room as it is remembered. */
export interface RoomMessageNames {
  /** Every copy of it has this name: the room's id of it, or what takes its place. */
  name: string;
  /** The sender's own id of it. */
  sentAs: string;
  /** Who may change it. */
  author: string;
}

/** Begins the name of a message that its room gave none. */
export const OWN_NAME = '~';

/** What was said in rooms, by name: to know copies, and what a correction or a retraction is about. */
export function roomMessageRepository(store: Store) {
  const insertRow = prepared(
    (
      slot: Slots<{
        accountId: AccountId;
        room: string;
        name: string;
        sentAs: string;
        author: string;
        seenAt: number;
      }>,
    ) =>
      store.read
        .insertInto('room_message')
        .values({
          account_id: slot('accountId'),
          room: slot('room'),
          name: slot('name'),
          sent_as: slot('sentAs'),
          author: slot('author'),
          seen_at: slot('seenAt'),
        })
        .onConflict((c) => c.doNothing())
        .returning('name'),
  );
  return {
    /** False for a copy of a message that is known. */
    async remember(
      tx: Tx,
      accountId: AccountId,
      room: BareJid,
      message: RoomMessageNames & { seenAt: number },
    ): Promise<boolean> {
      const { name, sentAs, author, seenAt } = message;
      return insertRow(tx.db, { accountId, room, name, sentAs, author, seenAt }).length > 0;
    },
    /** The name of the message that its author calls by that id, or the room does; undefined where there is none of theirs. */
    async nameOf(
      tx: Tx,
      accountId: AccountId,
      room: BareJid,
      { id, author }: { id: string; author: string },
    ): Promise<string | undefined> {
      const row = await tx.db
        .selectFrom('room_message')
        .select(['name', 'sent_as'])
        .where('account_id', '=', accountId)
        .where('room', '=', room)
        .where((e) => e.or([e('name', '=', id), e('sent_as', '=', id)]))
        .where('author', '=', author)
        .orderBy('seen_at', 'desc')
        .executeTakeFirst();
      return row?.name.startsWith(OWN_NAME) ? row.sent_as : row?.name;
    },
    async forgetBefore(tx: Tx, seenAt: number): Promise<void> {
      await tx.db.deleteFrom('room_message').where('seen_at', '<', seenAt).execute();
    },
  };
}
export type RoomMessageRepository = ReturnType<typeof roomMessageRepository>;
