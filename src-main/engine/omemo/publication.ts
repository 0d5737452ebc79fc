import type { AccountId } from '../../../src-shared/ids.ts';
import { domainOf } from '../../../src-shared/jid.ts';
import { atMost } from '../../base/at-most.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { Scope } from '../../base/scope.ts';
import { checkBundle, deleteBundle, publishBundle } from '../../gateways/omemo/bundle-node.ts';
import { type OwnDeviceList, ownDeviceList } from '../../gateways/omemo/own-device-list.ts';
import type { OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import { type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OwnDevices } from './own-device.ts';

interface PublicationDeps {
  account: Account;
  session: Session;
  own: OwnDevices;
  /** Gives the device another number, without its sessions: the others know those by the one before. */
  renumber: () => Promise<void>;
  /** Servers that tell an account of its own lists at each new session, as far as is known: shared by all accounts. */
  announcing: Set<string>;
  clock: Clock;
  logger: Logger;
}

/** Several prekeys used in one go are one new bundle. */
const REPUBLISH_AFTER_MS = 5_000;
/** So many numbers in a row that other devices have: then it is something else that is wrong. */
const NUMBERS_TRIED = 3;
/** Looks whether the signed prekey is old. */
const FRESHEN_EVERY_MS = 6 * 60 * 60 * 1_000;
/** A server that announces lists does so at once; else they are read. */
const ANNOUNCED_WITHIN_MS = 3_000;
const RETRY = { baseMs: 5_000, capMs: 10 * 60_000 };

/**
 * Keeps what an account publishes of its device true: at each new session the bundles are compared with the database,
 * then the device is on both lists. The bundle always comes first: who finds a device on the list must find its keys.
 *
 * A person has other clients: their devices stay, and one that has our number keeps it. A bot has none: whatever else is
 * published under its account is nobody's device that its owner should encrypt for, and goes.
 */
export function publication(deps: PublicationDeps) {
  const { account, session, own, renumber, announcing, clock, logger } = deps;
  const scope = new Scope();
  const accountId: AccountId = account.id;
  const isBot = account.botId !== undefined;
  let lists: Record<OmemoVersion, OwnDeviceList> | undefined;
  let isPlanned = false;
  /** Taken off the network for good: what was planned before must not bring it back. */
  let isWithdrawn = false;
  let failures = 0;
  /** A list was written in this session, and what is announced may be that. */
  let hasWritten = false;
  const server = domainOf(account.jid);
  const isPublished = Promise.withResolvers<void>();

  /** What is wrong with the bundle that the server has under our number. */
  const compare = async (version: OmemoVersion, deviceId: number) =>
    checkBundle(session, { version, deviceId, bundle: await own.bundle(accountId, version) });

  /** Whether the bundle under our number is that of another device of a person: that one had the number first. */
  async function isTaken(deviceId: number): Promise<boolean> {
    if (isBot) return false;
    const found = await Promise.allSettled(OMEMO_VERSIONS.map((version) => compare(version, deviceId)));
    return found.some((one) => one.status === 'fulfilled' && one.value.includes('identity'));
  }

  /** A number that no other device of the account has. */
  async function ownNumber(): Promise<number> {
    for (let tried = 1; tried <= NUMBERS_TRIED; tried += 1) {
      const { deviceId } = await own.ensure(accountId);
      if (!(await isTaken(deviceId))) return deviceId;
      logger.warn({ account: account.jid, deviceId }, 'another OMEMO device of the account has our number');
      // What is listed under it is not ours to keep there.
      lists = undefined;
      await renumber();
    }
    throw new Error('every number of an OMEMO device seems to be taken');
  }

  async function publishVersion(version: OmemoVersion, deviceId: number): Promise<void> {
    const differences = await compare(version, deviceId);
    // It could not be read before: with the next try there is another number.
    if (differences.includes('identity') && !isBot) throw new Error('another device has the number');
    if (differences.includes('identity'))
      logger.warn(
        { account: account.jid, deviceId, version },
        'foreign keys stood under a bot, and are replaced',
      );
    if (differences.length > 0)
      await publishBundle(session, { version, deviceId, bundle: await own.bundle(accountId, version) });
    else await announced(version);
    if ((await lists?.[version].add()) === 'listed') hasWritten = true;
  }

  /** Where the list is on its way here anyway it need not be asked for. */
  async function announced(version: OmemoVersion): Promise<void> {
    if (!lists || !announcing.has(server)) return;
    let isLate = true;
    const coming = lists[version].announcement.then(() => {
      isLate = false;
    });
    await atMost(clock, ANNOUNCED_WITHIN_MS, coming);
    if (isLate) announcing.delete(server);
  }

  /** Of a bot: who was on its list beside it has no bundle there any more either. */
  async function takenOff(version: OmemoVersion, deviceIds: readonly number[]): Promise<void> {
    logger.warn(
      { account: account.jid, version, deviceIds },
      'foreign devices were taken off the list of a bot',
    );
    for (const deviceId of deviceIds) {
      await deleteBundle(session, { version, deviceId }).catch((error: unknown) => {
        if (!(error instanceof StanzaError)) throw error;
        logger.info({ err: error, account: account.jid, deviceId }, 'a foreign bundle could not be deleted');
      });
    }
  }

  const listsOf = (deviceId: number) =>
    Object.fromEntries(
      OMEMO_VERSIONS.map((version) => [
        version,
        ownDeviceList({
          session,
          clock,
          version,
          device: { id: deviceId, ...labelOf(version) },
          ...(isBot && { takenOff: (ids: number[]) => takenOff(version, ids) }),
        }),
      ]),
    ) as Record<OmemoVersion, OwnDeviceList>;

  async function publish(): Promise<void> {
    const deviceId = await ownNumber();
    lists ??= listsOf(deviceId);
    // One version that a server refuses is no reason to do without the other.
    const done = await Promise.allSettled(OMEMO_VERSIONS.map((version) => publishVersion(version, deviceId)));
    const failed = done.find((one) => one.status === 'rejected');
    if (done.some((one) => one.status === 'fulfilled')) isPublished.resolve();
    if (failed) throw failed.reason;
    failures = 0;
    logger.debug({ account: account.jid }, 'the OMEMO device is published');
  }

  async function run(): Promise<void> {
    if (scope.isClosed || isWithdrawn || session.state !== 'online') return;
    try {
      await publish();
    } catch (error) {
      if (error instanceof SessionLost || scope.isClosed) return;
      failures += 1;
      // It may take long until it works: nobody has to wait for that.
      isPublished.resolve();
      logger.warn({ err: error, account: account.jid }, 'the OMEMO device could not be published');
      soon(fullJitterMs(failures, RETRY));
    }
  }

  function soon(delayMs = REPUBLISH_AFTER_MS): void {
    if (isPlanned || scope.isClosed) return;
    isPlanned = true;
    clock.after(scope, delayMs, () => {
      isPlanned = false;
      void run();
    });
  }

  function everySoOften(): void {
    clock.after(scope, FRESHEN_EVERY_MS, () => {
      void run();
      everySoOften();
    });
  }

  return {
    start(): void {
      scope.add(
        session.onReady(({ resumed }) => {
          if (resumed) return;
          hasWritten = false;
          for (const version of OMEMO_VERSIONS) lists?.[version].sessionBegan();
          void run();
        }),
      );
      everySoOften();
      if (session.state === 'online') void run();
    },
    /** Settles when the device can be found by others, in one version at least, or when that has failed once. */
    get published(): Promise<void> {
      return isPublished.promise;
    },
    /** A prekey was used: the bundle is published again in a moment. */
    renewSoon: () => soon(),
    /** The own list was changed, maybe by another client that took us off it. */
    async listChanged(
      version: OmemoVersion,
      devices: Parameters<OwnDeviceList['changed']>[0],
    ): Promise<void> {
      if (!hasWritten) announcing.add(server);
      await lists?.[version].changed(devices);
    },
    /**
     * Takes the device off the lists and its bundles away; it is no longer used anyway. False where it may still be there:
     * the session is not online, or the server did not do it.
     */
    async withdraw(): Promise<boolean> {
      isWithdrawn = true;
      const published = lists;
      lists = undefined;
      // There is nothing more to be waited for.
      isPublished.resolve();
      const identity = await own.of(accountId);
      if (!identity) return true;
      if (session.state !== 'online') return false;
      const { deviceId } = identity;
      const withdrawn = await Promise.allSettled(
        OMEMO_VERSIONS.map(async (version) => {
          await (published ?? listsOf(deviceId))[version].remove();
          await deleteBundle(session, { version, deviceId });
        }),
      );
      const failed = withdrawn.find((one) => one.status === 'rejected');
      if (failed)
        logger.warn({ err: failed.reason, account: account.jid }, 'an OMEMO device could not be withdrawn');
      return failed === undefined;
    },
    close: () => scope.close(),
  };
}
export type Publication = ReturnType<typeof publication>;

/** OMEMO 2 has names for devices. */
const labelOf = (version: OmemoVersion) => (version === 'omemo2' ? { label: 'Botmother' } : {});
