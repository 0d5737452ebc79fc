import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fetchBundle } from '../../gateways/omemo/bundle-node.ts';
import { OmemoTrouble, type OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import { RequestTimeout, type Session, StanzaError } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { OmemoPeerRepository, PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Store } from '../../store/open.ts';
import type { Backends } from './backends.ts';
import type { OwnDevices } from './own-device.ts';
import { ownKeys } from './own-keys.ts';
import { SLOW_RETRY_MS } from './read-lists.ts';

interface BeginSessionsDeps {
  store: Store;
  own: OwnDevices;
  keys: OmemoKeysRepository;
  peers: OmemoPeerRepository;
  backends: Backends;
  clock: Clock;
  logger: Logger;
}

/** A device without a usable bundle is asked for again after that. */
const BUNDLE_RETRY_MS = 10 * 60 * 1_000;
/** One that is not there may just be on its way: that is waited for first, then twice as long each time. */
const MISSING_RETRY_MS = 2_000;

/** Begins sessions with devices from their bundles as they are now. */
export function beginSessions({ store, own, keys, peers, backends, clock, logger }: BeginSessionsDeps) {
  /** Until when a device's bundles are not asked for, monotonic milliseconds, after so many failures in a row. */
  const unusable = new Map<string, { untilMs: number; failures: number }>();
  const nameOf = (account: Account, { jid, deviceId }: { jid: BareJid; deviceId: number }) =>
    `${account.id}/${jid}/${deviceId}`;

  function forget(prefix: string): void {
    for (const name of unusable.keys()) if (name.startsWith(prefix)) unusable.delete(name);
  }

  /** In one version, `isAnew` also beside a session that is there. False when that version of the device cannot be used. */
  async function begin(
    account: Account,
    session: Session,
    device: PeerDevice,
    { version, isAnew }: { version: OmemoVersion; isAnew: boolean },
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

  return {
    begin,

    /** In the preferred version that works: some clients list a device in a version whose bundle is not there. */
    async beginWith(account: Account, session: Session, device: PeerDevice): Promise<void> {
      const name = nameOf(account, device);
      const before = unusable.get(name);
      if (before && before.untilMs > clock.monotonic()) return;
      const failures = (before?.failures ?? 0) + 1;
      let retryMs = SLOW_RETRY_MS;
      for (const version of OMEMO_VERSIONS) {
        if (!device.versions.includes(version)) continue;
        try {
          if (await begin(account, session, device, { version, isAnew: false })) {
            unusable.delete(name);
            return;
          }
          retryMs = Math.min(BUNDLE_RETRY_MS, MISSING_RETRY_MS * 2 ** (failures - 1));
        } catch (error) {
          if (error instanceof OmemoTrouble) retryMs = BUNDLE_RETRY_MS;
          else if (!(error instanceof StanzaError || error instanceof RequestTimeout)) throw error;
          logger.info(
            { err: error, account: account.jid, jid: device.jid, version },
            'a bundle cannot be used',
          );
        }
      }
      unusable.set(name, { untilMs: clock.monotonic() + retryMs, failures });
    },

    /** Something is new about a device: what did not work before may work now. */
    retry: (account: Account, device: { jid: BareJid; deviceId: number }): void =>
      void unusable.delete(nameOf(account, device)),
    /** The same about all devices of somebody. */
    retryAll: (account: Account, jid: BareJid): void => forget(`${account.id}/${jid}/`),
    /** What is remembered of an account's correspondents in memory is no longer needed. */
    release: (account: Account): void => forget(`${account.id}/`),
  };
}
