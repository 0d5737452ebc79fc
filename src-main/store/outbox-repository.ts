import type { Selectable } from 'kysely';
import type { AccountId, BotId, MessageId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { freshOutgoing } from './fresh-outgoing.ts';
import type { Store, Tx } from './open.ts';
import { outboxOfRooms } from './outbox-of-rooms.ts';
import {
  COMES_AFTER,
  outboxStatements,
  QUEUED,
  SETTLED_COLUMNS,
  type SettledState,
  TEXT_ONCE_SETTLED,
} from './outbox-statements.ts';
import type { OutboxTable } from './schema-messages.ts';

export interface WaitingMessage {
  seq: number;
  id: MessageId;
  stanza: string;
}

export interface NewOutgoing {
  id: MessageId;
  accountId: AccountId;
  botId: BotId | null;
  conversation: BareJid;
  kind: OutboxTable['kind'];
  /** Of a correction: the first message. */
  originalId: MessageId | undefined;
  stanza: string;
  /** What it says, where the stanza is encrypted. */
  plain?: string | undefined;
  /** It goes to a room, and waits until the account is in there. */
  isRoom?: boolean | undefined;
  createdAt: number;
}

/** A message of a bot, or one of its corrections. */
export interface SentVersion {
  id: MessageId;
  /** The id that the other side knows it by: that of the first version. */
  originalId: MessageId;
  conversation: BareJid;
  isRoom: boolean;
  state: OutboxTable['state'];
  isRetracted: boolean;
  /** Undefined when it is no longer kept. */
  stanza: string | undefined;
  /** It was sent encrypted. */
  isEncrypted: boolean;
  /** The id that its room gave it; undefined for others, and until it was seen there. */
  roomName: string | undefined;
}

/** What is sent one after the other: all that is for people, or what is for one room. */
export type Lane = 'people' | { room: BareJid };

/** Whose message it was that came further. */
export interface Settled {
  messageId: string;
  accountId: AccountId;
  botId: BotId | null;
  kind: OutboxTable['kind'];
  conversation: string;
  isRoom: boolean;
}

const settled = (row: Pick<Selectable<OutboxTable>, (typeof SETTLED_COLUMNS)[number]>): Settled => ({
  messageId: row.id,
  accountId: row.account_id as AccountId,
  botId: row.bot_id as BotId | null,
  kind: row.kind,
  conversation: row.conversation,
  isRoom: row.is_room === 1,
});

const plainPlace = (id: string) => ({ table: 'outbox', row: id, column: 'plain' });
const stanzaPlace = (id: string) => ({ table: 'outbox', row: id, column: 'stanza' });

/** Messages on their way to a server, and what became of them. */
export function outboxRepository(store: Store, box: SecretBox) {
  const fresh = freshOutgoing();
  const { insertRow, nextRows, nextRowsOfRoom, acknowledgeRows, senderRow } = outboxStatements(store);
  /** What a message says, whether or not it was sent encrypted. */
  function said({ id, stanza, plain }: { id: string; stanza: Buffer | null; plain: Buffer | null }) {
    if (plain) return box.open(plain, plainPlace(id));
    return stanza ? box.open(stanza, stanzaPlace(id)) : undefined;
  }

  function leaves(tx: Tx, news: Settled): Settled {
    tx.afterCommit(() => fresh.drop(news.accountId, news.messageId));
    return news;
  }

  return {
    ...outboxOfRooms,
    async insert(tx: Tx, message: NewOutgoing): Promise<void> {
      const { id, accountId, stanza, isRoom = false } = message;
      const seq = insertRow(tx.db, {
        id,
        account_id: accountId,
        bot_id: message.botId,
        conversation: message.conversation,
        kind: message.kind,
        original_id: message.originalId ?? null,
        stanza: box.seal(stanza, stanzaPlace(id)),
        plain: message.plain === undefined ? null : box.seal(message.plain, plainPlace(id)),
        created_at: message.createdAt,
        is_room: isRoom ? 1 : 0,
      });
      if (seq !== undefined && !isRoom) tx.afterCommit(() => fresh.add(accountId, { seq, id, stanza }));
    },
    /** The next messages in the order they were committed. */
    async waiting(
      accountId: AccountId,
      afterSeq: number,
      limit: number,
      lane: Lane = 'people',
    ): Promise<WaitingMessage[]> {
      const known = lane === 'people' && fresh.after(accountId, afterSeq, limit);
      if (known) return known;
      const rows =
        lane === 'people'
          ? nextRows(store.read, { accountId, afterSeq, limit })
          : nextRowsOfRoom(store.read, { accountId, afterSeq, limit, room: lane.room });
      return rows.map(({ seq, id, stanza }) => ({
        seq,
        id: id as MessageId,
        stanza: stanza ? box.open(stanza, stanzaPlace(id)) : '',
      }));
    },
    /** The server has these. Resolves with those, in this order, of which neither that was known nor more. */
    async acknowledge(tx: Tx, ids: readonly string[], at: number): Promise<Settled[]> {
      const rows = acknowledgeRows(tx.db, { at }, ids);
      // They said nothing: nobody asks for them any more.
      const mute = rows.filter(({ kind }) => kind === 'transport').map(({ id }) => id);
      if (mute.length > 0) await tx.db.deleteFrom('outbox').where('id', 'in', mute).execute();
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id) => {
        const row = byId.get(id);
        return row ? [leaves(tx, settled(row))] : [];
      });
    },
    /**
     * Moves a message forward: queued, acked, delivered, displayed; or to failed, unless it has arrived. Undefined when
     * it is there already, or not ours; `from` is checked where a recipient says so.
     */
    async settle(
      tx: Tx,
      id: string,
      state: SettledState,
      options: {
        reason: string | null;
        at: number;
        accountId?: AccountId | undefined;
        from?: string | undefined;
      },
    ): Promise<Settled | undefined> {
      const news = { state, reason: options.reason, state_at: options.at };
      let update = tx.db
        .updateTable('outbox')
        .set({ ...news, ...(state === 'failed' ? { stanza: null, plain: null } : TEXT_ONCE_SETTLED) })
        .where('id', '=', id)
        .where('state', 'in', [...COMES_AFTER[state]]);
      if (options.from !== undefined) update = update.where('conversation', '=', options.from);
      if (options.accountId !== undefined) update = update.where('account_id', '=', options.accountId);
      const row = await update.returning(SETTLED_COLUMNS).executeTakeFirst();
      return row && leaves(tx, settled(row));
    },
    /** The state of a message that a bot sent; undefined when it is not this bot's or was forgotten. */
    async stateOf(
      botId: BotId,
      id: string,
    ): Promise<{ state: OutboxTable['state']; reason: string | null } | undefined> {
      return store.read
        .selectFrom('outbox')
        .select(['state', 'reason'])
        .where('id', '=', id)
        .where('bot_id', '=', botId)
        .where('kind', '=', 'message')
        .executeTakeFirst();
    },
    /** A bot's message and its corrections, oldest first, by the id of any of them. Empty when there is none. */
    async versions(botId: BotId, id: string, tx?: Tx): Promise<SentVersion[]> {
      const sent = (tx?.db ?? store.read)
        .selectFrom('outbox')
        .where('bot_id', '=', botId)
        .where('kind', '=', 'message');
      const named = await sent.select('original_id').where('id', '=', id).executeTakeFirst();
      const originalId = named?.original_id ?? id;
      const rows = await sent
        .select(['id', 'conversation', 'state', 'is_retracted', 'stanza', 'plain', 'is_room', 'room_name'])
        .where((e) => e.or([e('id', '=', originalId), e('original_id', '=', originalId)]))
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({
        id: row.id as MessageId,
        originalId: originalId as MessageId,
        // Written by `insert` alone, which takes a prepared JID.
        conversation: row.conversation as BareJid,
        isRoom: row.is_room === 1,
        state: row.state,
        isRetracted: row.is_retracted === 1,
        stanza: said(row),
        isEncrypted: row.plain !== null,
        roomName: row.room_name ?? undefined,
      }));
    },
    /** Notes that a message and its corrections were taken back, and erases what need not be sent any more. */
    async retract(tx: Tx, botId: BotId, originalId: MessageId): Promise<void> {
      const versions = tx.db
        .updateTable('outbox')
        .where('bot_id', '=', botId)
        .where((e) => e.or([e('id', '=', originalId), e('original_id', '=', originalId)]));
      await versions.set({ is_retracted: 1 }).execute();
      await versions.set({ stanza: null, plain: null }).where('state', '!=', 'queued').execute();
    },
    /**
     * Who sent a message under that id from that account: a bot, or the installation itself (`botId` null). Undefined when
     * nobody here did.
     */
    async senderOf(tx: Tx, accountId: AccountId, id: string): Promise<{ botId: BotId | null } | undefined> {
      const [row] = senderRow(tx.db, { id, accountId });
      return row && { botId: row.bot_id as BotId | null };
    },
    /** Erases the stanzas of messages that were settled in that time. */
    async eraseStanzas(tx: Tx, settledAfter: number, settledBefore: number): Promise<void> {
      await tx.db
        .updateTable('outbox')
        .set({ stanza: null, plain: null })
        .where('state', '!=', QUEUED)
        .where('state_at', '>=', settledAfter)
        .where('state_at', '<', settledBefore)
        .execute();
    },
    async forgetSettledBefore(tx: Tx, stateAt: number): Promise<void> {
      await tx.db.deleteFrom('outbox').where('state', '!=', QUEUED).where('state_at', '<', stateAt).execute();
    },
  };
}
export type OutboxRepository = ReturnType<typeof outboxRepository>;
