import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fileStore } from '../../../../src-main/engine/files/file-store.ts';
import { testFolder } from '../../../support/test-folder.ts';
import { sealedAt, sealedFile } from '../../../support/uploaded.ts';

async function* inPieces(bytes: Buffer, size = 1_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const whole = async (pieces: AsyncIterable<Uint8Array>) => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};

describe('files in our folder', () => {
  it('are encrypted, for nobody else to read, and come out as they went in', async () => {
    const dir = testFolder();
    const store = fileStore(dir);
    const plain = Buffer.concat([Buffer.from('something to recognise '), randomBytes(200_000)]);

    const file = await store.keep(inPieces(plain), plain.length);

    const [name = ''] = readdirSync(dir);
    expect(file).toMatchObject({ sizeBytes: plain.length, id: name });
    expect(Buffer.from(file.head)).toEqual(plain.subarray(0, 4_096));
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, name)).includes('something to recognise')).toBe(false);
    expect((await whole(store.read(file))).equals(plain)).toBe(true);
  });

  it('lie there as an encrypted file that others can open', async () => {
    const store = fileStore(testFolder());
    const plain = randomBytes(70_000);
    const file = await store.keep(inPieces(plain), plain.length);
    const secret = Buffer.concat([file.key.iv, file.key.key]).toString('hex');

    const stored = await whole(store.readSealed(file));

    expect(sealedAt(`aesgcm://x.example/f#${secret}`).open(stored).equals(plain)).toBe(true);
  });

  it('are refused in words when the disk is full, and leave nothing behind', async () => {
    const dir = testFolder();
    const store = fileStore(dir);
    async function* untilFull() {
      yield randomBytes(70_000);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    }

    await expect(store.keep(untilFull(), 100_000)).rejects.toMatchObject({
      code: 'storage.failed',
      details: { reason: 'the disk is full' },
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('are taken in encrypted only when their key opens them', async () => {
    const dir = testFolder();
    const store = fileStore(dir);
    const plain = randomBytes(70_000);
    const { stored, addressAt } = sealedFile(plain);
    const bytes = Buffer.from(addressAt('').split('#')[1] ?? '', 'hex');
    const key = { iv: bytes.subarray(0, 12), key: bytes.subarray(12) };
    const changed = Buffer.from(stored);
    changed[1_000] = (changed[1_000] ?? 0) ^ 1;

    const file = await store.keepSealed(inPieces(stored), key, plain.length);

    expect((await whole(store.read(file))).equals(plain)).toBe(true);
    await expect(store.keepSealed(inPieces(changed), key, plain.length)).rejects.toMatchObject({
      kind: 'bad-mac',
    });
    await expect(store.keepSealed(inPieces(stored.subarray(0, 9)), key, 100)).rejects.toMatchObject({
      kind: 'malformed',
    });
    expect(readdirSync(dir)).toEqual([file.id]);
  });

  it('fail when they were changed on the disk', async () => {
    const dir = testFolder();
    const store = fileStore(dir);
    const file = await store.keep(inPieces(randomBytes(5_000)), 5_000);
    const path = join(dir, file.id);
    writeFileSync(path, readFileSync(path).fill(1, 0, 10));

    await expect(text(store.read(file))).rejects.toMatchObject({ kind: 'bad-mac' });
  });

  it('leave nothing behind when they are too large, or break off', async () => {
    const dir = testFolder();
    const store = fileStore(dir);
    const broken = async function* () {
      yield Buffer.alloc(100);
      throw new Error('cut');
    };

    await expect(store.keep(inPieces(Buffer.alloc(1_001)), 1_000)).rejects.toMatchObject({
      limitBytes: 1_000,
    });
    await expect(store.keep(broken(), 1_000)).rejects.toThrow('cut');
    expect(await store.keep(inPieces(Buffer.alloc(1_000)), 1_000)).toMatchObject({ sizeBytes: 1_000 });
    expect(readdirSync(dir)).toHaveLength(1);
  });

  it('go when nobody knows them any more, and only then', async () => {
    const dir = testFolder();
    const before = await fileStore(dir).keep(inPieces(Buffer.alloc(10)), 10);
    const store = fileStore(dir);
    const [held, known, over] = await Promise.all(
      [1, 2, 3].map(() => store.keep(inPieces(Buffer.alloc(10)), 10)),
    );
    writeFileSync(join(dir, 'README'), 'not ours');
    store.release(known?.id ?? '');
    store.release(over?.id ?? '');

    await store.sweep((id) => id === known?.id);

    expect(readdirSync(dir).sort()).toEqual(['README', held?.id, known?.id].sort());
    expect(before.id).not.toBe(held?.id);
  });
});
