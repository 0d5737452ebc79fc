import type { AccountId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import { SealBroken, type SecretBox } from '../base/secret-box.ts';
import type { OmemoVersion, SessionRecord } from '../gateways/omemo/ratchet-backend.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

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

/** No record: nothing can be read from it. */
const DAMAGED: SessionRecord = new Uint8Array();

/** The ratchets with the devices of an account's correspondents. */
export function omemoSessions(store: Store, box: SecretBox) {
  const sessionRows = prepared((slot: Slots<{ accountId: AccountId; jid: BareJid }>) =>
    store.read
      .selectFrom('omemo_session')
      .select(['device_id', 'version'])
      .where('account_id', '=', slot('accountId'))
      .where('jid', '=', slot('jid')),
  );

  return {
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
