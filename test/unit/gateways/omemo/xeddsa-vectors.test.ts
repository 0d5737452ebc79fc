import { describe, expect, it } from 'vitest';
import { keyPairOf, sharedSecret } from '../../../../src-main/gateways/omemo/curve.ts';
import {
  curveOfEd,
  edOfCurve,
  sign,
  verify,
  verifyPublished,
} from '../../../../src-main/gateways/omemo/xeddsa.ts';
import { vectorsOf } from '../../../support/omemo-vectors.ts';

interface XeddsaVector {
  priv: string;
  curve_pub: string;
  ed25519_pub: string;
  ed25519_pub_sign0: string;
  curve_to_ed_sign0: string;
  curve_to_ed_sign1: string;
  message: string;
  xeddsa_signature_sign0: string;
  libsignal_signature: string;
  bad_signature: string;
  peer_pub: string;
  shared_secret: string;
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const stranger = keyPairOf(new Uint8Array(32).fill(9));
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

describe.each(vectorsOf<XeddsaVector>('xeddsa'))('%s', (_, vector) => {
  const pair = keyPairOf(bytes(vector.priv));
  const message = bytes(vector.message);

  it('makes the same public key and the same shared secret', () => {
    expect(hex(pair.privateKey)).toBe(vector.priv);
    expect(hex(pair.publicKey)).toBe(vector.curve_pub);
    expect(hex(sharedSecret(pair.privateKey, bytes(vector.peer_pub)))).toBe(vector.shared_secret);
  });

  it('goes from Curve25519 to Ed25519 and back', () => {
    expect(hex(edOfCurve(pair.publicKey))).toBe(vector.ed25519_pub_sign0);
    expect(hex(edOfCurve(pair.publicKey, 0))).toBe(vector.curve_to_ed_sign0);
    expect(hex(edOfCurve(pair.publicKey, 1))).toBe(vector.curve_to_ed_sign1);
    expect(hex(curveOfEd(bytes(vector.ed25519_pub)))).toBe(vector.curve_pub);
    expect(hex(curveOfEd(bytes(vector.curve_to_ed_sign1)))).toBe(vector.curve_pub);
  });

  it('verifies both kinds of signature, and only for what was signed', () => {
    for (const signature of [bytes(vector.xeddsa_signature_sign0), bytes(vector.libsignal_signature)]) {
      expect(verify(pair.publicKey, message, signature)).toBe(true);
      expect(verifyPublished(bytes(vector.ed25519_pub), message, signature)).toBe(true);
      expect(verify(pair.publicKey, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false);
      expect(verify(stranger.publicKey, message, signature)).toBe(false);
    }
    expect(verify(pair.publicKey, message, bytes(vector.bad_signature))).toBe(false);
    expect(verifyPublished(bytes(vector.ed25519_pub), message, bytes(vector.bad_signature))).toBe(false);
  });

  it('signs so that it verifies, another way each time', () => {
    const first = sign(pair, message);

    expect(verify(pair.publicKey, message, first)).toBe(true);
    expect(verifyPublished(bytes(vector.ed25519_pub_sign0), message, first)).toBe(true);
    expect((first[63] ?? 0) & 0x80).toBe(0);
    expect(hex(sign(pair, message))).not.toBe(hex(first));
  });
});
