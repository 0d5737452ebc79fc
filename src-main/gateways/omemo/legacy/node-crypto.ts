import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import type { setCurve, setWebCrypto } from '@privacyresearch/libsignal-protocol-typescript';
import { type KeyGenerator, sharedSecret } from '../curve.ts';
import { sign, verify } from '../xeddsa.ts';
import { arrayBufferOf } from './encoding.ts';

type LibraryCurve = Parameters<typeof setCurve>[0];
type LibraryWebCrypto = Parameters<typeof setWebCrypto>[0];

/**
 * The curve as the library wants it, on `node:crypto`: ten to twenty times as fast as the one it brings. Public keys come
 * without their type byte, and `verify` is true for a signature that is wrong.
 */
export function nodeCurve(generate: KeyGenerator): LibraryCurve {
  /** A key object lives as long as the bytes it was read from (curve.ts), and the library hands on the same buffers. */
  const views = new WeakMap<ArrayBuffer, Uint8Array>();
  const viewOf = (buffer: ArrayBuffer): Uint8Array => {
    const known = views.get(buffer);
    if (known) return known;
    const view = new Uint8Array(buffer);
    views.set(buffer, view);
    return view;
  };
  const curve = {
    /** What the library drew for it is left aside: there is one generator for all keys. */
    keyPair() {
      const pair = generate();
      const privKey = arrayBufferOf(pair.privateKey);
      views.set(privKey, pair.privateKey);
      return { pubKey: arrayBufferOf(pair.publicKey), privKey };
    },
    sharedSecret: (publicKey: ArrayBuffer, privateKey: ArrayBuffer) =>
      arrayBufferOf(sharedSecret(viewOf(privateKey), new Uint8Array(publicKey))),
    sign: (privateKey: ArrayBuffer, message: ArrayBuffer) =>
      arrayBufferOf(
        sign({ privateKey: viewOf(privateKey), publicKey: new Uint8Array() }, new Uint8Array(message)),
      ),
    verify: (publicKey: ArrayBuffer, message: ArrayBuffer, signature: ArrayBuffer) =>
      !verify(new Uint8Array(publicKey), new Uint8Array(message), new Uint8Array(signature)),
  };
  // Typed as promises; the library awaits what it gets, and a value is there without a turn of the event loop.
  return curve as unknown as LibraryCurve;
}

/** The few parts of WebCrypto that the library uses, answered at once. The real one would leave the caller's unit. */
export function nodeWebCrypto(): LibraryWebCrypto {
  const subtle = {
    importKey: (_format: string, key: ArrayBuffer) => secretKey(key),
    sign: (_algorithm: unknown, key: KeyObject, data: ArrayBuffer) => hmac(key, new Uint8Array(data)),
    encrypt: ({ iv }: { iv: Uint8Array }, key: KeyObject, data: ArrayBuffer) => {
      const cipher = createCipheriv('aes-256-cbc', key, iv);
      return arrayBufferOf(Buffer.concat([cipher.update(new Uint8Array(data)), cipher.final()]));
    },
    decrypt: ({ iv }: { iv: Uint8Array }, key: KeyObject, data: ArrayBuffer) => {
      const decipher = createDecipheriv('aes-256-cbc', key, iv);
      return arrayBufferOf(Buffer.concat([decipher.update(new Uint8Array(data)), decipher.final()]));
    },
  };
  const getRandomValues = (bytes: Uint8Array): Uint8Array => randomFillSync(bytes);
  // Far less than the interface promises; the library uses no more of it.
  return { subtle, getRandomValues } as unknown as LibraryWebCrypto;
}

/** Node 24 takes bytes for a key in 18 µs, and a key object in 2 µs after 2 µs to make it. */
export const secretKey = (key: ArrayBuffer): KeyObject => createSecretKey(new Uint8Array(key));

/** HMAC-SHA-256. */
export const hmac = (key: KeyObject, data: Uint8Array): ArrayBuffer =>
  arrayBufferOf(createHmac('sha256', key).update(data).digest());
