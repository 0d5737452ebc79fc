import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** XEP-0384 0.8, section 5.3: everything that is derived. Node reads raw keys much slower than it makes key objects. */

/** The key of X3DH from its shared secrets, in the order of its section 3.3. */
export function exchangeKey(secrets: readonly Uint8Array[]): Uint8Array {
  const input = Buffer.concat([EXCHANGE_PREFIX, ...secrets]);
  return derived(createSecretKey(input), NO_SALT, 'OMEMO X3DH', 32);
}

/** One step of the root chain: the new root key, and the chain key of the chain that a shared secret begins. */
export function rootStep(
  rootKey: Uint8Array,
  secret: Uint8Array,
): { rootKey: Uint8Array; chainKey: Uint8Array } {
  const bytes = derived(createSecretKey(secret), rootKey, 'OMEMO Root Chain', 64);
  return { rootKey: bytes.subarray(0, 32), chainKey: bytes.subarray(32) };
}

/** One step of a chain: the key of its next message, and the chain key after it. */
export function chainStep(chainKey: Uint8Array): { messageKey: Uint8Array; chainKey: Uint8Array } {
  const key = createSecretKey(chainKey);
  return { messageKey: hmac(key, MESSAGE_KEY), chainKey: hmac(key, CHAIN_KEY) };
}

/** What a message is encrypted and authenticated with. */
export function messageSecrets(messageKey: Uint8Array): { aes: KeyObject; mac: KeyObject; iv: Uint8Array } {
  const bytes = derived(createSecretKey(messageKey), NO_SALT, 'OMEMO Message Key Material', 80);
  return {
    aes: createSecretKey(bytes.subarray(0, 32)),
    mac: createSecretKey(bytes.subarray(32, 64)),
    iv: bytes.subarray(64),
  };
}

const EXCHANGE_PREFIX = new Uint8Array(32).fill(0xff);
const NO_SALT = new Uint8Array(32);
const MESSAGE_KEY = Uint8Array.of(1);
const CHAIN_KEY = Uint8Array.of(2);

const derived = (key: KeyObject, salt: Uint8Array, info: string, length: number): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, salt, info, length));

const hmac = (key: KeyObject, input: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update(input).digest();
