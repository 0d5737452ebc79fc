import type { Clock } from '../../base/clock.ts';
import type { Session } from '../xmpp/session.ts';
import { deleteBundle } from './bundle-node.ts';
import { ownDeviceList } from './own-device-list.ts';
import { OMEMO_VERSIONS } from './wire-names.ts';

/** Takes a device of the own account off both lists, and its bundles away. It is no failure that they are not there. */
export async function takeOffDevice(
  session: Pick<Session, 'jid' | 'request'>,
  deviceId: number,
  clock: Pick<Clock, 'monotonic'>,
): Promise<void> {
  for (const version of OMEMO_VERSIONS) {
    await ownDeviceList({ session, clock, version, device: { id: deviceId } }).remove();
    await deleteBundle(session, { version, deviceId });
  }
}
