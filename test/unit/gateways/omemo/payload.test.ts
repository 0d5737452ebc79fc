import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAesgcmUrl } from '../../../../src-main/gateways/omemo/aesgcm-file.ts';
import { emptyKeyMaterial, openPayload, sealPayload } from '../../../../src-main/gateways/omemo/payload.ts';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';

const kindOf = (task: () => unknown) => {
  try {
    task();
  } catch (error) {
    return error instanceof OmemoTrouble ? error.kind : error;
  }
  return undefined;
};
const text = Buffer.from('Grüße');

describe('what is said', () => {
  it.each(['legacy', 'omemo2'] as const)('has a new key each time (%s)', (version) => {
    const [one, other] = [sealPayload(version, text), sealPayload(version, text)];

    expect(Buffer.from(openPayload(version, one)).toString()).toBe('Grüße');
    expect(one.keyMaterial).not.toEqual(other.keyMaterial);
    expect(one.payload).not.toEqual(other.payload);
  });

  it('may be nothing', () => {
    expect(openPayload('legacy', sealPayload('legacy', new Uint8Array()))).toHaveLength(0);
  });

  it('goes with 12 bytes of iv in legacy, and none in OMEMO 2', () => {
    expect(sealPayload('legacy', text).iv).toHaveLength(12);
    expect(sealPayload('omemo2', text).iv).toBeUndefined();
  });

  it('is not there in an empty message: zeros in OMEMO 2, any key in legacy', () => {
    expect(emptyKeyMaterial('omemo2')).toEqual(new Uint8Array(32));
    expect(emptyKeyMaterial('legacy')).toHaveLength(32);
    expect(emptyKeyMaterial('legacy')).not.toEqual(emptyKeyMaterial('legacy'));
  });

  it.each([0, 15, 17, 31, 33, 48])('is refused in legacy with a key of %d bytes', (length) => {
    const sealed = sealPayload('legacy', text);

    expect(kindOf(() => openPayload('legacy', { ...sealed, keyMaterial: new Uint8Array(length) }))).toBe(
      'malformed',
    );
  });

  it('is refused in legacy without an iv, or shorter than its tag', () => {
    const { payload, iv, keyMaterial } = sealPayload('legacy', text);

    expect(kindOf(() => openPayload('legacy', { payload, keyMaterial }))).toBe('malformed');
    const key = keyMaterial.subarray(0, 16);
    expect(kindOf(() => openPayload('legacy', { payload, iv, keyMaterial: key }))).toBe('malformed');
  });

  it.each([0, 16, 32, 47, 49])('is refused in OMEMO 2 with a key of %d bytes', (length) => {
    const sealed = sealPayload('omemo2', text);

    expect(kindOf(() => openPayload('omemo2', { ...sealed, keyMaterial: new Uint8Array(length) }))).toBe(
      'malformed',
    );
  });

  it.each([
    ['no content', () => Buffer.alloc(0)],
    ['half a block', () => Buffer.alloc(8)],
    [
      'a broken end',
      (key: Buffer, iv: Buffer) => {
        const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
        return Buffer.concat([cipher.update(Buffer.alloc(16, 0xee)), cipher.final()]);
      },
    ],
  ])('is refused in OMEMO 2 where the sender made %s', (_name, make) => {
    const key = Buffer.alloc(32, 7);
    const derived = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(32), 'OMEMO Payload', 80));
    const payload = make(derived.subarray(0, 32), derived.subarray(64));
    const mac = createHmac('sha256', derived.subarray(32, 64)).update(payload).digest().subarray(0, 16);

    expect(kindOf(() => openPayload('omemo2', { payload, keyMaterial: Buffer.concat([key, mac]) }))).toBe(
      'malformed',
    );
  });
});

describe('the address of a file', () => {
  const secret = 'ab'.repeat(44);
  it.each([
    'https://example.org/a#',
    'aesgcm://example.org/a',
    `aesgcm://example.org/a#${secret}00`,
    `aesgcm://example.org/a#${secret.slice(1)}z`,
    `aesgcm://#${secret}`,
    `see aesgcm://example.org/a#${secret}`,
    `aesgcm://example.org/a#${secret} and more`,
  ])('is none: %s', (address) => {
    expect(readAesgcmUrl(address)).toBeUndefined();
  });

  it('is fetched over https', () => {
    expect(readAesgcmUrl(`AESGCM://example.org:5443/a%20b#${secret}`)?.httpsUrl).toBe(
      'https://example.org:5443/a%20b',
    );
  });
});
