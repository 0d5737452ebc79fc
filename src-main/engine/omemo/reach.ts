import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Logger } from '../../base/logger.ts';
import { RateLimit } from '../../base/rate-limit.ts';
import { fetchBundle } from '../../gateways/omemo/bundle-node.ts';
import type { ListedDevice } from '../../gateways/omemo/device-list.ts';
import { fetchDeviceLists } from '../../gateways/omemo/device-list-node.ts';
import { OmemoTrouble, type OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import { type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { OmemoPeerRepository, PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Store } from '../../store/open.ts';
import type { Backends } from './backends.ts';
import type { OwnDevices } from './own-device.ts';
import { ownKeys } from './own-keys.ts';
import type { PeerDevices, PublishedLists } from './peer-devices.ts';

interface ReachDeps {
  store: Store;
  own: OwnDevices;
  keys: OmemoKeysRepository;
  peers: OmemoPeerRepository;
  devices: PeerDevices;
  backends: Backends;
  clock: Clock;
  logger: Logger;
  /** The account's session; undefined while it has none. */
  sessionOf: (jid: BareJid) => Session | undefined;
  /** Devices that were not there when somebody's list was read before. */
  onNewDevices: (account: Account, jid: BareJid, devices: readonly PeerDevice[]) => Promise<void>;
}

/** Lists of people whose changes a server does not tell us of are read again after that. */
const LIST_FRESH_MS = 60 * 60 * 1_000;
/** A device without a usable bundle is asked for again after that. */
const BUNDLE_RETRY_MS = 10 * 60 * 1_000;
/** A client that comes online with a new device has just published it, or is about to and then it is announced. */
const JUST_READ_MS = 2_000;
/** Somebody's lists are read again because of unlisted devices: so often at once, then so many a second. */
const MEETINGS = { depth: 5, perSecond: 5 / 60 };

/**
 * Makes it possible to encrypt for somebody: reads their device lists and begins sessions with devices that have none.
 * Everything that needs the network happens here, before a unit; a unit works with what is stored then.
 */
export function reach(deps: ReachDeps) {
  const { store, own, keys, peers, devices, backends, clock, logger, sessionOf, onNewDevices } = deps;
  const queue = new KeyedQueue<string>();
  /** When lists were read or heard of, and bundles were found unusable, monotonic milliseconds. */
  const listsAt = new Map<string, number>();
  const unusableAt = new Map<string, number>();
  const meetings = new RateLimit<string>(() => MEETINGS, clock.monotonic);

  const isRecent = (times: Map<string, number>, name: string, withinMs: number) => {
    const at = times.get(name);
    return at !== undefined && clock.monotonic() - at < withinMs;
  };

  async function noteLists(account: Account, jid: BareJid, lists: PublishedLists): Promise<void> {
    // At each sign-in lists come that were seen before: hundreds of bots need no unit for that.
    if (!(await devices.isNews(account, jid, lists))) return;
    const before = await devices.isKnown(account.id, jid);
    const added = await store.write((tx) => devices.noteLists(tx, account, jid, lists));
    const { deviceId } = (await own.of(account.id)) ?? { deviceId: 0 };
    const others = added.filter((device) => jid !== account.jid || device.deviceId !== deviceId);
    if (before && others.length > 0) await onNewDevices(account, jid, others);
  }

  async function readLists(account: Account, session: Session, jid: BareJid): Promise<void> {
    const lists = await fetchDeviceLists(session, jid);
    await noteLists(account, jid, lists);
    // One that could not be read says nothing, and is asked for again the next time.
    if (OMEMO_VERSIONS.every((version) => lists[version])) {
      listsAt.set(`${account.id}/${jid}`, clock.monotonic());
    }
  }

  /** Begins a session with a device from its bundle as it is now. False when that version of it cannot be used. */
  async function begin(
    account: Account,
    session: Session,
    device: PeerDevice,
    version: OmemoVersion,
    isAnew: boolean,
  ): Promise<boolean> {
    const { jid, deviceId } = device;
    const bundle = await fetchBundle(session, jid, deviceId, version);
    if (!bundle) return false;
    const name = { accountId: account.id, jid, deviceId, version };
    const backend = await backends.of(version);
    return store.write(async (tx) => {
      const known = (await peers.device(name, tx)) ?? device;
      if (known.identityKey && Buffer.compare(known.identityKey, bundle.identityKey) !== 0) {
        logger.warn({ account: account.jid, jid, deviceId }, 'a device has published another identity key');
        return false;
      }
      const earlier = await peers.session(tx, name);
      if (earlier && !isAnew) return true;
      const identity = await own.require(account.id, tx);
      const mine = ownKeys(tx, keys, { accountId: account.id, identity, version });
      const record = await backend.startSession(mine, bundle, earlier);
      await peers.saveSession(tx, name, record, clock.now());
      await peers.saveDevice(tx, account.id, { ...known, identityKey: bundle.identityKey });
      return true;
    });
  }

  /** In the preferred version that works: some clients list a device in a version whose bundle is not there. */
  async function beginWith(account: Account, session: Session, device: PeerDevice): Promise<void> {
    const name = `${account.id}/${device.jid}/${device.deviceId}`;
    if (isRecent(unusableAt, name, BUNDLE_RETRY_MS)) return;
    for (const version of OMEMO_VERSIONS) {
      if (!device.versions.includes(version)) continue;
      try {
        if (await begin(account, session, device, version, false)) return;
      } catch (error) {
        if (!(error instanceof OmemoTrouble || error instanceof StanzaError)) throw error;
        logger.info(
          { err: error, account: account.jid, jid: device.jid, version },
          'a bundle cannot be used',
        );
      }
    }
    unusableAt.set(name, clock.monotonic());
  }

  async function prepareFor(
    account: Account,
    session: Session,
    jid: BareJid,
    freshMs: number,
  ): Promise<void> {
    if (!isRecent(listsAt, `${account.id}/${jid}`, freshMs)) await readLists(account, session, jid);
    const sessions = await peers.sessionsWith(account.id, jid);
    const self = await own.of(account.id);
    const waiting = (await devices.all(account.id, jid)).filter(
      (device) =>
        device.versions.length > 0 &&
        device.trust !== 'distrusted' &&
        !(jid === account.jid && device.deviceId === self?.deviceId) &&
        !sessions.some(
          ({ deviceId, version }) => deviceId === device.deviceId && device.versions.includes(version),
        ),
    );
    await Promise.all(waiting.map((device) => beginWith(account, session, device)));
  }

  async function look(account: Account, jid: BareJid, freshMs = LIST_FRESH_MS): Promise<void> {
    const session = sessionOf(account.jid);
    if (session?.state !== 'online') return;
    await queue.run(`${account.id}/${jid}`, async () => {
      try {
        await prepareFor(account, session, jid, freshMs);
      } catch (error) {
        if (error instanceof SessionLost) return;
        logger.info({ err: error, account: account.jid, jid }, 'devices could not be read');
      }
    });
  }

  return {
    /**
     * Gets ready to encrypt for somebody, as far as the network allows; never fails: whether a message can be encrypted
     * is found out in its unit.
     */
    async prepare(account: Account, jid: BareJid, { freshMs = LIST_FRESH_MS } = {}): Promise<void> {
      // Also without a session: what was received before is decrypted all the same, and a unit must not load anything.
      await backends.ready();
      await look(account, jid, freshMs);
    },
    /** The same while nothing is to be encrypted yet: a ratchet's library is loaded where a session begins. */
    look: (account: Account, jid: BareJid): Promise<void> => look(account, jid),

    /**
     * A device wrote. Of one that no list has named so far nothing could be told and it could not be answered: a server
     * announces the lists of contacts alone, so they are read again.
     */
    async meet(
      account: Account,
      { jid, deviceId, version }: { jid: BareJid; deviceId: number; version: OmemoVersion },
    ): Promise<void> {
      const device = await peers.device({ accountId: account.id, jid, deviceId });
      if (device?.versions.includes(version)) return;
      if (meetings.take(`${account.id}/${jid}`).waitMs > 0) return;
      await this.prepare(account, jid, { freshMs: 0 });
    },
    /** A client came online. It may be a new device whose list was not announced: servers do that late, or not at all. */
    async lookAgain(account: Account, jid: BareJid): Promise<void> {
      if (meetings.take(`${account.id}/${jid}`).waitMs > 0) return;
      await this.prepare(account, jid, { freshMs: JUST_READ_MS });
    },

    /** Begins a new session with a device whose messages cannot be decrypted. False when that does not work. */
    async renew(
      account: Account,
      name: { jid: BareJid; deviceId: number; version: OmemoVersion },
    ): Promise<boolean> {
      const session = sessionOf(account.jid);
      if (session?.state !== 'online') return false;
      const { jid, deviceId, version } = name;
      return queue.run(`${account.id}/${jid}`, async () => {
        try {
          await readLists(account, session, jid);
          const device = (await devices.all(account.id, jid)).find((one) => one.deviceId === deviceId);
          if (!device?.versions.includes(version) || device.trust === 'distrusted') return false;
          return await begin(account, session, device, version, true);
        } catch (error) {
          logger.info({ err: error, account: account.jid, jid, deviceId }, 'no new session could be begun');
          return false;
        }
      });
    },

    /** A list was announced; undefined devices: it is read again when it is needed. */
    async listChanged(
      account: Account,
      jid: BareJid,
      version: OmemoVersion,
      listed: readonly ListedDevice[] | undefined,
    ): Promise<void> {
      const name = `${account.id}/${jid}`;
      // Before the first look at both lists an event is no news: the look decides what was there from the beginning.
      if (!listed || !(await devices.isKnown(account.id, jid))) listsAt.delete(name);
      else await noteLists(account, jid, { [version]: listed });
    },

    /** What is remembered of an account's correspondents in memory is no longer needed. */
    release(account: Account): void {
      for (const times of [listsAt, unusableAt])
        for (const name of times.keys()) if (name.startsWith(`${account.id}/`)) times.delete(name);
    },
  };
}
export type Reach = ReturnType<typeof reach>;
