import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Session } from '../xmpp/session.ts';
import { ensureNode } from '../xmpp/xep-0060-pubsub.ts';
import type { ListedDevice } from './device-list.ts';
import { fetchOwnDeviceList, LIST_OPTIONS, publishDeviceList } from './device-list-node.ts';
import type { OmemoVersion } from './ratchet-backend.ts';
import { DEVICES_NODE } from './wire-names.ts';

/** So often a device puts itself back: another client that removes it again and again is not to be fought for ever. */
export const RE_ADDS = { count: 3, withinMs: 10 * 60_000 };

/** The list with the device on it; undefined where nothing is to be written. An own label that changed is written. */
export function withDevice(
  list: readonly ListedDevice[] | undefined,
  device: ListedDevice,
): ListedDevice[] | undefined {
  const devices = list ?? [];
  const listed = devices.find(({ id }) => id === device.id);
  if (!listed) return [...devices, device];
  if (listed.label === device.label) return undefined;
  return devices.map((one) => (one.id === device.id ? device : one));
}

/** The list without the device; undefined where nothing is to be written. */
export function withoutDevice(
  list: readonly ListedDevice[] | undefined,
  deviceId: number,
): ListedDevice[] | undefined {
  return list?.some(({ id }) => id === deviceId) ? list.filter(({ id }) => id !== deviceId) : undefined;
}

/** The times that still count, and whether a device may put itself back now. */
export function reAddsLeft(
  timesMs: readonly number[],
  nowMs: number,
): { recent: number[]; isAllowed: boolean } {
  const recent = timesMs.filter((atMs) => nowMs - atMs < RE_ADDS.withinMs);
  return { recent, isAllowed: recent.length < RE_ADDS.count };
}

/** What became of an attempt to be on the list. */
export type Listing = 'listed' | 'unchanged' | 'given up';

/**
 * Keeps one device on its account's list of one version. The list is read before it is written, and written only where
 * it was read or the server says that there is none: other devices must not fall off it. A call that fails has
 * published nothing.
 */
export function ownDeviceList({
  session,
  clock,
  version,
  device,
}: {
  session: Pick<Session, 'jid' | 'request'>;
  clock: Pick<Clock, 'monotonic'>;
  version: OmemoVersion;
  device: ListedDevice;
}) {
  const queue = new KeyedQueue<BareJid>();
  const owner = session.jid;
  // Legacy has no labels to compare.
  const entry = version === 'legacy' ? { id: device.id } : device;
  /** Between `add` and `remove`: only then it is put back. */
  let isWanted = false;
  let reAddedMs: number[] = [];

  async function write(change: (list: ListedDevice[] | undefined) => ListedDevice[] | undefined) {
    const next = change(await fetchOwnDeviceList(session, version));
    if (next) await publishDeviceList(session, version, next);
    return next !== undefined;
  }

  return {
    /** Puts the device on the list, unless it is there. Its bundle must be published before. */
    add: (): Promise<Listing> =>
      queue.run(owner, async (): Promise<Listing> => {
        isWanted = true;
        return (await write((list) => withDevice(list, entry))) ? 'listed' : 'unchanged';
      }),

    /** Takes the device off the list; it is not put back. */
    remove: (): Promise<void> =>
      queue.run(owner, async () => {
        isWanted = false;
        await write((list) => withoutDevice(list, device.id));
      }),

    /**
     * Tells of a new list of the own account; undefined where it is to be fetched. Puts the device back where it is
     * missing, at most three times in ten minutes; then it is 'given up' until some time has passed.
     */
    changed: (devices: readonly ListedDevice[] | undefined): Promise<Listing> =>
      queue.run(owner, async (): Promise<Listing> => {
        if (!isWanted || devices?.some(({ id }) => id === device.id)) return 'unchanged';
        const { recent, isAllowed } = reAddsLeft(reAddedMs, clock.monotonic());
        reAddedMs = recent;
        if (!isAllowed) return 'given up';
        // The event may be old by now, so the list is read again.
        if (!(await write((list) => withDevice(list, entry)))) return 'unchanged';
        reAddedMs.push(clock.monotonic());
        return 'listed';
      }),

    /** Lets everybody read a list that another client has made. No event comes of it. */
    open: (): Promise<void> =>
      queue.run(owner, () => ensureNode(session, { node: DEVICES_NODE[version], options: LIST_OPTIONS })),
  };
}
export type OwnDeviceList = ReturnType<typeof ownDeviceList>;
