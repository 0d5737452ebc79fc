import type { Selectable } from 'kysely';
import type { AccountId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import { SealBroken, type SecretBox } from '../base/secret-box.ts';
import type { OmemoVersion, SessionRecord } from '../gateways/omemo/ratchet-backend.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';
import type { OmemoDeviceTable } from './schema-omemo.ts';

export type Trust = OmemoDeviceTable['trust'];

/** A device of somebody else, or another one of the account itself. */
export interface PeerDevice {
  jid: BareJid;
  deviceId: number;
  /** X25519; undefined until it was seen. */
  identityKey: Uint8Array | undefined;
  trust: Trust;
  /** In which versions of OMEMO it is on the device list; none: it is gone from there. */
  versions: readonly OmemoVersion[];
  label: string | undefined;
  firstSeen: number;
  lastSeen: number | undefined;
  repairedAt: number | undefined;
  repairs: number;
  /** Another key than `identityKey` that it has shown since, which nobody has approved. */
  otherKey: Uint8Array | undefined;
  /** When somebody decided about it; undefined: its trust came by itself. */
  decidedAt: number | undefined;
}

/** Names a device of one account's correspondents. */
export interface DeviceName {
  accountId: AccountId;
  jid: BareJid;
  deviceId: number;
}
export interface SessionName extends DeviceName {
  version: OmemoVersion;
}

const recordPlace = ({ accountId, jid, deviceId, version }: SessionName) => ({
  table: 'omemo_session',
  row: `${accountId}/${jid}/${deviceId}/${version}`,
  column: 'record',
});

function toDevice(row: Selectable<OmemoDeviceTable>): PeerDevice {
  return {
    // Written by `saveDevice` alone, which takes prepared JIDs and known versions.
    jid: row.jid as BareJid,
    deviceId: row.device_id,
    identityKey: row.identity_key ?? undefined,
    trust: row.trust,
    versions: row.versions.split(',').filter(Boolean) as OmemoVersion[],
    label: row.label ?? undefined,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen ?? undefined,
    repairedAt: row.repaired_at ?? undefined,
    repairs: row.repairs,
    otherKey: row.other_key ?? undefined,
    decidedAt: row.decided_at ?? undefined,
  };
}

/** No record: nothing can be read from it. */
const DAMAGED: SessionRecord = new Uint8Array();

/** What accounts know of the OMEMO devices they talk to, and the ratchets with them. */
export function omemoPeerRepository(store: Store, box: SecretBox) {
  const devices = (accountId: AccountId, jid: BareJid, db: Tx['db'] = store.read) =>
    db.selectFrom('omemo_device').selectAll().where('account_id', '=', accountId).where('jid', '=', jid);
  // What each sign-in of each account asks.
  type Name = Slots<{ accountId: AccountId; jid: BareJid }>;
  const deviceRows = prepared((slot: Name) => devices(slot('accountId'), slot('jid')).orderBy('device_id'));
  const contactRow = prepared((slot: Name) =>
    store.read
      .selectFrom('omemo_contact')
      .selectAll()
      .where('account_id', '=', slot('accountId'))
      .where('jid', '=', slot('jid')),
  );
  const sessionRows = prepared((slot: Name) =>
    store.read
      .selectFrom('omemo_session')
      .select(['device_id', 'version'])
      .where('account_id', '=', slot('accountId'))
      .where('jid', '=', slot('jid')),
  );
  const contact = async (accountId: AccountId, jid: BareJid, db: Tx['db'] = store.read) =>
    contactRow(db, { accountId, jid })[0];

  return {
    /** By number. */
    async devicesOf(accountId: AccountId, jid: BareJid, tx?: Tx): Promise<PeerDevice[]> {
      return deviceRows(tx?.db ?? store.read, { accountId, jid }).map(toDevice);
    },
    async allDevices(accountId: AccountId, tx?: Tx): Promise<PeerDevice[]> {
      const rows = await (tx?.db ?? store.read)
        .selectFrom('omemo_device')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('jid')
        .orderBy('device_id')
        .execute();
      return rows.map(toDevice);
    },
    async device({ accountId, jid, deviceId }: DeviceName, tx?: Tx): Promise<PeerDevice | undefined> {
      const row = await devices(accountId, jid, tx?.db).where('device_id', '=', deviceId).executeTakeFirst();
      return row && toDevice(row);
    },
    async saveDevice(tx: Tx, accountId: AccountId, device: PeerDevice): Promise<void> {
      const values = {
        identity_key: device.identityKey ? Buffer.from(device.identityKey) : null,
        trust: device.trust,
        versions: device.versions.join(','),
        label: device.label ?? null,
        first_seen: device.firstSeen,
        last_seen: device.lastSeen ?? null,
        repaired_at: device.repairedAt ?? null,
        repairs: device.repairs,
        other_key: device.otherKey ? Buffer.from(device.otherKey) : null,
        decided_at: device.decidedAt ?? null,
      };
      await tx.db
        .insertInto('omemo_device')
        .values({ account_id: accountId, jid: device.jid, device_id: device.deviceId, ...values })
        .onConflict((c) => c.columns(['account_id', 'jid', 'device_id']).doUpdateSet(values))
        .execute();
    },
    /** Forgets the devices that were longest not seen, beyond so many; none that is listed, or that somebody decided about. */
    async forgetOldest(tx: Tx, accountId: AccountId, jid: BareJid, kept: number): Promise<void> {
      const all = (await devices(accountId, jid, tx.db).execute()).map(toDevice);
      const seenAt = ({ lastSeen, firstSeen }: PeerDevice) => lastSeen ?? firstSeen;
      const oldest = all
        .filter(({ versions, decidedAt }) => versions.length === 0 && decidedAt === undefined)
        .sort((one, other) => seenAt(one) - seenAt(other))
        .slice(0, Math.max(0, all.length - kept));
      for (const { deviceId } of oldest) {
        await this.forgetSessions(tx, accountId, { jid, deviceId });
        await tx.db
          .deleteFrom('omemo_device')
          .where('account_id', '=', accountId)
          .where('jid', '=', jid)
          .where('device_id', '=', deviceId)
          .execute();
      }
    },
    /** New devices on somebody's lists that nobody was told of yet. */
    async untold(accountId: AccountId, jid: BareJid, tx?: Tx): Promise<PeerDevice[]> {
      const rows = await devices(accountId, jid, tx?.db)
        .where('trust', '=', 'new')
        .where('versions', '!=', '')
        .where('told_at', 'is', null)
        .orderBy('device_id')
        .execute();
      return rows.map(toDevice);
    },
    async noteTold(tx: Tx, accountId: AccountId, jid: BareJid, deviceIds: readonly number[], at: number) {
      await tx.db
        .updateTable('omemo_device')
        .set({ told_at: at })
        .where('account_id', '=', accountId)
        .where('jid', '=', jid)
        .where('device_id', 'in', deviceIds)
        .execute();
    },

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

    async session(tx: Tx, name: SessionName): Promise<SessionRecord | undefined> {
      const row = await tx.db
        .selectFrom('omemo_session')
        .select('record')
        .where('account_id', '=', name.accountId)
        .where('jid', '=', name.jid)
        .where('device_id', '=', name.deviceId)
        .where('version', '=', name.version)
        .executeTakeFirst();
      if (!row) return undefined;
      try {
        return box.openBytes(row.record, recordPlace(name));
      } catch (error) {
        // One that is damaged is none to any backend, and a new session takes its place.
        if (error instanceof SealBroken) return DAMAGED;
        throw error;
      }
    },
    /** The devices of somebody that there is a session with, in which version. */
    async sessionsWith(
      accountId: AccountId,
      jid: BareJid,
      tx?: Tx,
    ): Promise<{ deviceId: number; version: OmemoVersion }[]> {
      const rows = sessionRows(tx?.db ?? store.read, { accountId, jid });
      return rows.map((row) => ({ deviceId: row.device_id, version: row.version }));
    },
    async saveSession(tx: Tx, name: SessionName, record: SessionRecord, at: number): Promise<void> {
      const values = { record: box.seal(record, recordPlace(name)), updated_at: at };
      await tx.db
        .insertInto('omemo_session')
        .values({
          account_id: name.accountId,
          jid: name.jid,
          device_id: name.deviceId,
          version: name.version,
          ...values,
        })
        .onConflict((c) => c.columns(['account_id', 'jid', 'device_id', 'version']).doUpdateSet(values))
        .execute();
    },
    /** One session, if it still is what it was. */
    async forgetSession(tx: Tx, name: SessionName, record: SessionRecord): Promise<void> {
      const now = await this.session(tx, name);
      if (!now || Buffer.compare(now, record) !== 0) return;
      await tx.db
        .deleteFrom('omemo_session')
        .where('account_id', '=', name.accountId)
        .where('jid', '=', name.jid)
        .where('device_id', '=', name.deviceId)
        .where('version', '=', name.version)
        .execute();
    },
    /** Sessions that were not used since then, with devices that are on no list. */
    async forgetUnlistedSessions(tx: Tx, usedBefore: number): Promise<void> {
      await tx.db
        .deleteFrom('omemo_session')
        .where('updated_at', '<', usedBefore)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('omemo_device as device')
                .select('device.device_id')
                .whereRef('device.account_id', '=', 'omemo_session.account_id')
                .whereRef('device.jid', '=', 'omemo_session.jid')
                .whereRef('device.device_id', '=', 'omemo_session.device_id')
                .where('device.versions', '!=', ''),
            ),
          ),
        )
        .execute();
    },
    async forgetSessions(
      tx: Tx,
      accountId: AccountId,
      of?: { jid: BareJid; deviceId: number },
    ): Promise<void> {
      let query = tx.db.deleteFrom('omemo_session').where('account_id', '=', accountId);
      if (of) query = query.where('jid', '=', of.jid).where('device_id', '=', of.deviceId);
      await query.execute();
    },
  };
}
export type OmemoPeerRepository = ReturnType<typeof omemoPeerRepository>;
