import { x25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { generateKeyPair, keyPairOf, sharedSecret } from '../../../../src-main/gateways/omemo/curve.ts';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { curveOfEd, edOfCurve, sign, verify } from '../../../../src-main/gateways/omemo/xeddsa.ts';

/** The points of low order of Curve25519 and of its twist (RFC 7748, section 6.1), and two not reduced. */
const LOW_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));

const kindOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof OmemoTrouble) return error.kind;
    throw error;
  }
  return 'none';
};

describe('keys', () => {
  it('are clamped when they are made', () => {
    for (let count = 0; count < 20; count += 1) {
      const { privateKey } = generateKeyPair();

      expect([(privateKey[0] ?? 0) & 0x07, (privateKey[31] ?? 0) & 0xc0]).toEqual([0, 0x40]);
    }
  });

  it('make the same secret on both sides, and the one that another implementation makes', () => {
    const [alice, bob] = [generateKeyPair(), generateKeyPair()];

    const secret = sharedSecret(alice.privateKey, bob.publicKey);

    expect(sharedSecret(bob.privateKey, alice.publicKey)).toEqual(secret);
    expect(new Uint8Array(secret)).toEqual(
      new Uint8Array(x25519.getSharedSecret(alice.privateKey, bob.publicKey)),
    );
    expect(keyPairOf(alice.privateKey)).toEqual(alice);
    // Read anew, not remembered.
    expect(sharedSecret(alice.privateKey.slice(), bob.publicKey.slice())).toEqual(secret);
  });

  it('are clamped in a copy when they come from elsewhere', () => {
    const given = new Uint8Array(32).fill(0xff);

    const pair = keyPairOf(given);

    expect(given).toEqual(new Uint8Array(32).fill(0xff));
    expect([pair.privateKey[0], pair.privateKey[31]]).toEqual([0xf8, 0x7f]);
    expect(pair.publicKey).toEqual(new Uint8Array(x25519.getPublicKey(given)));
  });

  it.each(LOW_ORDER.map((key) => [Buffer.from(key).toString('hex'), key] as const))(
    'refuse the point of low order %s',
    (_, key) => {
      expect(kindOf(() => sharedSecret(generateKeyPair().privateKey, key))).toBe('malformed');
    },
  );

  it.each([0, 1, 31, 33, 64])('refuse a key of %i bytes', (length) => {
    const key = new Uint8Array(length);
    const { privateKey } = generateKeyPair();

    const troubles = [
      () => sharedSecret(privateKey, key),
      () => sharedSecret(key, generateKeyPair().publicKey),
      () => keyPairOf(key),
      () => edOfCurve(key),
      () => curveOfEd(key),
    ].map(kindOf);

    expect(troubles).toEqual(Array(5).fill('malformed'));
  });
});

describe('the Ed25519 form', () => {
  it('is refused where there is no point, or one of low order', () => {
    const noPoint = new Uint8Array(32).fill(2);
    const neutral = new Uint8Array(32);
    neutral[0] = 1;

    expect(kindOf(() => curveOfEd(noPoint))).toBe('malformed');
    expect(kindOf(() => curveOfEd(neutral))).toBe('malformed');
    expect(kindOf(() => edOfCurve(LOW_ORDER[4] ?? neutral))).toBe('malformed');
  });

  it('comes back as it was, with either sign', () => {
    for (let count = 0; count < 20; count += 1) {
      const { publicKey } = generateKeyPair();

      expect(curveOfEd(edOfCurve(publicKey, 0))).toEqual(publicKey);
      expect(curveOfEd(edOfCurve(publicKey, 1))).toEqual(publicKey);
    }
  });
});

describe('a signature', () => {
  it('fails with any byte changed', () => {
    const pair = generateKeyPair();
    const message = Buffer.from('a prekey');
    const signature = sign(pair, message);

    for (let index = 0; index < 64; index += 1) {
      const changed = new Uint8Array(signature);
      changed[index] = (changed[index] ?? 0) ^ 0x40;
      expect(verify(pair.publicKey, message, changed)).toBe(false);
    }
    expect(verify(pair.publicKey, message, signature)).toBe(true);
    expect(verify(pair.publicKey, message, signature.slice(1))).toBe(false);
  });
});
