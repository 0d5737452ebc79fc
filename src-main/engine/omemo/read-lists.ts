import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { ListedDevice } from '../../gateways/omemo/device-list.ts';
import { fetchDeviceLists } from '../../gateways/omemo/device-list-node.ts';
import type { OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Store } from '../../store/open.ts';
import type { OwnDevices } from './own-device.ts';
import type { PeerDevices, PublishedLists } from './peer-devices.ts';

interface ReadListsDeps {
  store: Store;
  own: OwnDevices;
  devices: PeerDevices;
  clock: Clock;
  /** Devices that were not there when somebody's list was read before. */
  onNewDevices: (account: Account, jid: BareJid, devices: readonly PeerDevice[]) => Promise<void>;
}

/** How long lists are taken for true; those of somebody who has no device for less, unless it is one of many in a room. */
export interface Freshness {
  freshMs: number;
  emptyFreshMs: number;
}

/** What was read so long ago at most is not asked for again, unless something happened since. */
export const JUST_READ_MS = 2_000;
/** A server that took longer to fail is not asked again for a while: everybody would have to wait for it. */
const SLOW_MS = 3_000;
export const SLOW_RETRY_MS = 60_000;

/** Takes over what people publish of their devices, and remembers how old that knowledge is. */
export function readLists({ store, own, devices, clock, onNewDevices }: ReadListsDeps) {
  /** When lists were read or heard of, or could not be read for long, monotonic milliseconds. */
  const readAt = new Map<string, number>();
  const failedAt = new Map<string, number>();
  const nameOf = (account: Account, jid: BareJid) => `${account.id}/${jid}`;

  const isRecent = (times: Map<string, number>, name: string, withinMs: number) => {
    const at = times.get(name);
    return at !== undefined && clock.monotonic() - at < withinMs;
  };

  async function note(account: Account, jid: BareJid, lists: PublishedLists): Promise<void> {
    // At each sign-in lists come that were seen before: hundreds of bots need no unit for that.
    if (!(await devices.isNews(account, jid, lists))) return;
    const before = await devices.isKnown(account.id, jid);
    const added = await store.write((tx) => devices.noteLists(tx, account, jid, lists));
    const { deviceId } = (await own.of(account.id)) ?? { deviceId: 0 };
    const others = added.filter((device) => jid !== account.jid || device.deviceId !== deviceId);
    if (before && others.length > 0) await onNewDevices(account, jid, others);
  }

  return {
    /** Whether somebody's lists have to be read: what is known is older than that, and reading is not known to be slow. */
    async isDue(account: Account, jid: BareJid, { freshMs, emptyFreshMs }: Freshness): Promise<boolean> {
      const name = nameOf(account, jid);
      const isListed = (await devices.all(account.id, jid)).some(({ versions }) => versions.length > 0);
      // Who had no device may have one any moment: nothing can be sent before that is known.
      const stillFreshMs = isListed ? freshMs : Math.min(freshMs, emptyFreshMs);
      return !isRecent(readAt, name, stillFreshMs) && !isRecent(failedAt, name, SLOW_RETRY_MS);
    },

    /** Reads both lists of somebody. Fails where neither can be had. */
    async read(account: Account, session: Session, jid: BareJid): Promise<void> {
      const name = nameOf(account, jid);
      const startedAt = clock.monotonic();
      const lists = await fetchDeviceLists(session, jid).catch((error: unknown) => {
        if (clock.monotonic() - startedAt > SLOW_MS) failedAt.set(name, clock.monotonic());
        throw error;
      });
      await note(account, jid, lists);
      // One that could not be read says nothing, and is asked for again the next time, if that is not slow.
      if (OMEMO_VERSIONS.every((version) => lists[version])) readAt.set(name, clock.monotonic());
      else if (clock.monotonic() - startedAt > SLOW_MS) failedAt.set(name, clock.monotonic());
    },

    /** A list was announced; undefined devices: it is read again when it is needed. */
    async changed(
      account: Account,
      jid: BareJid,
      version: OmemoVersion,
      listed: readonly ListedDevice[] | undefined,
    ): Promise<void> {
      const name = nameOf(account, jid);
      failedAt.delete(name);
      // Before the first look at both lists an event is no news: the look decides what was there from the beginning.
      if (!listed || !(await devices.isKnown(account.id, jid))) readAt.delete(name);
      else await note(account, jid, { [version]: listed });
    },

    /** What is remembered of an account's correspondents in memory is no longer needed. */
    release(account: Account): void {
      for (const times of [readAt, failedAt])
        for (const name of times.keys()) if (name.startsWith(`${account.id}/`)) times.delete(name);
    },
  };
}
