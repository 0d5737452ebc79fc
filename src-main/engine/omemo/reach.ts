import type { BareJid } from '../../../src-shared/jid.ts';
import { atMost } from '../../base/at-most.ts';
import type { Clock } from '../../base/clock.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Logger } from '../../base/logger.ts';
import { RateLimit } from '../../base/rate-limit.ts';
import { fetchBundle } from '../../gateways/omemo/bundle-node.ts';
import type { ListedDevice } from '../../gateways/omemo/device-list.ts';
import { fetchDeviceLists } from '../../gateways/omemo/device-list-node.ts';
import { OmemoTrouble, type OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import { RequestTimeout, type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { OmemoPeerRepository, PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Store } from '../../store/open.ts';
import type { Acquaintances } from './acquaintances.ts';
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
  acquaintances: Acquaintances;
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
/** A server that took longer to fail is not asked again for a while: everybody would have to wait for it. */
const SLOW_MS = 3_000;
const SLOW_RETRY_MS = 60_000;
/** Where somebody can be written to already, news of their other devices is not waited for any longer. */
const PATIENCE_MS = 5_000;
/** Somebody's lists are read again because of unlisted devices: so often at once, then so many a second. */
const MEETINGS = { depth: 5, perSecond: 5 / 60 };

/**
 * Makes it possible to encrypt for somebody: reads their device lists and begins sessions with devices that have none.
 * Everything that needs the network happens here, before a unit; a unit works with what is stored then.
 */
export function reach(deps: ReachDeps) {
  const {
    store,
    own,
    keys,
    peers,
    devices,
    acquaintances,
    backends,
    clock,
    logger,
    sessionOf,
    onNewDevices,
  } = deps;
  const queue = new KeyedQueue<string>();
  /** When lists were read or heard of, or could not be read for long, monotonic milliseconds. */
  const listsAt = new Map<string, number>();
  const listsFailedAt = new Map<string, number>();
  /** Until when a device's bundles are not asked for, monotonic milliseconds. */
  const unusableUntil = new Map<string, number>();
  /** Looks that are under way, by whom they are for: who needs the same waits for the same. */
  const looks = new Map<string, Promise<void>>();
  const meetings = new RateLimit<string>(() => MEETINGS, clock.monotonic);

  const isRecent = (times: Map<string, number>, name: string, withinMs: number) => {
    const at = times.get(name);
    return at !== undefined && clock.monotonic() - at < withinMs;
  };

  /** Something is new about somebody: what did not work before may work now. */
  function forgetFailures(prefix: string): void {
    for (const name of unusableUntil.keys()) if (name.startsWith(prefix)) unusableUntil.delete(name);
  }

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
    const name = `${account.id}/${jid}`;
    const startedAt = clock.monotonic();
    const lists = await fetchDeviceLists(session, jid).catch((error: unknown) => {
      if (clock.monotonic() - startedAt > SLOW_MS) listsFailedAt.set(name, clock.monotonic());
      throw error;
    });
    await noteLists(account, jid, lists);
    // One that could not be read says nothing, and is asked for again the next time, if that is not slow.
    if (OMEMO_VERSIONS.every((version) => lists[version])) listsAt.set(name, clock.monotonic());
    else if (clock.monotonic() - startedAt > SLOW_MS) listsFailedAt.set(name, clock.monotonic());
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
        await peers.saveDevice(tx, account.id, { ...known, otherKey: bundle.identityKey });
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
    if ((unusableUntil.get(name) ?? Number.NEGATIVE_INFINITY) > clock.monotonic()) return;
    let retryMs = SLOW_RETRY_MS;
    for (const version of OMEMO_VERSIONS) {
      if (!device.versions.includes(version)) continue;
      try {
        if (await begin(account, session, device, version, false)) return;
        retryMs = BUNDLE_RETRY_MS;
      } catch (error) {
        if (error instanceof OmemoTrouble) retryMs = BUNDLE_RETRY_MS;
        else if (!(error instanceof StanzaError || error instanceof RequestTimeout)) throw error;
        logger.info(
          { err: error, account: account.jid, jid: device.jid, version },
          'a bundle cannot be used',
        );
      }
    }
    unusableUntil.set(name, clock.monotonic() + retryMs);
  }

  async function prepareFor(
    account: Account,
    session: Session,
    jid: BareJid,
    freshMs: number,
  ): Promise<void> {
    const name = `${account.id}/${jid}`;
    const isListed = (await devices.all(account.id, jid)).some(({ versions }) => versions.length > 0);
    // Who had no device may have one any moment: nothing can be sent before that is known.
    const stillFreshMs = isListed ? freshMs : Math.min(freshMs, JUST_READ_MS);
    if (!isRecent(listsAt, name, stillFreshMs) && !isRecent(listsFailedAt, name, SLOW_RETRY_MS)) {
      try {
        await readLists(account, session, jid);
      } catch (error) {
        if (error instanceof SessionLost) throw error;
        // What is known from before serves as well.
        logger.info({ err: error, account: account.jid, jid }, 'device lists could not be read');
      }
    }
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

  /** One look at somebody. Never fails. */
  function lookOnce(account: Account, session: Session, jid: BareJid, freshMs: number): Promise<void> {
    const name = `${account.id}/${jid}`;
    const underWay = looks.get(name);
    if (underWay && freshMs === LIST_FRESH_MS) return underWay;
    const done = queue
      .run(name, () => prepareFor(account, session, jid, freshMs))
      .catch((error: unknown) => {
        if (error instanceof SessionLost) return;
        logger.info({ err: error, account: account.jid, jid }, 'devices could not be read');
      })
      .finally(() => {
        if (looks.get(name) === done) looks.delete(name);
      });
    looks.set(name, done);
    return done;
  }

  /** Whether there is a device that could be written to as it is. */
  async function isReachable(account: Account, jid: BareJid): Promise<boolean> {
    const sessions = await peers.sessionsWith(account.id, jid);
    if (sessions.length === 0) return false;
    return (await devices.all(account.id, jid)).some(
      (device) =>
        device.trust !== 'distrusted' &&
        sessions.some(
          ({ deviceId, version }) => deviceId === device.deviceId && device.versions.includes(version),
        ),
    );
  }

  /** The same, for no longer than anybody should have to wait. */
  async function look(account: Account, jid: BareJid, freshMs = LIST_FRESH_MS): Promise<void> {
    const session = sessionOf(account.jid);
    if (session?.state !== 'online') return;
    const looking = lookOnce(account, session, jid, freshMs);
    if (await isReachable(account, jid)) await atMost(clock, PATIENCE_MS, looking);
    else await looking;
  }

  return {
    /**
     * Gets ready to encrypt for somebody, as far as the network allows; never fails: whether a message can be encrypted
     * is found out in its unit.
     */
    async prepare(account: Account, jid: BareJid, { freshMs = LIST_FRESH_MS } = {}): Promise<void> {
      try {
        // Also without a session: what was received before is decrypted all the same, and a unit must not load anything.
        await backends.ready();
      } catch (error) {
        logger.error({ err: error, account: account.jid }, 'nothing can be encrypted');
        return;
      }
      await look(account, jid, freshMs);
    },

    /** A device is there and speaks: what did not work with it before may work now. */
    heard(account: Account, { jid, deviceId }: { jid: BareJid; deviceId: number }): void {
      unusableUntil.delete(`${account.id}/${jid}/${deviceId}`);
    },
    /** The same while nothing is to be encrypted yet: a ratchet's library is loaded where a session begins. */
    look: (account: Account, jid: BareJid): Promise<void> => look(account, jid),

    /**
     * A device wrote. Of one that no list has named so far nothing could be told and it could not be answered: a server
     * announces the lists of contacts alone, so they are read again. Those of a stranger are not: what could be made up
     * to write to us costs nothing.
     */
    async meet(
      account: Account,
      { jid, deviceId, version }: { jid: BareJid; deviceId: number; version: OmemoVersion },
    ): Promise<void> {
      if (!(await acquaintances.includes(account, jid))) return;
      this.heard(account, { jid, deviceId });
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
      if (!(await acquaintances.includes(account, jid))) return false;
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
      forgetFailures(`${name}/`);
      // A look that is under way may have read the list before.
      looks.delete(name);
      listsFailedAt.delete(name);
      // Before the first look at both lists an event is no news: the look decides what was there from the beginning.
      if (!listed || !(await devices.isKnown(account.id, jid))) listsAt.delete(name);
      else await noteLists(account, jid, { [version]: listed });
    },

    /** What is remembered of an account's correspondents in memory is no longer needed. */
    release(account: Account): void {
      for (const times of [listsAt, listsFailedAt, unusableUntil])
        for (const name of times.keys()) if (name.startsWith(`${account.id}/`)) times.delete(name);
    },
  };
}
export type Reach = ReturnType<typeof reach>;
