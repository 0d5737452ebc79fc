import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedOf, shownText, unfold } from '../../../src-renderer/views/chats/text/fold.ts';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('a long text', () => {
  it('is shown whole up to forty lines and four thousand characters', () => {
    expect(foldedOf('')).toBeUndefined();
    expect(foldedOf(lines(40))).toBeUndefined();
    expect(foldedOf(`${lines(40)}\n`)).toBeUndefined();
    expect(foldedOf('a'.repeat(4_000))).toBeUndefined();
  });

  it('is folded behind its fortieth line, and between two words', () => {
    expect(foldedOf(lines(41))).toBe(lines(40));
    const words = 'word '.repeat(1_000);
    const folded = foldedOf(words) ?? '';
    expect(words.startsWith(folded)).toBe(true);
    expect(folded.endsWith('word')).toBe(true);
    expect(folded.length).toBeGreaterThan(3_700);
    expect(foldedOf('a'.repeat(5_000))).toHaveLength(4_000);
  });

  it('has a beginning that is one, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 6_000, size: 'max' }), (text) => {
        const folded = foldedOf(text);
        if (folded === undefined) return;
        expect(folded.length).toBeLessThan(text.length);
        expect(folded.isWellFormed()).toBe(true);
        expect(folded.split('\n').length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 50 },
    );
  });

  it('stays as somebody has left it', () => {
    const message = { message_id: 'long-1', text: lines(100) };
    expect(shownText(message)).toBe(lines(40));
    unfold('long-1', true);
    expect(shownText(message)).toBe(lines(100));
    unfold('long-1', false);
    expect(shownText(message)).toBe(lines(40));
  });
});
