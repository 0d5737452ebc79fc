import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { type KeyPair, OmemoTrouble } from './ratchet-backend.ts';

export const KEY_LENGTH = 32;

/** Makes a new key pair. A parameter wherever keys are drawn, so that tests can draw known ones. */
export type KeyGenerator = () => KeyPair;

/** A new X25519 key pair of the system's randomness. */
export function generateKeyPair(): KeyPair {
  const { privateKey: key } = generateKeyPairSync('x25519');
  const { d, x } = key.export({ format: 'jwk' });
  if (!d || !x) throw new Error('A new key cannot be exported.');
  const pair = { publicKey: fromBase64Url(x), privateKey: fromBase64Url(d) };
  clamp(pair.privateKey);
  privateKeys.set(pair.privateKey, key);
  return pair;
}

/** The key pair of a private key of 32 bytes, which is clamped in a copy. */
export function keyPairOf(privateKey: Uint8Array): KeyPair {
  checkLength(privateKey);
  const scalar = clamp(new Uint8Array(privateKey));
  const { x } = createPublicKey(privateKeyObject(scalar)).export({ format: 'jwk' });
  if (!x) throw new Error('A public key cannot be exported.');
  return { publicKey: fromBase64Url(x), privateKey: scalar };
}

/** X25519. Refuses a public key that leaves nothing secret: zero, and the other points of low order. */
export function sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const ours = privateKeyObject(privateKey);
  const theirs = publicKeyObject(publicKey);
  try {
    // OpenSSL and BoringSSL fail where the result is zero, which is the check of RFC 7748, section 6.1.
    return diffieHellman({ privateKey: ours, publicKey: theirs });
  } catch {
    throw new OmemoTrouble('malformed', 'The public key is of low order.');
  }
}

/** Sets the bits of a scalar as RFC 7748, section 5, wants them, in place. */
export function clamp<T extends Uint8Array>(scalar: T): T {
  scalar[0] = (scalar[0] ?? 0) & 0xf8;
  scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
  return scalar;
}

/**
 * Reading a key costs as much as using it, and most are used twice in a row, so the key object lives as long as the
 * bytes it was read from. Key bytes are never changed in place.
 */
const privateKeys = new WeakMap<Uint8Array, KeyObject>();
const publicKeys = new WeakMap<Uint8Array, KeyObject>();

function privateKeyObject(privateKey: Uint8Array): KeyObject {
  const known = privateKeys.get(privateKey);
  if (known) return known;
  checkLength(privateKey);
  // JWK is the fastest form to read in Node 24. Its x is not looked at: the public key is made from d.
  const key = createPrivateKey({
    key: { kty: 'OKP', crv: 'X25519', d: base64Url(privateKey), x: UNUSED },
    format: 'jwk',
  });
  privateKeys.set(privateKey, key);
  return key;
}

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const known = publicKeys.get(publicKey);
  if (known) return known;
  checkLength(publicKey);
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: base64Url(publicKey) },
    format: 'jwk',
  });
  publicKeys.set(publicKey, key);
  return key;
}

const UNUSED = base64Url(new Uint8Array(KEY_LENGTH));

/** Refuses what cannot be a key for its length alone. */
export function checkLength(key: Uint8Array): void {
  if (key.length !== KEY_LENGTH)
    throw new OmemoTrouble('malformed', `A key has ${key.length} bytes, not 32.`);
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

const fromBase64Url = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));
