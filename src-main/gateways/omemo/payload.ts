import { randomBytes } from 'node:crypto';
import { legacyPayload } from './legacy-payload.ts';
import { omemo2Payload } from './omemo2-payload.ts';
import type { OmemoVersion } from './ratchet-backend.ts';

/** Gives that many bytes that nobody can guess. */
export type DrawBytes = (length: number) => Uint8Array;

export interface SealedPayload {
  payload: Uint8Array;
  /** Legacy only. */
  iv: Uint8Array | undefined;
  /** What goes to each device through its ratchet. */
  keyMaterial: Uint8Array;
}

export interface OpenInput {
  payload: Uint8Array;
  iv?: Uint8Array | undefined;
  keyMaterial: Uint8Array;
}

/** How one version encrypts what is said, once for all devices. */
export interface PayloadCipher {
  seal(plaintext: Uint8Array, draw: DrawBytes): SealedPayload;
  open(input: OpenInput): Uint8Array;
  emptyKey(draw: DrawBytes): Uint8Array;
}

const CIPHERS: Readonly<Record<OmemoVersion, PayloadCipher>> = {
  legacy: legacyPayload,
  omemo2: omemo2Payload,
};

/** Encrypts the content of a message with a new key: the body in legacy, an SCE envelope in OMEMO 2. */
export const sealPayload = (
  version: OmemoVersion,
  plaintext: Uint8Array,
  draw: DrawBytes = randomBytes,
): SealedPayload => CIPHERS[version].seal(plaintext, draw);

/** Decrypts it with what came through the ratchet. Fails with `bad-mac`, or `malformed`. */
export const openPayload = (version: OmemoVersion, input: OpenInput): Uint8Array =>
  CIPHERS[version].open(input);

/** What goes through the ratchet where there is nothing to say, and so no payload. */
export const emptyKeyMaterial = (version: OmemoVersion, draw: DrawBytes = randomBytes): Uint8Array =>
  CIPHERS[version].emptyKey(draw);
