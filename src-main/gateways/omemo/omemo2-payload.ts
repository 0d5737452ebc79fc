import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import type { DrawBytes, OpenInput, PayloadCipher } from './payload.ts';
import { OmemoTrouble } from './ratchet-backend.ts';

const ALGORITHM = 'aes-256-cbc';
const KEY_BYTES = 32;
const MAC_BYTES = 16;
const BLOCK_BYTES = 16;
const NO_SALT = new Uint8Array(32);
const INFO = 'OMEMO Payload';

/** OMEMO 2: AES-256-CBC and HMAC-SHA-256, cut to 16 bytes, of an SCE envelope. Through the ratchet go key and HMAC. */
export const omemo2Payload: PayloadCipher = {
  seal(plaintext: Uint8Array, draw: DrawBytes) {
    const key = draw(KEY_BYTES);
    const { encryption, authentication, iv } = deriveKeys(key);
    const cipher = createCipheriv(ALGORITHM, encryption, iv);
    const payload = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return { payload, iv: undefined, keyMaterial: Buffer.concat([key, macOf(authentication, payload)]) };
  },

  open({ payload, keyMaterial }: OpenInput) {
    if (keyMaterial.length !== KEY_BYTES + MAC_BYTES) {
      throw new OmemoTrouble('malformed', 'The key of the message has a wrong length.');
    }
    const { encryption, authentication, iv } = deriveKeys(keyMaterial.subarray(0, KEY_BYTES));
    if (!timingSafeEqual(macOf(authentication, payload), keyMaterial.subarray(KEY_BYTES))) {
      throw new OmemoTrouble('bad-mac', 'The content of the message was changed, or is for another key.');
    }
    if (payload.length === 0 || payload.length % BLOCK_BYTES !== 0) throw brokenContent();
    const decipher = createDecipheriv(ALGORITHM, encryption, iv);
    const start = decipher.update(payload);
    try {
      return Buffer.concat([start, decipher.final()]);
    } catch {
      throw brokenContent();
    }
  },

  emptyKey: () => new Uint8Array(KEY_BYTES),
};

function deriveKeys(key: Uint8Array): { encryption: KeyObject; authentication: KeyObject; iv: Uint8Array } {
  const derived = new Uint8Array(hkdfSync('sha256', createSecretKey(key), NO_SALT, INFO, 80));
  return {
    encryption: createSecretKey(derived.subarray(0, 32)),
    authentication: createSecretKey(derived.subarray(32, 64)),
    iv: derived.subarray(64, 80),
  };
}

const macOf = (key: KeyObject, payload: Uint8Array) =>
  createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES);

const brokenContent = () =>
  new OmemoTrouble('malformed', 'The content of the message is no whole cipher text.');
