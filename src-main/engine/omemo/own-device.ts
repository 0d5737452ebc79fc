import { randomInt } from 'node:crypto';
import { refuse } from '../../../src-shared/errors.ts';
import type { AccountId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import { generateKeyPair } from '../../gateways/omemo/curve.ts';
import type { KeyPair, OmemoVersion, PeerBundle } from '../../gateways/omemo/ratchet-backend.ts';
import { signPreKey } from '../../gateways/omemo/sign-prekey.ts';
import { MAX_DEVICE_ID, OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import type { OmemoIdentity, OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { Store, Tx } from '../../store/open.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** So many one-time prekeys are offered (XEP-0384, "bundles"), and made anew when fewer are left than the second. */
const PREKEYS = 100;
const PREKEYS_LEFT = 80;
/** The signed prekey is replaced weekly; what was sent to the one before can be read for a month. */
const SIGNED_PREKEY_MS = 7 * DAY_MS;
const SIGNED_PREKEY_KEPT_MS = 30 * DAY_MS;
/** A used prekey opens copies of the message that used it which are on the way still. */
const USED_PREKEY_KEPT_MS = DAY_MS;

interface OwnDeviceDeps {
  store: Store;
  keys: OmemoKeysRepository;
  clock: Clock;
}

/** The own OMEMO devices: one for each account that has one, with the same number in both versions. */
export function ownDevices({ store, keys, clock }: OwnDeviceDeps) {
  /** Identities that are in use: hundreds of accounts share an engine, and few of them talk at the same time. */
  const known = new Map<AccountId, OmemoIdentity>();

  /** Whether another device of the account has it already shows when this one is published. */
  const newDeviceId = () => randomInt(1, MAX_DEVICE_ID + 1);

  async function make(tx: Tx, accountId: AccountId): Promise<OmemoIdentity> {
    const createdAt = clock.now();
    const made = { deviceId: newDeviceId(), keys: generateKeyPair() };
    await keys.setIdentity(tx, accountId, { ...made, createdAt });
    return { ...made, lastPreKeyId: 0, createdAt };
  }

  /** A new signed prekey, with the signature of each version: one that is made again would be another one. */
  async function rotate(tx: Tx, accountId: AccountId, identity: KeyPair): Promise<void> {
    const id = await keys.takeNumbers(tx, accountId, 1);
    const made = generateKeyPair();
    const signatures = {
      legacy: signPreKey('legacy', identity, made.publicKey),
      omemo2: signPreKey('omemo2', identity, made.publicKey),
    };
    await keys.addSignedPreKey(tx, accountId, { id, keys: made, signatures, createdAt: clock.now() });
  }

  /** What a device lacks: a signed prekey that is new enough, and how many one-time prekeys of each version there are. */
  async function lackOf(accountId: AccountId, tx?: Tx) {
    const signedAt = await keys.newestSignedAt(accountId, tx);
    const needsSigned = signedAt === undefined || clock.now() - signedAt > SIGNED_PREKEY_MS;
    const free = await keys.countFreePreKeys(accountId, tx);
    const isFresh = !needsSigned && OMEMO_VERSIONS.every((version) => free[version] >= PREKEYS_LEFT);
    return { needsSigned, free, isFresh };
  }

  async function freshen(tx: Tx, accountId: AccountId, identity: KeyPair): Promise<void> {
    const lack = await lackOf(accountId, tx);
    if (lack.needsSigned) await rotate(tx, accountId, identity);
    for (const version of OMEMO_VERSIONS) {
      const free = lack.free[version];
      if (free >= PREKEYS_LEFT) continue;
      const first = await keys.takeNumbers(tx, accountId, PREKEYS - free);
      const made = Array.from({ length: PREKEYS - free }, (_, i) => ({
        id: first + i,
        keys: generateKeyPair(),
      }));
      await keys.addPreKeys(tx, accountId, version, made);
    }
  }

  return {
    /** The account's device, with enough prekeys and a signed one that is new enough; it is made if there is none. */
    async ensure(accountId: AccountId): Promise<OmemoIdentity> {
      // A fleet that starts finds everything as it was: no unit for that.
      const there = await keys.identity(accountId);
      if (there && (await lackOf(accountId)).isFresh) {
        known.set(accountId, there);
        return there;
      }
      return store.write(async (tx) => {
        const identity = (await keys.identity(accountId, tx)) ?? (await make(tx, accountId));
        await freshen(tx, accountId, identity.keys);
        tx.afterCommit(() => known.set(accountId, identity));
        return identity;
      });
    },

    /** The account's device; undefined for one that has none. */
    async of(accountId: AccountId, tx?: Tx): Promise<OmemoIdentity | undefined> {
      const cached = known.get(accountId);
      if (cached) return cached;
      const identity = await keys.identity(accountId, tx);
      if (identity && !tx) known.set(accountId, identity);
      return identity;
    },
    /** The same, where there has to be one. */
    async require(accountId: AccountId, tx?: Tx): Promise<OmemoIdentity> {
      const identity = await this.of(accountId, tx);
      if (!identity) throw refuse('omemo.no-own-device', {});
      return identity;
    },
    /** What a session was begun with is not offered again. */
    async notePreKeyUsed(tx: Tx, accountId: AccountId, version: OmemoVersion, id: number): Promise<void> {
      await keys.notePreKeyUsed(tx, accountId, { version, id, at: clock.now() });
    },
    /** Another number for the same keys: that one is another device's. */
    async renumber(tx: Tx, accountId: AccountId): Promise<void> {
      await keys.setDeviceId(tx, accountId, newDeviceId());
      tx.afterCommit(() => known.delete(accountId));
    },
    /** Forgets the device with its keys; the next `ensure` makes another one. */
    async forget(tx: Tx, accountId: AccountId): Promise<void> {
      await keys.deleteIdentity(tx, accountId);
      tx.afterCommit(() => known.delete(accountId));
    },
    /** The account has no session any more. */
    release: (accountId: AccountId) => void known.delete(accountId),

    /** What is to be published of a device. */
    async bundle(accountId: AccountId, version: OmemoVersion): Promise<PeerBundle> {
      const identity = await this.require(accountId);
      const [newest] = await keys.signedPreKeys(accountId);
      if (!newest) throw new Error('a device has no signed prekey');
      const { id, publicKey, signatures } = newest;
      const preKeys = await keys.freePreKeys(accountId, version);
      // Nobody may be told of a key whose private half a power cut could take.
      await store.durable();
      return {
        identityKey: identity.keys.publicKey,
        signedPreKey: { id, publicKey, signature: signatures[version] },
        preKeys,
      };
    },

    /** Forgets private keys that nothing can need any more. */
    async expire(tx: Tx): Promise<void> {
      await keys.forgetSignedPreKeys(tx, clock.now() - SIGNED_PREKEY_KEPT_MS);
      await keys.forgetUsedPreKeys(tx, clock.now() - USED_PREKEY_KEPT_MS);
    },
  };
}
export type OwnDevices = ReturnType<typeof ownDevices>;
