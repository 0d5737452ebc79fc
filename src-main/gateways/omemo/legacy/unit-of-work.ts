import type * as Main from '@privacyresearch/libsignal-protocol-typescript';
import type { KeyPair, OwnKeys } from '../ratchet-backend.ts';
import { arrayBufferOf, encodeKey } from './encoding.ts';

/** The keys of ours that a key exchange names; undefined where there is none (any more). */
export interface NamedKeys {
  preKey: KeyPair | undefined;
  signedPreKey: KeyPair | undefined;
}

/**
 * The storage of one call of the library, in memory. The library writes before it has checked (`saveIdentity`), so what
 * it writes is nobody's yet: the caller takes record and used prekey only when the call has succeeded. Whether a device
 * may have an identity key is the caller's decision, too, so here every one is trusted.
 */
export function unitOfWork(own: OwnKeys, named?: NamedKeys) {
  let usedPreKeyId: number | undefined;
  const nothing = async (): Promise<undefined> => undefined;
  const storage: Main.StorageType = {
    getIdentityKeyPair: async () => libraryPair(own.identity),
    getLocalRegistrationId: async () => own.deviceId,
    isTrustedIdentity: async () => true,
    saveIdentity: async () => false,
    loadPreKey: async () => named?.preKey && libraryPair(named.preKey),
    loadSignedPreKey: async () => named?.signedPreKey && libraryPair(named.signedPreKey),
    removePreKey: async (id) => {
      usedPreKeyId = Number(id);
    },
    // The record is in memory already (careful-cipher.ts), and the library makes no prekeys here.
    loadSession: nothing,
    storeSession: nothing,
    storePreKey: nothing,
    storeSignedPreKey: nothing,
    removeSignedPreKey: nothing,
  };
  return { storage, usedPreKeyId: () => usedPreKeyId };
}

const libraryPair = (pair: KeyPair): Main.KeyPairType => ({
  pubKey: arrayBufferOf(encodeKey(pair.publicKey)),
  privKey: arrayBufferOf(pair.privateKey),
});
