import { checkLength } from './curve.ts';
import { encodeKey } from './legacy/encoding.ts';
import type { KeyPair, OmemoVersion } from './ratchet-backend.ts';
import { sign } from './xeddsa.ts';

/** Signs a prekey in the form in which a version publishes it (XEdDSA). Needs no ratchet, and so no library. */
export function signPreKey(version: OmemoVersion, identity: KeyPair, publicKey: Uint8Array): Uint8Array {
  checkLength(publicKey);
  return sign(identity, version === 'legacy' ? encodeKey(publicKey) : publicKey);
}
