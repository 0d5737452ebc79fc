import { randomUUID } from 'node:crypto';
import type { AccountId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { InboxTable } from './schema.ts';

export interface InboxRow {
  id: string;
  accountId: AccountId;
  state: InboxTable['state'];
  /** The raw stanza (`received`) or the command's text (`understood`). */
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
  return {
    /** Writes the names of a message; false when one of them was there already: it is a copy. */
    async remember(tx: Tx, accountId: AccountId, names: readonly string[], seenAt: number): Promise<boolean> {
      const known = await tx.db
        .selectFrom('seen_message')
        .select('name')
        .where('account_id', '=', accountId)
        .where('name', 'in', [...names])
        .execute();
      const isNew = known.length === 0;
      for (const name of names) {
        await tx.db
          .insertInto('seen_message')
          .values({ account_id: accountId, name, seen_at: seenAt })
          .onConflict((c) => c.doNothing())
          .execute();
      }
      return isNew;
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
    /** The raw stanza goes, the command's text stays until it has run. */
    async keepCommand(tx: Tx, id: string, text: string): Promise<void> {
      await tx.db
        .updateTable('inbox')
        .set({ state: 'understood', content: box.seal(text, contentPlace(id)) })
        .where('id', '=', id)
        .execute();
    },
    async isOpen(tx: Tx, id: string): Promise<boolean> {
      return (
        (await tx.db.selectFrom('inbox').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
      );
    },
    async delete(tx: Tx, id: string): Promise<void> {
      await tx.db.deleteFrom('inbox').where('id', '=', id).execute();
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
      return rows.map((row) => ({
        id: row.id,
        accountId,
        state: row.state,
        content: () => box.open(row.content, contentPlace(row.id)),
        receivedAt: row.received_at,
        sentAt: row.sent_at,
      }));
    },
  };
}
export type InboxRepository = ReturnType<typeof inboxRepository>;
