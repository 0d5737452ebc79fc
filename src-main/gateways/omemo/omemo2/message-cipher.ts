import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from 'node:crypto';
import { OmemoTrouble } from '../ratchet-backend.ts';
import { messageSecrets } from './key-derivation.ts';
import {
  equal,
  MAC_LENGTH,
  type MessageHeader,
  type SealedMessage,
  writeInner,
  writeSealed,
} from './wire.ts';

/** Encrypts with the key of one message; AES-256-CBC, then HMAC over the associated data and the message. */
export function seal(
  messageKey: Uint8Array,
  header: MessageHeader,
  associated: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const { aes, mac, iv } = messageSecrets(messageKey);
  const cipher = createCipheriv('aes-256-cbc', aes, iv);
  const inner = writeInner(header, Buffer.concat([cipher.update(plaintext), cipher.final()]));
  return writeSealed(macOf(mac, associated, inner), inner);
}

/** The plaintext. Fails with `bad-mac`, before anything of the content is looked at. */
export function open(messageKey: Uint8Array, associated: Uint8Array, sealed: SealedMessage): Uint8Array {
  const { aes, mac, iv } = messageSecrets(messageKey);
  if (!equal(macOf(mac, associated, sealed.inner), sealed.mac)) {
    throw new OmemoTrouble('bad-mac', 'The message is not what its sender made.');
  }
  try {
    const decipher = createDecipheriv('aes-256-cbc', aes, iv);
    return new Uint8Array(Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]));
  } catch {
    throw new OmemoTrouble('malformed', 'The content is not encrypted as it should be.');
  }
}

const macOf = (key: KeyObject, associated: Uint8Array, inner: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update(associated).update(inner).digest().subarray(0, MAC_LENGTH);
