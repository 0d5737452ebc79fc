import { createHash, createPublicKey, randomBytes, verify as verifyNative } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { checkLength, clamp, KEY_LENGTH } from './curve.ts';
import { type KeyPair, OmemoTrouble } from './ratchet-backend.ts';

const { Point } = ed25519;
const { Fp, Fn } = Point;
const SIGNATURE_LENGTH = 64;
const SIGN_BIT = 0x80;

/**
 * The Ed25519 form of a Curve25519 public key, with the sign bit given: the curve form does not say which of the two
 * points it was. We publish ours with 0, as XEdDSA does; others publish what came up.
 */
export function edOfCurve(publicKey: Uint8Array, sign: 0 | 1 = 0): Uint8Array {
  checkLength(publicKey);
  const u = Fp.create(littleEndian(publicKey, 0x7f));
  if (Fp.eql(u, Fp.neg(Fp.ONE))) throw new OmemoTrouble('malformed', 'The public key has no Ed25519 form.');
  const y = Fp.mul(Fp.sub(u, Fp.ONE), Fp.inv(Fp.add(u, Fp.ONE)));
  const encoded = new Uint8Array(Fp.toBytes(y));
  if (sign === 1) encoded[31] = (encoded[31] ?? 0) | SIGN_BIT;
  return encoded;
}

/** The Curve25519 form of an Ed25519 public key, whatever its sign bit. Refuses what is no point, or of low order. */
export function curveOfEd(edKey: Uint8Array): Uint8Array {
  checkLength(edKey);
  try {
    const point = Point.fromBytes(edKey);
    if (point.isSmallOrder()) throw new Error('small order');
    return new Uint8Array(ed25519.utils.toMontgomery(edKey));
  } catch {
    throw new OmemoTrouble('malformed', 'The public key is no point of Ed25519.');
  }
}

/**
 * Signs with the private key of a Curve25519 pair (XEdDSA). It verifies under the Ed25519 form with sign bit 0, and for
 * every verifier of libsignal's kind.
 */
export function sign(
  identity: KeyPair,
  message: Uint8Array,
  noise: Uint8Array = randomBytes(64),
): Uint8Array {
  checkLength(identity.privateKey);
  const natural = Fn.create(littleEndian(clamp(new Uint8Array(identity.privateKey)), 0xff));
  const point = Point.BASE.multiply(natural);
  const isNegative = ((point.toBytes()[31] ?? 0) & SIGN_BIT) !== 0;
  const scalar = isNegative ? Fn.neg(natural) : natural;
  const publicKey = (isNegative ? point.negate() : point).toBytes();

  const nonce = hashToScalar(NONCE_PREFIX, Fn.toBytes(scalar), message, noise);
  const commitment = Point.BASE.multiply(nonce).toBytes();
  const challenge = hashToScalar(commitment, publicKey, message);
  const signature = new Uint8Array(SIGNATURE_LENGTH);
  signature.set(commitment);
  signature.set(Fn.toBytes(Fn.add(nonce, Fn.mul(challenge, scalar))), KEY_LENGTH);
  return signature;
}

/**
 * Whether the owner of a Curve25519 key signed this. Takes XEdDSA, and the older kind of libsignal, which puts the sign
 * bit of the signer's Ed25519 key into the top bit of the signature.
 */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_LENGTH) return false;
  const sign = ((signature[SIGNATURE_LENGTH - 1] ?? 0) & SIGN_BIT) === 0 ? 0 : 1;
  const cleared = new Uint8Array(signature);
  cleared[SIGNATURE_LENGTH - 1] = (cleared[SIGNATURE_LENGTH - 1] ?? 0) & ~SIGN_BIT;
  return verifyEd(edOfCurve(publicKey, sign), message, cleared);
}

/**
 * Whether the owner of an Ed25519 key, as it was published, signed this. Also takes what `verify` takes: there are
 * signers who publish one sign bit and sign with the other.
 */
export function verifyPublished(edKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_LENGTH) return false;
  return verifyEd(edKey, message, signature) || verify(curveOfEd(edKey), message, signature);
}

function verifyEd(edKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  checkLength(edKey);
  const x = Buffer.from(edKey.buffer, edKey.byteOffset, edKey.byteLength).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verifyNative(null, message, key, signature);
}

/** The first input of XEdDSA's second hash function: 2^256 - 2 in little endian. */
const NONCE_PREFIX = new Uint8Array(KEY_LENGTH).fill(0xff);
NONCE_PREFIX[0] = 0xfe;

function hashToScalar(...parts: Uint8Array[]): bigint {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return Fn.create(littleEndian(hash.digest(), 0xff));
}

function littleEndian(bytes: Uint8Array, topMask: number): bigint {
  const reversed = Buffer.from(bytes).reverse();
  reversed[0] = (reversed[0] ?? 0) & topMask;
  return BigInt(`0x${reversed.toString('hex')}`);
}
