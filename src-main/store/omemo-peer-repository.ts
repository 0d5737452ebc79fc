import type { Selectable } from 'kysely';
import type { AccountId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { OmemoVersion } from '../gateways/omemo/ratchet-backend.ts';
import { omemoContacts } from './omemo-contacts.ts';
import { type DeviceName, omemoSessions } from './omemo-sessions.ts';
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

/** What accounts know of the OMEMO devices they talk to, and the ratchets with them. */
export function omemoPeerRepository(store: Store, box: SecretBox) {
  const devices = (accountId: AccountId, jid: BareJid, db: Tx['db'] = store.read) =>
    db.selectFrom('omemo_device').selectAll().where('account_id', '=', accountId).where('jid', '=', jid);
  // What each sign-in of each account asks.
  type Name = Slots<{ accountId: AccountId; jid: BareJid }>;
  const deviceRows = prepared((slot: Name) => devices(slot('accountId'), slot('jid')).orderBy('device_id'));
  const sessions = omemoSessions(store, box);

  return {
    ...sessions,
    ...omemoContacts(store),
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
        await sessions.forgetSessions(tx, accountId, { jid, deviceId });
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
  };
}
export type OmemoPeerRepository = ReturnType<typeof omemoPeerRepository>;
