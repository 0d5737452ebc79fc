import type { AccountId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { Scope } from '../../base/scope.ts';
import { bundleDifferences } from '../../gateways/omemo/bundle.ts';
import { deleteBundle, fetchBundle, publishBundle } from '../../gateways/omemo/bundle-node.ts';
import { type OwnDeviceList, ownDeviceList } from '../../gateways/omemo/own-device-list.ts';
import { OmemoTrouble, type OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OwnDevices } from './own-device.ts';

interface PublicationDeps {
  account: Account;
  session: Session;
  own: OwnDevices;
  clock: Clock;
  logger: Logger;
}

/** Several prekeys used in one go are one new bundle. */
const REPUBLISH_AFTER_MS = 5_000;
/** Looks whether the signed prekey is old. */
const FRESHEN_EVERY_MS = 6 * 60 * 60 * 1_000;
const RETRY = { baseMs: 5_000, capMs: 10 * 60_000 };

/**
 * Keeps what an account publishes of its device true: at each new session the bundles are compared with the database,
 * then the device is on both lists. The bundle always comes first: who finds a device on the list must find its keys.
 */
export function publication({ account, session, own, clock, logger }: PublicationDeps) {
  const scope = new Scope();
  const accountId: AccountId = account.id;
  let lists: Record<OmemoVersion, OwnDeviceList> | undefined;
  let isPlanned = false;
  /** Taken off the network for good: what was planned before must not bring it back. */
  let isWithdrawn = false;
  let failures = 0;
  const isPublished = Promise.withResolvers<void>();

  async function publishVersion(version: OmemoVersion, deviceId: number): Promise<void> {
    const bundle = await own.bundle(accountId, version);
    const there = await fetchBundle(session, session.jid, deviceId, version).catch((error: unknown) => {
      // What cannot be read is replaced.
      if (error instanceof OmemoTrouble) return undefined;
      throw error;
    });
    const differs = there ? bundleDifferences(bundle, there) : ['all'];
    if (differs.length > 0) await publishBundle(session, { version, deviceId, bundle });
    await lists?.[version].add();
  }

  async function publish(): Promise<void> {
    const { deviceId } = await own.ensure(accountId);
    lists ??= Object.fromEntries(
      OMEMO_VERSIONS.map((version) => [
        version,
        ownDeviceList({ session, clock, version, device: { id: deviceId, ...labelOf(version) } }),
      ]),
    ) as Record<OmemoVersion, OwnDeviceList>;
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
      scope.add(session.onReady(({ resumed }) => void (resumed || run())));
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
      await lists?.[version].changed(devices);
    },
    /** Takes the device off the lists and its bundles away. What fails is logged: the device is no longer used anyway. */
    async withdraw(): Promise<void> {
      isWithdrawn = true;
      const published = lists;
      lists = undefined;
      // There is nothing more to be waited for.
      isPublished.resolve();
      const identity = await own.of(accountId);
      if (!identity || !published || session.state !== 'online') return;
      for (const version of OMEMO_VERSIONS) {
        try {
          await published[version].remove();
          await deleteBundle(session, { version, deviceId: identity.deviceId });
        } catch (error) {
          logger.warn(
            { err: error, account: account.jid, version },
            'an OMEMO device could not be withdrawn',
          );
        }
      }
    },
    close: () => scope.close(),
  };
}
export type Publication = ReturnType<typeof publication>;

/** OMEMO 2 has names for devices. */
const labelOf = (version: OmemoVersion) => (version === 'omemo2' ? { label: 'Botmother' } : {});
