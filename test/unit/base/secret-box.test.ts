import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SealBroken, secretBox } from '../../../src-main/base/secret-box.ts';

const place = { table: 'bot', row: 1, column: 'token_raw' };

describe('the secret box', () => {
  it('opens what it sealed, in the same place', () => {
    const box = secretBox(randomBytes(32));

    expect(box.open(box.seal('grüße 🎉', place), place)).toBe('grüße 🎉');
  });

  it('does not open a value in another row, column or table', () => {
    const box = secretBox(randomBytes(32));
    const sealed = box.seal('secret', place);

    for (const other of [{ row: 2 }, { column: 'bot_password' }, { table: 'account' }]) {
      expect(() => box.open(sealed, { ...place, ...other })).toThrow(SealBroken);
    }
  });

  it('does not open a changed value, nor one of another key', () => {
    const box = secretBox(randomBytes(32));
    const sealed = box.seal('secret', place);
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;

    expect(() => box.open(changed, place)).toThrow(SealBroken);
    expect(() => secretBox(randomBytes(32)).open(sealed, place)).toThrow(SealBroken);
    expect(() => box.open(Buffer.alloc(3), place)).toThrow(SealBroken);
  });

  it('never seals to the same bytes twice, and digests to the same text always', () => {
    const key = randomBytes(32);

    expect(secretBox(key).seal('x', place)).not.toEqual(secretBox(key).seal('x', place));
    expect(secretBox(key).digest('bm_1')).toBe(secretBox(key).digest('bm_1'));
    expect(secretBox(key).digest('bm_1')).not.toBe(secretBox(key).digest('bm_2'));
  });

  it('refuses a data key of another length', () => {
    expect(() => secretBox(randomBytes(16))).toThrow(RangeError);
  });
});
