import { describe, expect, it } from 'vitest';
import { freshOutgoing } from '../../../src-main/store/fresh-outgoing.ts';
import type { AccountId, MessageId } from '../../../src-shared/ids.ts';

const YOU = 1 as AccountId;
const message = (seq: number, stanza = `<message id="${seq}"/>`) => ({
  seq,
  id: `m${seq}` as MessageId,
  stanza,
});
const seqs = (found: { seq: number }[] | undefined) => found?.map(({ seq }) => seq);

describe('what was committed lately', () => {
  it('is given in order, from behind the last that was sent', () => {
    const fresh = freshOutgoing();
    for (const seq of [5, 6, 9]) fresh.add(YOU, message(seq));

    expect(seqs(fresh.after(YOU, 4, 10))).toEqual([5, 6, 9]);
    expect(seqs(fresh.after(YOU, 5, 10))).toEqual([6, 9]);
    expect(seqs(fresh.after(YOU, 5, 1))).toEqual([6]);
    expect(fresh.after(YOU, 9, 10)).toEqual([]);
  });

  it('says that it does not know of what was there before it', () => {
    const fresh = freshOutgoing();
    expect(fresh.after(YOU, 0, 10)).toBeUndefined();
    fresh.add(YOU, message(5));
    expect(fresh.after(YOU, 3, 10)).toBeUndefined();
    expect(fresh.after(2 as AccountId, 5, 10)).toBeUndefined();
  });

  it('leaves out what waits no more', () => {
    const fresh = freshOutgoing();
    for (const seq of [5, 6, 7]) fresh.add(YOU, message(seq));
    fresh.drop(YOU, 'm6');
    fresh.drop(YOU, 'somebody else');

    expect(seqs(fresh.after(YOU, 4, 10))).toEqual([5, 7]);
  });

  it.each([
    ['many', 300, 'x'],
    ['long', 12, 'x'.repeat(100_000)],
  ])('is given up when there are too %s, and knows again what comes after that', (_name, count, stanza) => {
    const fresh = freshOutgoing();
    for (let seq = 1; seq <= count; seq += 1) fresh.add(YOU, message(seq, stanza));
    expect(fresh.after(YOU, 0, 10)).toBeUndefined();

    const newest = count + 1;
    fresh.add(YOU, message(newest));
    expect(seqs(fresh.after(YOU, count, 10))).toEqual([newest]);
  });
});
