import type { BareJid } from '../../../src-shared/jid.ts';
import { atMost } from '../../base/at-most.ts';
import type { Clock } from '../../base/clock.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Logger } from '../../base/logger.ts';
import { RateLimit } from '../../base/rate-limit.ts';
import type { ListedDevice } from '../../gateways/omemo/device-list.ts';
import type { OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { OmemoPeerRepository, PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Store } from '../../store/open.ts';
import type { Acquaintances } from './acquaintances.ts';
import type { Backends } from './backends.ts';
import { beginSessions } from './begin-sessions.ts';
import { laterLooks } from './later-looks.ts';
import type { OwnDevices } from './own-device.ts';
import type { PeerDevices } from './peer-devices.ts';
import { type Freshness, JUST_READ_MS, readLists } from './read-lists.ts';

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
/** Where somebody can be written to already, news of their other devices is not waited for any longer. */
const PATIENCE_MS = 5_000;
/** Somebody's lists are read again because of unlisted devices: so often at once, then so many a second. */
const MEETINGS = { depth: 5, perSecond: 5 / 60 };

/**
 * Makes it possible to encrypt for somebody: reads their device lists and begins sessions with devices that have none.
 * Everything that needs the network happens here, before a unit; a unit works with what is stored then.
 */
export function reach(deps: ReachDeps) {
  const { own, peers, devices, acquaintances, backends, clock, logger, sessionOf } = deps;
  const queue = new KeyedQueue<string>();
  const lists = readLists(deps);
  const sessionsOf = beginSessions(deps);
  /** Looks that are under way, by whom they are for: who needs the same waits for the same. */
  const looks = new Map<string, Promise<void>>();
  const meetings = new RateLimit<string>(() => MEETINGS, clock.monotonic);
  const later = laterLooks(clock);

  async function prepareFor(
    account: Account,
    session: Session,
    jid: BareJid,
    { freshMs, emptyFreshMs }: Freshness,
  ): Promise<void> {
    if (await lists.isDue(account, jid, { freshMs, emptyFreshMs })) {
      try {
        await lists.read(account, session, jid);
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
    await Promise.all(waiting.map((device) => sessionsOf.beginWith(account, session, device)));
  }

  /** One look at somebody. Never fails. */
  function lookOnce(account: Account, session: Session, jid: BareJid, fresh: Freshness): Promise<void> {
    const name = `${account.id}/${jid}`;
    const underWay = looks.get(name);
    if (underWay && fresh.freshMs === LIST_FRESH_MS) return underWay;
    const done = queue
      .run(name, () => prepareFor(account, session, jid, fresh))
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
  async function look(account: Account, jid: BareJid, fresh: Partial<Freshness> = {}): Promise<void> {
    const session = sessionOf(account.jid);
    if (session?.state !== 'online') return;
    const { freshMs = LIST_FRESH_MS, emptyFreshMs = JUST_READ_MS } = fresh;
    const looking = lookOnce(account, session, jid, { freshMs, emptyFreshMs });
    if (await isReachable(account, jid)) await atMost(clock, PATIENCE_MS, looking);
    else await looking;
  }

  return {
    /**
     * Gets ready to encrypt for somebody, as far as the network allows; never fails: whether a message can be encrypted
     * is found out in its unit.
     */
    async prepare(account: Account, jid: BareJid, fresh: Partial<Freshness> = {}): Promise<void> {
      try {
        // Also without a session: what was received before is decrypted all the same, and a unit must not load anything.
        await backends.ready();
      } catch (error) {
        logger.error({ err: error, account: account.jid }, 'nothing can be encrypted');
        return;
      }
      await look(account, jid, fresh);
    },

    /** A device is there and speaks: what did not work with it before may work now. */
    heard(account: Account, { jid, deviceId }: { jid: BareJid; deviceId: number }): void {
      sessionsOf.retry(account, { jid, deviceId });
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
    /**
     * A client has come just now. It may be a new device whose list was not announced: servers do that late, or not at all.
     * What was read before it came says nothing of it, however little before. Too many are looked at later, all at once.
     */
    async lookAgain(account: Account, jid: BareJid): Promise<void> {
      if (later.has(account.id, jid)) return;
      const { waitMs } = meetings.take(`${account.id}/${jid}`);
      if (waitMs === 0) await this.prepare(account, jid, { freshMs: 0 });
      else later.plan(account.id, jid, waitMs, () => void this.lookAgain(account, jid));
    },
    /** A client was there before us: a look that was just made has seen it. */
    lookAtPresent: (account: Account, jid: BareJid): Promise<void> =>
      look(account, jid, { freshMs: JUST_READ_MS }),

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
          await lists.read(account, session, jid);
          const device = (await devices.all(account.id, jid)).find((one) => one.deviceId === deviceId);
          if (!device?.versions.includes(version) || device.trust === 'distrusted') return false;
          return await sessionsOf.begin(account, session, device, { version, isAnew: true });
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
      sessionsOf.retryAll(account, jid);
      // A look that is under way may have read the list before.
      looks.delete(`${account.id}/${jid}`);
      await lists.changed(account, jid, version, listed);
    },

    /** What is remembered of an account's correspondents in memory is no longer needed. */
    release(account: Account): void {
      later.release(account.id);
      lists.release(account);
      sessionsOf.release(account);
    },
  };
}
export type Reach = ReturnType<typeof reach>;
