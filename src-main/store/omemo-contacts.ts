import type { AccountId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

/** What is known of the people that an account talks to, whatever devices they have: whether it goes encrypted. */
export function omemoContacts(store: Store) {
  const contactRow = prepared((slot: Slots<{ accountId: AccountId; jid: BareJid }>) =>
    store.read
      .selectFrom('omemo_contact')
      .selectAll()
      .where('account_id', '=', slot('accountId'))
      .where('jid', '=', slot('jid')),
  );
  const contact = async (accountId: AccountId, jid: BareJid, db: Tx['db'] = store.read) =>
    contactRow(db, { accountId, jid })[0];

  return {
    /** When somebody's device list was read for the first time; undefined: never. */
    async knownSince(accountId: AccountId, jid: BareJid, tx?: Tx): Promise<number | undefined> {
      return (await contact(accountId, jid, tx?.db))?.known_since ?? undefined;
    },
    async noteKnown(tx: Tx, accountId: AccountId, jid: BareJid, at: number): Promise<void> {
      await tx.db
        .insertInto('omemo_contact')
        .values({ account_id: accountId, jid, known_since: at })
        .onConflict((c) => c.columns(['account_id', 'jid']).doUpdateSet({ known_since: at }))
        .execute();
    },
    /** Whether the last message between the two was encrypted. */
    async isEncrypted(tx: Tx, accountId: AccountId, jid: BareJid): Promise<boolean> {
      return (await contact(accountId, jid, tx.db))?.is_encrypted === 1;
    },
    /** The conversations, as `<account id>/<jid>`, whose last message was encrypted. */
    async encryptedConversations(): Promise<string[]> {
      const rows = await store.read
        .selectFrom('omemo_contact')
        .select(['account_id', 'jid'])
        .where('is_encrypted', '=', 1)
        .execute();
      return rows.map((row) => `${row.account_id}/${row.jid}`);
    },
    async noteEncrypted(
      tx: Tx,
      accountId: AccountId,
      jid: BareJid,
      { isEncrypted, at }: { isEncrypted: boolean; at: number },
    ): Promise<void> {
      const values = { is_encrypted: isEncrypted ? 1 : 0, noted_at: at };
      await tx.db
        .insertInto('omemo_contact')
        .values({ account_id: accountId, jid, ...values })
        .onConflict((c) => c.columns(['account_id', 'jid']).doUpdateSet(values))
        .execute();
    },
    /**
     * Whose device lists were never read, longest unchanged first: mostly strangers. Rooms of the account have no such
     * lists, and are none.
     */
    async unknownContacts(tx: Tx, accountId: AccountId): Promise<BareJid[]> {
      const rows = await tx.db
        .selectFrom('omemo_contact')
        .select('jid')
        .where('account_id', '=', accountId)
        .where('known_since', 'is', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('room')
                .select('room.jid')
                .whereRef('room.account_id', '=', 'omemo_contact.account_id')
                .whereRef('room.jid', '=', 'omemo_contact.jid'),
            ),
          ),
        )
        .orderBy('noted_at')
        .execute();
      // Written by `noteEncrypted` alone, which takes prepared JIDs.
      return rows.map(({ jid }) => jid as BareJid);
    },
    async forgetContact(tx: Tx, accountId: AccountId, jid: BareJid): Promise<void> {
      await tx.db
        .deleteFrom('omemo_contact')
        .where('account_id', '=', accountId)
        .where('jid', '=', jid)
        .execute();
    },
  };
}
