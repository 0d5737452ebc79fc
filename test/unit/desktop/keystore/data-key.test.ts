import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CannotMove,
  dataKeys,
  KeystoreRefuses,
  NeedsKeyChoice,
  SealedKeyBroken,
} from '../../../../src-main/desktop/keystore/data-key.ts';
import { textIn } from '../../../../src-main/desktop/text/text.ts';
import { testFolder } from '../../../support/test-folder.ts';

/** A keystore that can be locked, break, or be missing. */
function fakeKeystore() {
  const state = { isAvailable: true, isLocked: false, takes: true };
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    state,
    isAvailable: () => state.isAvailable,
    name: () => 'Test keystore',
    seal: (secret: string) => {
      if (!state.takes) throw new Error('full');
      return turn(Buffer.from(secret));
    },
    open: (sealed: Buffer) => {
      if (state.isLocked) throw new Error('locked');
      return turn(sealed).toString();
    },
  };
}

function rig(givenFile?: string) {
  const dataDir = testFolder();
  const keystore = fakeKeystore();
  const keys = dataKeys({ dataDir, givenFile, keystore, text: () => textIn('en') });
  const folder = join(dataDir, 'keys');
  const plain = join(folder, 'data.key');
  const sealed = join(folder, 'data.key.sealed');
  const putPlain = (key = Buffer.alloc(32, 3)) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(plain, `${key.toString('base64')}\n`);
    return key.toString('base64');
  };
  return { dataDir, keystore, keys, plain, sealed, putPlain };
}

describe('the data key at a start', () => {
  it('is made in the keystore the first time, and the same ever after', () => {
    const { keys, plain, sealed } = rig();

    const first = keys.forStart();

    expect(Buffer.from(first ?? '', 'base64')).toHaveLength(32);
    expect(keys.forStart()).toBe(first);
    expect([existsSync(plain), existsSync(sealed)]).toEqual([false, true]);
  });

  it('is for a person to decide where there is no keystore, or one that takes nothing', () => {
    const { keystore, keys, plain, sealed } = rig();

    keystore.state.isAvailable = false;
    expect(() => keys.forStart()).toThrow(NeedsKeyChoice);
    Object.assign(keystore.state, { isAvailable: true, takes: false });
    expect(() => keys.forStart()).toThrow(NeedsKeyChoice);
    expect([existsSync(plain), existsSync(sealed)]).toEqual([false, false]);
    keys.keepInFile();

    expect(keys.forStart()).toBeUndefined();
    expect(keys.status()).toMatchObject({ place: 'file', canMoveTo: 'keystore' });
  });

  it('is left to the engine where its file is there, was named, or a database has none', () => {
    const withFile = rig();
    withFile.putPlain();
    const given = rig('/elsewhere/data.key');
    const lost = rig();
    writeFileSync(join(lost.dataDir, 'bot_registry.db'), 'sealed with a key that is gone');

    expect([withFile, given, lost].map(({ keys }) => keys.forStart())).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    lost.keys.keepInFile();
    expect([existsSync(lost.plain), existsSync(lost.sealed)]).toEqual([false, false]);
  });

  it('is not replaced when the keystore is locked or gone, or its file is damaged', () => {
    const { keystore, keys, sealed } = rig();
    const key = keys.forStart();
    const before = readFileSync(sealed, 'utf8');

    keystore.state.isLocked = true;
    expect(() => keys.forStart()).toThrow(KeystoreRefuses);
    Object.assign(keystore.state, { isLocked: false, isAvailable: false });
    expect(() => keys.forStart()).toThrow(KeystoreRefuses);
    keystore.state.isAvailable = true;
    expect([keys.forStart(), readFileSync(sealed, 'utf8')]).toEqual([key, before]);
    writeFileSync(sealed, '{"version":1');

    expect(() => keys.forStart()).toThrow(SealedKeyBroken);
    expect(readFileSync(sealed, 'utf8')).toBe('{"version":1');
  });

  it('is the one in the key file where both are: a restored backup has brought it', () => {
    const { keys, putPlain } = rig();
    keys.forStart();
    putPlain();

    expect(keys.forStart()).toBeUndefined();
    expect(keys.status().place).toBe('file');
  });
});

describe('moving the data key', () => {
  it('keeps it the same, into the keystore and back', () => {
    const { keys, plain, sealed, putPlain } = rig();
    const key = putPlain();

    expect(keys.move('keystore').place).toBe('keystore');
    expect([existsSync(plain), keys.forStart()]).toEqual([false, key]);
    expect(keys.move('file').place).toBe('file');

    expect(readFileSync(plain, 'utf8').trim()).toBe(key);
    expect(existsSync(sealed)).toBe(false);
  });

  it('leaves it where it was when the keystore does not take it, or gives back something else', () => {
    const { keystore, keys, plain, sealed, putPlain } = rig();
    const key = putPlain();

    keystore.state.takes = false;
    expect(() => keys.move('keystore')).toThrow(CannotMove);
    Object.assign(keystore.state, { takes: true, isLocked: true });
    expect(() => keys.move('keystore')).toThrow(CannotMove);

    expect(readFileSync(plain, 'utf8').trim()).toBe(key);
    expect(existsSync(sealed)).toBe(false);
  });

  it('leaves it in the keystore when that does not give it', () => {
    const { keystore, keys, plain, sealed } = rig();
    keys.forStart();

    keystore.state.isLocked = true;
    expect(() => keys.move('file')).toThrow(KeystoreRefuses);

    expect([existsSync(plain), existsSync(sealed)]).toEqual([false, true]);
  });

  it('is refused in words where there is nothing to move, or nowhere to', () => {
    const none = rig();
    const given = rig('/elsewhere/data.key');
    const damaged = rig();
    damaged.putPlain(Buffer.alloc(5));
    const noKeystore = rig();
    noKeystore.putPlain();
    noKeystore.keystore.state.isAvailable = false;

    expect(() => none.keys.move('keystore')).toThrow('There is no key yet.');
    expect(() => given.keys.move('keystore')).toThrow(/BOTMOTHER_KEY_FILE names/);
    expect(() => damaged.keys.move('keystore')).toThrow(/is not one/);
    expect(() => noKeystore.keys.move('keystore')).toThrow(/no keystore/);
    noKeystore.keystore.state.isAvailable = true;
    expect(() => noKeystore.keys.move('file')).toThrow('The key is there already.');
  });
});
