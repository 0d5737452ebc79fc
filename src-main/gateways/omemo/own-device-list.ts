import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Session } from '../xmpp/session.ts';
import type { ListedDevice } from './device-list.ts';
import { fetchOwnDeviceList, publishDeviceList } from './device-list-node.ts';
import { OmemoTrouble, type OmemoVersion } from './ratchet-backend.ts';

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

/** The list with the device and nothing else; undefined where it is so already. */
export function onlyDevice(
  list: readonly ListedDevice[] | undefined,
  device: ListedDevice,
): ListedDevice[] | undefined {
  return list?.length === 1 && !withDevice(list, device) ? undefined : [device];
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
 *
 * `takenOff` is for an account that has no other client: then everybody else falls off the list, one that cannot be read
 * is replaced, and it is called with who was on it before.
 */
export function ownDeviceList({
  session,
  clock,
  version,
  device,
  takenOff,
}: {
  session: Pick<Session, 'jid' | 'request'>;
  clock: Pick<Clock, 'monotonic'>;
  version: OmemoVersion;
  device: ListedDevice;
  takenOff?: (deviceIds: number[]) => Promise<void>;
}) {
  const queue = new KeyedQueue<BareJid>();
  const owner = session.jid;
  // Legacy has no labels to compare.
  const entry = version === 'legacy' ? { id: device.id } : device;
  /** Between `add` and `remove`: only then it is put back. */
  let isWanted = false;
  let reAddedMs: number[] = [];
  /** The list as it was announced last in this session, until it was used: as new as one that is read. */
  let announced: readonly ListedDevice[] | undefined;
  let announcement = Promise.withResolvers<void>();

  async function write(change: (list: ListedDevice[] | undefined) => ListedDevice[] | undefined) {
    const next = change(await fetchOwnDeviceList(session, version));
    if (next) await publishDeviceList(session, version, next);
    return next !== undefined;
  }

  /** What is to be written in place of a list; undefined where nothing is. */
  const change = (list: readonly ListedDevice[] | undefined) =>
    takenOff ? onlyDevice(list, entry) : withDevice(list, entry);

  /** Puts the device on the list as it is now. False where it is there, and alone if it has to be. */
  async function put(): Promise<boolean> {
    if (!takenOff) return write(change);
    const list = await fetchOwnDeviceList(session, version).catch((error: unknown) => {
      if (error instanceof OmemoTrouble) return undefined;
      throw error;
    });
    const next = change(list);
    if (!next) return false;
    await publishDeviceList(session, version, next);
    const others = list?.filter(({ id }) => id !== device.id).map(({ id }) => id) ?? [];
    if (others.length > 0) await takenOff(others);
    return true;
  }

  const isAsWanted = (devices: readonly ListedDevice[] | undefined): boolean =>
    devices?.some(({ id }) => id === device.id) === true && (!takenOff || devices.length === 1);

  return {
    /**
     * Puts the device on the list, unless it is there. Its bundle must be published before. A list that was just
     * announced is not read once more, if nothing is to be written.
     */
    add: (): Promise<Listing> =>
      queue.run(owner, async (): Promise<Listing> => {
        isWanted = true;
        const seen = announced;
        announced = undefined;
        if (seen && !change(seen)) return 'unchanged';
        return (await put()) ? 'listed' : 'unchanged';
      }),

    /** Takes the device off the list; it is not put back. */
    remove: (): Promise<void> =>
      queue.run(owner, async () => {
        isWanted = false;
        await write((list) => withoutDevice(list, device.id));
      }),

    /**
     * Tells of a new list of the own account; undefined where it is to be fetched. Puts the device back where it is
     * missing, or no longer alone where it has to be, at most three times in ten minutes; then it is 'given up' until some time has passed.
     */
    changed(devices: readonly ListedDevice[] | undefined): Promise<Listing> {
      announced = devices;
      announcement.resolve();
      return queue.run(owner, async (): Promise<Listing> => {
        if (!isWanted || isAsWanted(devices)) return 'unchanged';
        const { recent, isAllowed } = reAddsLeft(reAddedMs, clock.monotonic());
        reAddedMs = recent;
        if (!isAllowed) return 'given up';
        // The event may be old by now, so the list is read again.
        if (!(await put())) return 'unchanged';
        reAddedMs.push(clock.monotonic());
        return 'listed';
      });
    },

    /** Another session has begun: what was announced in the one before may have changed since. */
    sessionBegan(): void {
      announced = undefined;
      announcement.resolve();
      announcement = Promise.withResolvers();
    },
    /** Settles when the list is announced in this session. */
    get announcement(): Promise<void> {
      return announcement.promise;
    },
  };
}
export type OwnDeviceList = ReturnType<typeof ownDeviceList>;
