import type { AccountId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { KeyPair, NumberedKey, OmemoVersion } from '../gateways/omemo/ratchet-backend.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

/** The own OMEMO device of an account. */
export interface OmemoIdentity {
  deviceId: number;
  keys: KeyPair;
  lastPreKeyId: number;
  /** Unix milliseconds. */
  createdAt: number;
}

export interface SignedPreKey extends NumberedKey {
  signatures: Record<OmemoVersion, Uint8Array>;
  createdAt: number;
}

const place = (table: string, ...names: (string | number)[]) => ({
  table,
  row: names.join('/'),
  column: 'private_key',
});
const IDENTITY = 'omemo_identity';
const SIGNED = 'omemo_signed_prekey';
const ONE_TIME = 'omemo_prekey';

/** The private side of own OMEMO devices: identity, signed prekeys, one-time prekeys. */
export function omemoKeysRepository(store: Store, box: SecretBox) {
  // What each sign-in of each account asks.
  type Of = Slots<{ accountId: AccountId }>;
  const identityRow = prepared((slot: Of) =>
    store.read.selectFrom(IDENTITY).selectAll().where('account_id', '=', slot('accountId')),
  );
  const signedRows = prepared((slot: Of) =>
    store.read
      .selectFrom(SIGNED)
      .selectAll()
      .where('account_id', '=', slot('accountId'))
      .orderBy('id', 'desc'),
  );
  const newestSigned = prepared((slot: Of) =>
    store.read
      .selectFrom(SIGNED)
      .select('created_at')
      .where('account_id', '=', slot('accountId'))
      .orderBy('id', 'desc')
      .limit(1),
  );
  const freeRows = prepared((slot: Slots<{ accountId: AccountId; version: OmemoVersion }>) =>
    store.read
      .selectFrom(ONE_TIME)
      .select(['id', 'public_key'])
      .where('account_id', '=', slot('accountId'))
      .where('version', '=', slot('version'))
      .where('used_at', 'is', null)
      .orderBy('id'),
  );
  const freeCounts = prepared((slot: Of) =>
    store.read
      .selectFrom(ONE_TIME)
      .select((e) => ['version', e.fn.countAll<number>().as('count')])
      .where('account_id', '=', slot('accountId'))
      .where('used_at', 'is', null)
      .groupBy('version'),
  );

  return {
    async identity(accountId: AccountId, tx?: Tx): Promise<OmemoIdentity | undefined> {
      const [row] = identityRow(tx?.db ?? store.read, { accountId });
      if (!row) return undefined;
      // A copy of its own: a small buffer is a part of a large one, and this one stays for as long as the session.
      const privateKey = new Uint8Array(box.openBytes(row.private_key, place(IDENTITY, accountId)));
      return {
        deviceId: row.device_id,
        keys: { publicKey: row.public_key, privateKey },
        lastPreKeyId: row.last_prekey_id,
        createdAt: row.created_at,
      };
    },
    async setIdentity(
      tx: Tx,
      accountId: AccountId,
      { deviceId, keys, createdAt }: { deviceId: number; keys: KeyPair; createdAt: number },
    ): Promise<void> {
      await tx.db
        .insertInto(IDENTITY)
        .values({
          account_id: accountId,
          device_id: deviceId,
          public_key: Buffer.from(keys.publicKey),
          private_key: box.seal(keys.privateKey, place(IDENTITY, accountId)),
          created_at: createdAt,
        })
        .execute();
    },
    async setDeviceId(tx: Tx, accountId: AccountId, deviceId: number): Promise<void> {
      await tx.db
        .updateTable(IDENTITY)
        .set({ device_id: deviceId })
        .where('account_id', '=', accountId)
        .execute();
    },
    /** Gives out `count` numbers that were never used for a prekey; resolves with the first of them. */
    async takeNumbers(tx: Tx, accountId: AccountId, count: number): Promise<number> {
      const { last_prekey_id: last } = await tx.db
        .updateTable(IDENTITY)
        .set((e) => ({ last_prekey_id: e('last_prekey_id', '+', count) }))
        .where('account_id', '=', accountId)
        .returning('last_prekey_id')
        .executeTakeFirstOrThrow();
      return last - count + 1;
    },
    /** Forgets the device with all its keys. */
    async deleteIdentity(tx: Tx, accountId: AccountId): Promise<void> {
      await tx.db.deleteFrom(IDENTITY).where('account_id', '=', accountId).execute();
      await tx.db.deleteFrom(SIGNED).where('account_id', '=', accountId).execute();
      await tx.db.deleteFrom(ONE_TIME).where('account_id', '=', accountId).execute();
    },

    /** Newest first. */
    async signedPreKeys(accountId: AccountId, tx?: Tx): Promise<SignedPreKey[]> {
      const rows = signedRows(tx?.db ?? store.read, { accountId });
      return rows.map((row) => ({
        id: row.id,
        publicKey: row.public_key,
        signatures: { legacy: row.legacy_signature, omemo2: row.omemo2_signature },
        createdAt: row.created_at,
      }));
    },
    /** When the newest one was made; undefined where there is none. */
    async newestSignedAt(accountId: AccountId, tx?: Tx): Promise<number | undefined> {
      return newestSigned(tx?.db ?? store.read, { accountId })[0]?.created_at;
    },
    async signedPreKey(tx: Tx, accountId: AccountId, id: number): Promise<KeyPair | undefined> {
      const row = await tx.db
        .selectFrom(SIGNED)
        .select(['public_key', 'private_key'])
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) return undefined;
      const privateKey = box.openBytes(row.private_key, place(SIGNED, accountId, id));
      return { publicKey: row.public_key, privateKey };
    },
    async addSignedPreKey(
      tx: Tx,
      accountId: AccountId,
      key: Omit<SignedPreKey, 'publicKey'> & { keys: KeyPair },
    ): Promise<void> {
      await tx.db
        .insertInto(SIGNED)
        .values({
          account_id: accountId,
          id: key.id,
          public_key: Buffer.from(key.keys.publicKey),
          private_key: box.seal(key.keys.privateKey, place(SIGNED, accountId, key.id)),
          legacy_signature: Buffer.from(key.signatures.legacy),
          omemo2_signature: Buffer.from(key.signatures.omemo2),
          created_at: key.createdAt,
        })
        .execute();
    },
    /** Forgets those that were replaced before. */
    async forgetSignedPreKeys(tx: Tx, replacedBefore: number): Promise<void> {
      await tx.db
        .deleteFrom(SIGNED)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom(`${SIGNED} as newer`)
              .select('newer.id')
              .whereRef('newer.account_id', '=', `${SIGNED}.account_id`)
              .whereRef('newer.id', '>', `${SIGNED}.id`)
              .where('newer.created_at', '<', replacedBefore),
          ),
        )
        .execute();
    },

    /** Those that nobody has used yet, by number: what a bundle offers. */
    async freePreKeys(accountId: AccountId, version: OmemoVersion, tx?: Tx): Promise<NumberedKey[]> {
      const rows = freeRows(tx?.db ?? store.read, { accountId, version });
      return rows.map((row) => ({ id: row.id, publicKey: row.public_key }));
    },
    /** How many of each version nobody has used yet. */
    async countFreePreKeys(accountId: AccountId, tx?: Tx): Promise<Record<OmemoVersion, number>> {
      const rows = freeCounts(tx?.db ?? store.read, { accountId });
      const counts: Record<OmemoVersion, number> = { legacy: 0, omemo2: 0 };
      for (const { version, count } of rows) counts[version] = count;
      return counts;
    },
    /** Used ones too, while they are kept. */
    async preKey(
      tx: Tx,
      accountId: AccountId,
      version: OmemoVersion,
      id: number,
    ): Promise<KeyPair | undefined> {
      const row = await tx.db
        .selectFrom(ONE_TIME)
        .select(['public_key', 'private_key'])
        .where('account_id', '=', accountId)
        .where('version', '=', version)
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) return undefined;
      const privateKey = box.openBytes(row.private_key, place(ONE_TIME, accountId, version, id));
      return { publicKey: row.public_key, privateKey };
    },
    async addPreKeys(
      tx: Tx,
      accountId: AccountId,
      version: OmemoVersion,
      keys: readonly { id: number; keys: KeyPair }[],
    ): Promise<void> {
      if (keys.length === 0) return;
      await tx.db
        .insertInto(ONE_TIME)
        .values(
          keys.map(({ id, keys: { publicKey, privateKey } }) => ({
            account_id: accountId,
            version,
            id,
            public_key: Buffer.from(publicKey),
            private_key: box.seal(privateKey, place(ONE_TIME, accountId, version, id)),
          })),
        )
        .execute();
    },
    async notePreKeyUsed(
      tx: Tx,
      accountId: AccountId,
      used: { version: OmemoVersion; id: number; at: number },
    ): Promise<void> {
      await tx.db
        .updateTable(ONE_TIME)
        .set({ used_at: used.at })
        .where('account_id', '=', accountId)
        .where('version', '=', used.version)
        .where('id', '=', used.id)
        .where('used_at', 'is', null)
        .execute();
    },
    async forgetUsedPreKeys(tx: Tx, usedBefore: number): Promise<void> {
      await tx.db.deleteFrom(ONE_TIME).where('used_at', '<', usedBefore).execute();
    },
  };
}
export type OmemoKeysRepository = ReturnType<typeof omemoKeysRepository>;
