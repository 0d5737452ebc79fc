import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import type { DrawBytes, OpenInput, PayloadCipher } from './payload.ts';
import { OmemoTrouble } from './ratchet-backend.ts';

const ALGORITHM = 'aes-128-gcm';
const KEY_BYTES = 16;
const TAG_BYTES = 16;
const SENT_IV_BYTES = 12;

/** OMEMO 0.3: AES-128-GCM of the body. Through the ratchet go key and tag. */
export const legacyPayload: PayloadCipher = {
  seal(plaintext: Uint8Array, draw: DrawBytes) {
    const key = draw(KEY_BYTES);
    const iv = draw(SENT_IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
    const payload = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return { payload, iv, keyMaterial: Buffer.concat([key, cipher.getAuthTag()]) };
  },

  open({ payload, iv, keyMaterial }: OpenInput) {
    if (!iv) throw new OmemoTrouble('malformed', 'The encrypted message has no iv.');
    const { key, ciphertext, tag } = split(payload, keyMaterial);
    const decipher = createDecipheriv(ALGORITHM, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(tag);
    const plaintext = decipher.update(ciphertext);
    try {
      return Buffer.concat([plaintext, decipher.final()]);
    } catch {
      throw new OmemoTrouble('bad-mac', 'The text of the message was changed, or is for another key.');
    }
  },

  // Any key does: nothing is encrypted with it.
  emptyKey: (draw: DrawBytes) => draw(KEY_BYTES + TAG_BYTES),
};

/** The tag comes with the key; in the first clients it stood behind the text. */
function split(payload: Uint8Array, keyMaterial: Uint8Array) {
  const key = keyMaterial.subarray(0, KEY_BYTES);
  if (keyMaterial.length === KEY_BYTES + TAG_BYTES) {
    return { key, ciphertext: payload, tag: keyMaterial.subarray(KEY_BYTES) };
  }
  if (keyMaterial.length !== KEY_BYTES || payload.length < TAG_BYTES) {
    throw new OmemoTrouble('malformed', 'The key of the message has a wrong length.');
  }
  const end = payload.length - TAG_BYTES;
  return { key, ciphertext: payload.subarray(0, end), tag: payload.subarray(end) };
}
