import type { AccountId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { Tx } from './open.ts';
import { QUEUED } from './outbox-statements.ts';

/** Messages of the outbox that are said to rooms. */
export const outboxOfRooms = {
  /** A message was seen in its room, under the id that the room gave it. */
  async nameInRoom(tx: Tx, accountId: AccountId, id: string, name: string): Promise<void> {
    await tx.db
      .updateTable('outbox')
      .set({ room_name: name })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .execute();
  },
  /** The own message that a room calls by that id, by its first id if it was corrected; undefined for any other. */
  async ownOfRoom(tx: Tx, accountId: AccountId, room: BareJid, name: string): Promise<string | undefined> {
    const row = await tx.db
      .selectFrom('outbox')
      .select(['id', 'original_id'])
      .where('account_id', '=', accountId)
      .where('conversation', '=', room)
      .where('is_room', '=', 1)
      .where((e) => e.or([e('room_name', '=', name), e('id', '=', name)]))
      .executeTakeFirst();
    return row && (row.original_id ?? row.id);
  },
  /** The messages for a room that wait to be sent, or those of them that are not encrypted. */
  async waitingForRoom(
    tx: Tx,
    accountId: AccountId,
    room: BareJid,
    { isInClear = false } = {},
  ): Promise<string[]> {
    let waiting = tx.db
      .selectFrom('outbox')
      .select('id')
      .where('account_id', '=', accountId)
      .where('state', '=', QUEUED)
      .where('is_room', '=', 1)
      .where('conversation', '=', room);
    if (isInClear) waiting = waiting.where('plain', 'is', null);
    return (await waiting.execute()).map(({ id }) => id);
  },
};
