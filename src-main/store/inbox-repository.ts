import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { AccountId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { InboxTable } from './schema.ts';

export interface InboxRow {
  id: string;
  accountId: AccountId;
  state: InboxTable['state'];
  /** The raw stanza. */
  content: string;
  receivedAt: number;
  /** Server time of the message, Unix milliseconds. */
  sentAt: number;
}

/** Unsealed by the one who works on it: a broken row stands in nobody else's way. */
export type SealedInboxRow = Omit<InboxRow, 'content'> & { content: () => string };

const contentPlace = (id: string) => ({ table: 'inbox', row: id, column: 'content' });

/** Messages between the stream and their effect, and the names under which messages were seen. */
export function inboxRepository(store: Store, box: SecretBox) {
  const toRow = (row: Selectable<InboxTable>): SealedInboxRow => ({
    id: row.id,
    accountId: row.account_id as AccountId,
    state: row.state,
    content: () => box.open(row.content, contentPlace(row.id)),
    receivedAt: row.received_at,
    sentAt: row.sent_at,
  });

  return {
    /** Writes the names of a message; false when one of them was there already: it is a copy. */
    async remember(tx: Tx, accountId: AccountId, names: readonly string[], seenAt: number): Promise<boolean> {
      return (await this.note(tx, accountId, names, seenAt)) === new Set(names).size;
    },
    /** Writes names, known or not; resolves with how many of them are new. */
    async note(tx: Tx, accountId: AccountId, names: readonly string[], seenAt: number): Promise<number> {
      if (names.length === 0) return 0;
      const { numInsertedOrUpdatedRows = 0n } = await tx.db
        .insertInto('seen_message')
        .values(names.map((name) => ({ account_id: accountId, name, seen_at: seenAt })))
        .onConflict((c) => c.doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows);
    },
    async forgetSeenBefore(tx: Tx, seenAt: number): Promise<void> {
      await tx.db.deleteFrom('seen_message').where('seen_at', '<', seenAt).execute();
    },
    async insert(tx: Tx, row: Omit<InboxRow, 'id'>): Promise<string> {
      const id = randomUUID();
      await tx.db
        .insertInto('inbox')
        .values({
          id,
          account_id: row.accountId,
          state: row.state,
          content: box.seal(row.content, contentPlace(id)),
          received_at: row.receivedAt,
          sent_at: row.sentAt,
        })
        .execute();
      return id;
    },
    /** It is a command: from here on it runs, and nothing else happens with it. */
    async keepCommand(tx: Tx, id: string): Promise<void> {
      await tx.db.updateTable('inbox').set({ state: 'understood' }).where('id', '=', id).execute();
    },
    async isOpen(tx: Tx, id: string): Promise<boolean> {
      return (
        (await tx.db.selectFrom('inbox').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
      );
    },
    async delete(tx: Tx, id: string): Promise<void> {
      await tx.db.deleteFrom('inbox').where('id', '=', id).execute();
    },
    /** A row that was held back goes on, with those before it: in their order, behind all others. */
    async releaseUpTo(tx: Tx, accountId: AccountId, id: string): Promise<void> {
      const held = await tx.db
        .selectFrom('inbox')
        .select(['id', 'seq'])
        .where('account_id', '=', accountId)
        .where('state', '=', 'held')
        .orderBy('seq')
        .execute();
      const at = held.findIndex((row) => row.id === id);
      for (const row of held.slice(0, at + 1)) {
        const behindAll = tx.db.selectFrom('inbox').select((e) => e(e.fn.max('seq'), '+', 1).as('seq'));
        await tx.db
          .updateTable('inbox')
          .set({ state: 'received', seq: behindAll })
          .where('id', '=', row.id)
          .execute();
      }
    },
    /** What was held back may go on. */
    async release(tx: Tx, accountId: AccountId): Promise<void> {
      await tx.db
        .updateTable('inbox')
        .set({ state: 'received' })
        .where('account_id', '=', accountId)
        .where('state', '=', 'held')
        .execute();
    },
    /** Drops what was held back for longer than anybody wants to hear of it. */
    async forgetHeldBefore(tx: Tx, receivedAt: number): Promise<void> {
      await tx.db
        .deleteFrom('inbox')
        .where('state', '=', 'held')
        .where('received_at', '<', receivedAt)
        .execute();
    },
    /** The newest names of the account that were seen since then. */
    async seenSince(accountId: AccountId, seenAt: number, limit: number): Promise<string[]> {
      const rows = await store.read
        .selectFrom('seen_message')
        .select('name')
        .where('account_id', '=', accountId)
        .where('seen_at', '>=', seenAt)
        .orderBy('seen_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ name }) => name);
    },
    /** True when a message was seen under that name. */
    async hasSeen(tx: Tx, accountId: AccountId, name: string): Promise<boolean> {
      const row = await tx.db
        .selectFrom('seen_message')
        .select('name')
        .where('account_id', '=', accountId)
        .where('name', '=', name)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Everything of the account that is not done, oldest first. */
    async open(accountId: AccountId, tx?: Tx): Promise<SealedInboxRow[]> {
      const db = tx?.db ?? store.read;
      const rows = await db
        .selectFrom('inbox')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('seq')
        .execute();
      return rows.map(toRow);
    },
    async count(accountId: AccountId): Promise<number> {
      const { count } = await store.read
        .selectFrom('inbox')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow();
      return count;
    },
    /** The oldest rows that may be worked on, without those named. */
    async next(accountId: AccountId, except: readonly string[], limit: number): Promise<SealedInboxRow[]> {
      const rows = await store.read
        .selectFrom('inbox')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('state', '!=', 'held')
        .where('id', 'not in', [...except])
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(toRow);
    },
  };
}
export type InboxRepository = ReturnType<typeof inboxRepository>;
