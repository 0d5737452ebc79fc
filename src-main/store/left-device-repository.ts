import type { BareJid } from '../../src-shared/jid.ts';
import type { Store, Tx } from './open.ts';

/** OMEMO devices of accounts that were given up here, and may still be on the lists of devices there. */
export function leftDeviceRepository(store: Store, tenantId: string) {
  return {
    async add(tx: Tx, jid: BareJid, deviceId: number, at: number): Promise<void> {
      await tx.db
        .insertInto('omemo_left_device')
        .values({ tenant_id: tenantId, jid, device_id: deviceId, left_at: at })
        .onConflict((c) => c.doNothing())
        .execute();
    },
    async of(jid: BareJid): Promise<number[]> {
      const rows = await store.read
        .selectFrom('omemo_left_device')
        .select('device_id')
        .where('tenant_id', '=', tenantId)
        .where('jid', '=', jid)
        .orderBy('device_id')
        .execute();
      return rows.map((row) => row.device_id);
    },
    async delete(tx: Tx, jid: BareJid, deviceId: number): Promise<void> {
      await tx.db
        .deleteFrom('omemo_left_device')
        .where('tenant_id', '=', tenantId)
        .where('jid', '=', jid)
        .where('device_id', '=', deviceId)
        .execute();
    },
  };
}
export type LeftDeviceRepository = ReturnType<typeof leftDeviceRepository>;
