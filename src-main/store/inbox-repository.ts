import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { AccountId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { changesOf, knownRows } from './known-rows.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';
import type { InboxTable } from './schema-messages.ts';
import { seenMessageRepository } from './seen-message-repository.ts';

export interface InboxRow {
  id: string;
  accountId: AccountId;
  state: InboxTable['state'];
  /** The raw stanza. */
  content: string;
  receivedAt: number;
  /** Server time of the message, Unix milliseconds. */
  sentAt: number;
  /** It came encrypted, and stands here as it was decrypted. */
  wasEncrypted?: boolean;
  /** The command that it chose from a menu, where it was known what it means. */
  chosen?: string | undefined;
}

/** Unsealed by the one who works on it: a broken row stands in nobody else's way. */
export type SealedInboxRow = Omit<InboxRow, 'content'> & { content: () => string };

const contentPlace = (id: string) => ({ table: 'inbox', row: id, column: 'content' });
/** Written out in the query: only so does SQLite know that the index of what may be worked on will do. */
const HELD = sql.lit('held' as const);

/** Messages between the stream and their effect, and under which names they are known (`seen`). */
export function inboxRepository(store: Store, box: SecretBox) {
  const toRow = (row: Selectable<InboxTable>): SealedInboxRow => ({
    id: row.id,
    accountId: row.account_id as AccountId,
    state: row.state,
    content: () => box.open(row.content, contentPlace(row.id)),
    receivedAt: row.received_at,
    sentAt: row.sent_at,
    wasEncrypted: row.was_encrypted === 1,
    chosen: row.chosen ?? undefined,
  });

  const insertRow = prepared((slot: Slots<Omit<Selectable<InboxTable>, 'seq' | 'chosen'>>) =>
    store.read.insertInto('inbox').values({
      id: slot('id'),
      account_id: slot('account_id'),
      state: slot('state'),
      content: slot('content'),
      received_at: slot('received_at'),
      sent_at: slot('sent_at'),
      was_encrypted: slot('was_encrypted'),
    }),
  );
  const firstOpen = prepared((slot: Slots<{ accountId: AccountId }>) =>
    store.read
      .selectFrom('inbox')
      .select('seq')
      .where('account_id', '=', slot('accountId'))
      .where('state', '!=', HELD)
      .limit(1),
  );
  const rowById = prepared((slot: Slots<{ id: string }>) =>
    store.read.selectFrom('inbox').select('seq').where('id', '=', slot('id')),
  );
  const deleteRow = prepared((slot: Slots<{ id: string }>) =>
    store.read.deleteFrom('inbox').where('id', '=', slot('id')),
  );

  const changes = changesOf(store, 'inbox');
  /** Asked for with every message, and mostly there is nothing. */
  const knownOpen = knownRows<AccountId, { seq: number }>(changes);

  const newId = (): string => randomUUID();

  return {
    seen: seenMessageRepository(store),

    newId,
    async insert(tx: Tx, row: Omit<InboxRow, 'id'>, id = newId()): Promise<string> {
      changes.changeIn(tx);
      insertRow(tx.db, {
        id,
        account_id: row.accountId,
        state: row.state,
        content: box.seal(row.content, contentPlace(id)),
        received_at: row.receivedAt,
        sent_at: row.sentAt,
        was_encrypted: row.wasEncrypted ? 1 : 0,
      });
      return id;
    },
    /**
     * It is a command: from here on it runs, and nothing else happens with it. `content`: as it was decrypted; `chosen`:
     * what a number stands for.
     */
    async keepCommand(
      tx: Tx,
      id: string,
      { content, chosen }: { content?: string; chosen?: string | undefined } = {},
    ): Promise<void> {
      const opened =
        content === undefined
          ? {}
          : { content: box.seal(content, contentPlace(id)), was_encrypted: 1 as const };
      await tx.db
        .updateTable('inbox')
        .set({ state: 'understood', chosen: chosen ?? null, ...opened })
        .where('id', '=', id)
        .execute();
    },
    /** It was decrypted already, and waits on. */
    async keepOpened(tx: Tx, id: string, content: string): Promise<void> {
      await tx.db
        .updateTable('inbox')
        .set({ content: box.seal(content, contentPlace(id)), was_encrypted: 1 })
        .where('id', '=', id)
        .execute();
    },
    /** The row as it is now. */
    async find(tx: Tx, id: string): Promise<SealedInboxRow | undefined> {
      const row = await tx.db.selectFrom('inbox').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toRow(row);
    },
    isOpen: async (tx: Tx, id: string): Promise<boolean> => rowById(tx.db, { id }).length > 0,
    /** True when something of the account waits that may be worked on. */
    hasOpen: async (tx: Tx, accountId: AccountId): Promise<boolean> =>
      (await knownOpen.of(accountId, tx, async (db = store.read) => firstOpen(db, { accountId }))).length > 0,
    async delete(tx: Tx, id: string): Promise<void> {
      changes.changeIn(tx);
      deleteRow(tx.db, { id });
    },
    /**
     * A row that was held back goes on, with those before it that were sent before it: in their order, behind all others.
     * What came before it and was sent later has a place of its own to come.
     */
    async releaseUpTo(
      tx: Tx,
      accountId: AccountId,
      { id, sentAt }: Pick<InboxRow, 'id' | 'sentAt'>,
    ): Promise<void> {
      changes.changeIn(tx);
      const held = tx.db.selectFrom('inbox').where('state', '=', HELD).where('account_id', '=', accountId);
      const released = await held
        .select('id')
        .where('seq', '<=', held.select('seq').where('id', '=', id))
        .where((e) => e.or([e('id', '=', id), e('sent_at', '<', sentAt)]))
        .orderBy('seq')
        .execute();
      for (const row of released) {
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
      changes.changeIn(tx);
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
    async count(accountId: AccountId): Promise<number> {
      const { count } = await store.read
        .selectFrom('inbox')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow();
      return count;
    },
    /** The oldest rows that wait for another engine's word, or for the archive, without those named. */
    async held(accountId: AccountId, except: readonly string[], limit: number): Promise<SealedInboxRow[]> {
      const rows = await store.read
        .selectFrom('inbox')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('state', '=', HELD)
        .where('id', 'not in', [...except])
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(toRow);
    },
    /** The oldest rows that may be worked on, without those named. */
    async next(accountId: AccountId, except: readonly string[], limit: number): Promise<SealedInboxRow[]> {
      const rows = await store.read
        .selectFrom('inbox')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('state', '!=', HELD)
        .where('id', 'not in', [...except])
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(toRow);
    },
  };
}
export type InboxRepository = ReturnType<typeof inboxRepository>;
