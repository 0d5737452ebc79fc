import type { SecretBox } from '../base/secret-box.ts';
import type { InboxRow } from './inbox-repository.ts';
import type { DeviceName } from './omemo-sessions.ts';
import type { Tx } from './open.ts';

type WaitingCommand = Omit<InboxRow, 'state' | 'accountId'>;

const place = (id: string) => ({ table: 'waiting_command', row: id, column: 'content' });

/** Commands of devices that nobody has approved yet: they run when somebody does. */
export function waitingCommandRepository(box: SecretBox) {
  const ofDevice = (tx: Tx, { accountId, jid, deviceId }: DeviceName) =>
    tx.db
      .deleteFrom('waiting_command')
      .where('account_id', '=', accountId)
      .where('jid', '=', jid)
      .where('device_id', '=', deviceId);

  return {
    async add(tx: Tx, device: DeviceName, command: WaitingCommand): Promise<void> {
      await tx.db
        .insertInto('waiting_command')
        .values({
          id: command.id,
          account_id: device.accountId,
          jid: device.jid,
          device_id: device.deviceId,
          content: box.seal(command.content, place(command.id)),
          received_at: command.receivedAt,
          sent_at: command.sentAt,
        })
        .execute();
    },
    /** Takes out what waits for a device, oldest first. */
    async take(tx: Tx, device: DeviceName): Promise<WaitingCommand[]> {
      const rows = await ofDevice(tx, device).returningAll().execute();
      return rows
        .sort((a, b) => a.received_at - b.received_at)
        .map((row) => ({
          id: row.id,
          content: box.open(row.content, place(row.id)),
          receivedAt: row.received_at,
          sentAt: row.sent_at,
        }));
    },
    /** The devices that something waits for. */
    async devices(tx: Tx, accountId: DeviceName['accountId']): Promise<Omit<DeviceName, 'accountId'>[]> {
      const rows = await tx.db
        .selectFrom('waiting_command')
        .select(['jid', 'device_id'])
        .distinct()
        .where('account_id', '=', accountId)
        .execute();
      // Written by `add` alone, which takes prepared JIDs.
      return rows.map((row) => ({ jid: row.jid as DeviceName['jid'], deviceId: row.device_id }));
    },
    async forgetBefore(tx: Tx, receivedAt: number): Promise<void> {
      await tx.db.deleteFrom('waiting_command').where('received_at', '<', receivedAt).execute();
    },
  };
}
export type WaitingCommandRepository = ReturnType<typeof waitingCommandRepository>;
