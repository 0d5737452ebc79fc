import { KEY_LENGTH } from '../curve.ts';

/** What a public key of this version begins with on the wire. */
const KEY_TYPE = 5;
export const ENCODED_KEY_LENGTH = KEY_LENGTH + 1;

/** The bytes in a buffer of their own, which is all the library takes. */
export function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** A public key as it is published and signed: with its type byte. */
export function encodeKey(publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoded = new Uint8Array(ENCODED_KEY_LENGTH);
  encoded[0] = KEY_TYPE;
  encoded.set(publicKey, 1);
  return encoded;
}

/** The key without its type byte. */
export function decodeKey(encoded: ArrayBuffer | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encoded).slice(1);
}

/**
 * Whether these bytes are a public key in its one form. The top bit is not part of the point (RFC 7748), so a key that
 * has it set is another name for the same key: an old key exchange under a new name would look like a new one.
 */
export function isEncodedKey(encoded: Uint8Array | undefined): encoded is Uint8Array {
  return (
    encoded?.length === ENCODED_KEY_LENGTH &&
    encoded[0] === KEY_TYPE &&
    ((encoded[ENCODED_KEY_LENGTH - 1] ?? 0) & 0x80) === 0
  );
}

/** The name under which the library keeps a chain. */
export const chainName = (encodedKey: ArrayBuffer | Uint8Array): string =>
  Buffer.from(new Uint8Array(encodedKey)).toString('base64');
