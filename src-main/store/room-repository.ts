import type { Selectable } from 'kysely';
import type { AccountId, BotId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { changesOf, knownRows } from './known-rows.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';
import type { RoomBotTable, RoomTable } from './schema-rooms.ts';

/** Why an account is out of a room and stays out until somebody asks again. */
export type OutReason = 'left' | 'kicked' | 'banned' | 'removed' | 'destroyed' | 'refused' | 'opened';

/** Up to where a room was followed. */
export interface RoomPosition {
  /** The room's id of the last message known here. */
  archiveId: string | undefined;
  atMs: number;
}

/** A room of an account, as it is kept. */
export interface Room {
  accountId: AccountId;
  jid: BareJid;
  /** The nickname that was asked for. */
  nick: string;
  password: string | undefined;
  /** Set: the account does not come back by itself. */
  out: { reason: OutReason; text: string | undefined } | undefined;
  /** For members only, who see each other's addresses; undefined: not known yet. */
  isPrivate: boolean | undefined;
  hasArchive: boolean;
  position: RoomPosition | undefined;
  joinedAt: number;
  /** Who asked to be there. */
  bots: readonly BotId[];
}

const passwordPlace = (accountId: number, jid: string) => ({
  table: 'room',
  row: `${accountId}/${jid}`,
  column: 'password',
});

/** Rooms of accounts, and which bots asked for them. */
export function roomRepository(store: Store, box: SecretBox) {
  const toRoom = (row: Selectable<RoomTable>, bots: readonly BotId[]): Room => ({
    accountId: row.account_id as AccountId,
    // Written by `save` alone, which takes a prepared JID.
    jid: row.jid as BareJid,
    nick: row.nick,
    password: row.password ? box.open(row.password, passwordPlace(row.account_id, row.jid)) : undefined,
    out: row.out_reason
      ? { reason: row.out_reason as OutReason, text: row.out_text ?? undefined }
      : undefined,
    isPrivate: row.is_private === null ? undefined : row.is_private === 1,
    hasArchive: row.has_archive === 1,
    position:
      row.archive_at === null ? undefined : { archiveId: row.archive_id ?? undefined, atMs: row.archive_at },
    joinedAt: row.joined_at,
    bots,
  });
  const patch = (tx: Tx, accountId: AccountId, jid: BareJid, values: Partial<Selectable<RoomTable>>) =>
    tx.db
      .updateTable('room')
      .set(values)
      .where('account_id', '=', accountId)
      .where('jid', '=', jid)
      .execute();

  /** Which rooms there are: what becomes of them changes nothing about that. */
  const changes = changesOf(store, 'room');
  const knownPlaces = knownRows<AccountId, string>(changes);
  const rowOf = prepared((slot: Slots<{ accountId: AccountId; jid: BareJid }>) =>
    store.read
      .selectFrom('room')
      .selectAll()
      .where('account_id', '=', slot('accountId'))
      .where('jid', '=', slot('jid')),
  );
  const botsIn = (db: Tx['db'], accountId: AccountId) =>
    db.selectFrom('room_bot').selectAll().where('account_id', '=', accountId).orderBy('bot_id');
  const idsOf = (rows: readonly Selectable<RoomBotTable>[]) => rows.map(({ bot_id }) => bot_id as BotId);

  return {
    /** All rooms of an account, by address. */
    async of(accountId: AccountId, tx?: Tx): Promise<Room[]> {
      const db = tx?.db ?? store.read;
      const bots = Map.groupBy(await botsIn(db, accountId).execute(), ({ room }) => room);
      const rows = db.selectFrom('room').selectAll().where('account_id', '=', accountId).orderBy('jid');
      return (await rows.execute()).map((row) => toRoom(row, idsOf(bots.get(row.jid) ?? [])));
    },
    async find(accountId: AccountId, jid: BareJid, tx?: Tx): Promise<Room | undefined> {
      const db = tx?.db ?? store.read;
      const [row] = rowOf(db, { accountId, jid });
      return row && toRoom(row, idsOf(await botsIn(db, accountId).where('room', '=', jid).execute()));
    },
    /** Whether the account has such a room. Asked with every message, most of which go to people. */
    async has(accountId: AccountId, jid: BareJid, tx?: Tx): Promise<boolean> {
      const places = await knownPlaces.of(accountId, tx, async (db = store.read) => {
        const rows = await db.selectFrom('room').select('jid').where('account_id', '=', accountId).execute();
        return rows.map((row) => row.jid);
      });
      return places.includes(jid);
    },

    /** Writes a room that an account has come into; what is known of its past stays. */
    async save(
      tx: Tx,
      room: Pick<Room, 'accountId' | 'jid' | 'nick' | 'password' | 'joinedAt'>,
    ): Promise<void> {
      const { accountId, jid, nick, password, joinedAt } = room;
      const sealed = password === undefined ? null : box.seal(password, passwordPlace(accountId, jid));
      const news = { nick, password: sealed, out_reason: null, out_text: null, joined_at: joinedAt };
      changes.changeIn(tx);
      await tx.db
        .insertInto('room')
        .values({ account_id: accountId, jid, ...news })
        .onConflict((c) => c.columns(['account_id', 'jid']).doUpdateSet(news))
        .execute();
    },
    async noteInfo(
      tx: Tx,
      accountId: AccountId,
      jid: BareJid,
      { isPrivate, hasArchive }: { isPrivate: boolean; hasArchive: boolean },
    ): Promise<void> {
      await patch(tx, accountId, jid, { is_private: isPrivate ? 1 : 0, has_archive: hasArchive ? 1 : 0 });
    },
    async notePosition(
      tx: Tx,
      accountId: AccountId,
      jid: BareJid,
      { archiveId, atMs }: RoomPosition,
    ): Promise<void> {
      // Without an id of its own a message is no place to read on from.
      const place = archiveId === undefined ? {} : { archive_id: archiveId };
      await patch(tx, accountId, jid, { ...place, archive_at: atMs });
    },
    /** The past of the room is nothing to anybody here: who comes back later begins anew. */
    async noteOut(
      tx: Tx,
      accountId: AccountId,
      jid: BareJid,
      { reason, text }: { reason: OutReason; text: string | undefined },
    ): Promise<void> {
      await patch(tx, accountId, jid, {
        out_reason: reason,
        out_text: text ?? null,
        archive_id: null,
        archive_at: null,
      });
    },
    async delete(tx: Tx, accountId: AccountId, jid: BareJid): Promise<void> {
      changes.changeIn(tx);
      await tx.db.deleteFrom('room').where('account_id', '=', accountId).where('jid', '=', jid).execute();
    },

    async addBot(tx: Tx, accountId: AccountId, jid: BareJid, botId: BotId): Promise<void> {
      await tx.db
        .insertInto('room_bot')
        .values({ account_id: accountId, room: jid, bot_id: botId })
        .onConflict((c) => c.doNothing())
        .execute();
    },
    async removeBot(tx: Tx, accountId: AccountId, jid: BareJid, botId: BotId): Promise<void> {
      await tx.db
        .deleteFrom('room_bot')
        .where('account_id', '=', accountId)
        .where('room', '=', jid)
        .where('bot_id', '=', botId)
        .execute();
    },
  };
}
export type RoomRepository = ReturnType<typeof roomRepository>;
