import type { AccountId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';
import { prepared, preparedFor, type Slots } from './prepared.ts';
import { sweep } from './sweep.ts';

/** The names of one message. */
export interface MessageNames {
  /** Every copy of it has at least one of these. */
  names: readonly string[];
  /** Under these its sender may refer to it later. */
  references: readonly string[];
}

/** Values of several rows: what they share, and their names by number. */
interface NamedRows {
  account: AccountId;
  seenAt: number;
  inboxId: string | null;
  [name: `name${number}`]: string;
}

/** Names under which messages were seen, and which of them wait in the inbox. */
export function seenMessageRepository(store: Store) {
  /** One query for each number of names; there are few. */
  const addRows = preparedFor(
    (count: number) =>
      prepared((slot: Slots<NamedRows>) =>
        store.read
          .insertInto('seen_message')
          .values(
            Array.from({ length: count }, (_, index) => ({
              account_id: slot('account'),
              name: slot(`name${index}`),
              seen_at: slot('seenAt'),
              inbox_id: slot('inboxId'),
            })),
          )
          .onConflict((c) => c.doNothing())
          .returning('name'),
      ),
    String,
  );

  /** Writes names that are not known yet; resolves with these. */
  async function add(
    tx: Tx,
    accountId: AccountId,
    names: readonly string[],
    { seenAt, inboxId = null }: { seenAt: number; inboxId?: string | null },
  ): Promise<string[]> {
    if (names.length === 0) return [];
    const named = Object.fromEntries(names.map((name, index) => [`name${index}`, name]));
    const rows = addRows(names.length)(tx.db, { account: accountId, seenAt, inboxId, ...named });
    return rows.map(({ name }) => name);
  }

  return {
    /**
     * Writes the names of a message that goes into that row of the inbox, or into none; false when one of them was there
     * already: it is a copy. A message without names is always new.
     */
    async remember(
      tx: Tx,
      accountId: AccountId,
      { names, references }: MessageNames,
      place: { seenAt: number; inboxId?: string | null },
    ): Promise<boolean> {
      const added = new Set(await add(tx, accountId, [...names, ...references], place));
      return names.every((name) => added.has(name));
    },
    /** Writes names, known or not. */
    async note(tx: Tx, accountId: AccountId, names: readonly string[], seenAt: number): Promise<void> {
      await add(tx, accountId, names, { seenAt });
    },
    /** The rows of the inbox that messages of these names went into. They may be gone. */
    async inboxIds(tx: Tx, accountId: AccountId, names: readonly string[]): Promise<string[]> {
      if (names.length === 0) return [];
      const rows = await tx.db
        .selectFrom('seen_message')
        .select('inbox_id')
        .distinct()
        .where('account_id', '=', accountId)
        .where('name', 'in', [...names])
        .where('inbox_id', 'is not', null)
        .execute();
      return rows.flatMap(({ inbox_id }) => inbox_id ?? []);
    },
    /** True when a message was seen under that name. */
    async has(tx: Tx, accountId: AccountId, name: string): Promise<boolean> {
      const row = await tx.db
        .selectFrom('seen_message')
        .select('name')
        .where('account_id', '=', accountId)
        .where('name', '=', name)
        .executeTakeFirst();
      return row !== undefined;
    },
    /**
     * The newest names of the account that were seen since then and do not wait in the inbox: looked for among all, for it
     * is asked when another engine takes over.
     */
    async doneSince(accountId: AccountId, seenAt: number, limit: number): Promise<string[]> {
      const rows = await store.read
        .selectFrom('seen_message')
        .leftJoin('inbox', 'inbox.id', 'seen_message.inbox_id')
        .select('name')
        .where('seen_message.account_id', '=', accountId)
        .where('seen_at', '>=', seenAt)
        .where('inbox.id', 'is', null)
        .orderBy('seen_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ name }) => name);
    },
    /** Drops the names from before that moment, some at each call. */
    forgetBefore: sweep({ table: 'seen_message', owner: 'account_id', name: 'name' }),
  };
}
export type SeenMessageRepository = ReturnType<typeof seenMessageRepository>;
