import { describe, expect, it } from 'vitest';
import {
  aesgcmUrl,
  FILE_TAG_BYTES,
  newFileKey,
  openFile,
  readAesgcmUrl,
  sealFile,
} from '../../../../src-main/gateways/omemo/aesgcm-file.ts';
import { type DrawBytes, openPayload, sealPayload } from '../../../../src-main/gateways/omemo/payload.ts';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { openEnvelope } from '../../../../src-main/gateways/omemo/sce-envelope.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { vectorsOf } from '../../../support/omemo-vectors.ts';

interface PayloadVector {
  legacy: { text: string; iv: string; payload: string; key_and_tag: string };
  omemo2: { envelope: string; text: string; key_and_hmac: string; payload: string };
  aesgcm_file: { plain: string; stored: string; url: string };
}

const hex = (text: string) => Buffer.from(text, 'hex');
const base64 = (text: string) => Buffer.from(text, 'base64');
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Draws what the other implementation drew. */
const drawing = (...recorded: Uint8Array[]): DrawBytes => {
  const left = [...recorded];
  return () => left.shift() ?? expect.fail('nothing was drawn here');
};
/** In pieces of a size at which nothing ends. */
async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}
async function flown(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
const flipped = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const kindOf = (task: () => unknown) => {
  try {
    task();
  } catch (error) {
    return error instanceof OmemoTrouble ? error.kind : error;
  }
  return undefined;
};

describe.each(vectorsOf<PayloadVector>('payload'))('%s', (_name, { legacy, omemo2, aesgcm_file: file }) => {
  it('legacy: the text is read, and written byte for byte the same', () => {
    const input = {
      payload: base64(legacy.payload),
      iv: base64(legacy.iv),
      keyMaterial: hex(legacy.key_and_tag),
    };

    expect(Buffer.from(openPayload('legacy', input)).toString()).toBe(legacy.text);
    const draw = drawing(input.keyMaterial.subarray(0, 16), input.iv);
    const sealed = sealPayload('legacy', Buffer.from(legacy.text), draw);
    expect(toHex(sealed.payload)).toBe(toHex(input.payload));
    expect(toHex(sealed.keyMaterial)).toBe(legacy.key_and_tag);
    expect(toHex(sealed.iv ?? hex(''))).toBe(toHex(input.iv));
  });

  it('legacy: the tag may stand behind the text', () => {
    const material = hex(legacy.key_and_tag);
    const payload = Buffer.concat([base64(legacy.payload), material.subarray(16)]);

    const opened = openPayload('legacy', {
      payload,
      iv: base64(legacy.iv),
      keyMaterial: material.subarray(0, 16),
    });

    expect(Buffer.from(opened).toString()).toBe(legacy.text);
  });

  it('OMEMO 2: the envelope is read, and written byte for byte the same', () => {
    const input = { payload: base64(omemo2.payload), keyMaterial: hex(omemo2.key_and_hmac) };

    const opened = openPayload('omemo2', input);

    expect(Buffer.from(opened).toString()).toBe(omemo2.envelope);
    const sealed = sealPayload('omemo2', opened, drawing(input.keyMaterial.subarray(0, 32)));
    expect(toHex(sealed.payload)).toBe(toHex(input.payload));
    expect(toHex(sealed.keyMaterial)).toBe(omemo2.key_and_hmac);
    const sender = bareJid('alice@example.org');
    const { content } = openEnvelope(opened, { from: sender, to: undefined, isRoom: false });
    expect(content.map((one) => [one.getName(), one.getNS(), one.getText()])).toEqual([
      ['body', 'jabber:client', omemo2.text],
    ]);
  });

  it('what was changed is refused', () => {
    const old = {
      payload: base64(legacy.payload),
      iv: base64(legacy.iv),
      keyMaterial: hex(legacy.key_and_tag),
    };
    const now = { payload: base64(omemo2.payload), keyMaterial: hex(omemo2.key_and_hmac) };
    const changes = [
      () => openPayload('legacy', { ...old, keyMaterial: flipped(old.keyMaterial, 31) }),
      () => openPayload('legacy', { ...old, keyMaterial: flipped(old.keyMaterial, 0) }),
      () => openPayload('legacy', { ...old, iv: flipped(old.iv, 3) }),
      () => openPayload('omemo2', { ...now, payload: flipped(now.payload, 0) }),
      () => openPayload('omemo2', { ...now, keyMaterial: flipped(now.keyMaterial, 47) }),
      () => openPayload('omemo2', { ...now, keyMaterial: flipped(now.keyMaterial, 0) }),
    ];

    expect(changes.map(kindOf)).toEqual(changes.map(() => 'bad-mac'));
  });

  it('a file is read, and written byte for byte the same', async () => {
    const address = readAesgcmUrl(file.url);
    if (!address) expect.fail('the address is not read');

    const opened = (stored: Uint8Array) =>
      flown(
        openFile(inPieces(stored.subarray(0, -FILE_TAG_BYTES)), stored.subarray(-FILE_TAG_BYTES), address),
      );

    const plain = await opened(base64(file.stored));

    expect(toHex(plain)).toBe(toHex(base64(file.plain)));
    const key = newFileKey(drawing(address.iv, address.key));
    expect(toHex(await flown(sealFile(inPieces(plain), key)))).toBe(toHex(base64(file.stored)));
    expect(aesgcmUrl(address.httpsUrl, address)).toBe(file.url);
    const changed = base64(file.stored).map((byte, index) => (index === 0 ? byte ^ 1 : byte));
    await expect(opened(changed)).rejects.toMatchObject({ kind: 'bad-mac' });
    await expect(opened(base64(file.stored).subarray(0, 9))).rejects.toMatchObject({ kind: 'malformed' });
  });
});
