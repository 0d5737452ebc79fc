import type { AccountId } from '../../src-shared/ids.ts';
import type { Store } from './open.ts';

/** The devices of somebody that an account can encrypt for, and how many of them nobody has approved yet. */
export interface DeviceCount {
  accountId: AccountId;
  jid: string;
  devices: number;
  newDevices: number;
}

/** How many devices there are for each conversation, counted for all at once. */
export function deviceCountRepository(store: Store) {
  return {
    /** Of these accounts with everybody, or with one; without the account's own device. */
    async of(accountIds: readonly AccountId[], jid?: string): Promise<DeviceCount[]> {
      let devices = store.read
        .selectFrom('omemo_device')
        .leftJoin('omemo_identity', 'omemo_identity.account_id', 'omemo_device.account_id')
        .innerJoin('account', 'account.id', 'omemo_device.account_id')
        .where('omemo_device.account_id', 'in', [...accountIds])
        .where('omemo_device.trust', '!=', 'distrusted')
        .where('omemo_device.versions', '!=', '')
        .where((e) =>
          e.or([
            e('omemo_device.jid', '!=', e.ref('account.jid')),
            e('omemo_identity.device_id', 'is', null),
            e('omemo_device.device_id', '!=', e.ref('omemo_identity.device_id')),
          ]),
        );
      if (jid !== undefined) devices = devices.where('omemo_device.jid', '=', jid);
      const rows = await devices
        .select((e) => [
          'omemo_device.account_id',
          'omemo_device.jid',
          e.fn.countAll<number>().as('devices'),
          e.fn
            .sum<number>(e.case().when('omemo_device.trust', '=', 'new').then(1).else(0).end())
            .as('new_devices'),
        ])
        .groupBy(['omemo_device.account_id', 'omemo_device.jid'])
        .execute();
      return rows.map((row) => ({
        accountId: row.account_id as AccountId,
        jid: row.jid,
        devices: row.devices,
        newDevices: row.new_devices,
      }));
    },
  };
}
export type DeviceCountRepository = ReturnType<typeof deviceCountRepository>;
