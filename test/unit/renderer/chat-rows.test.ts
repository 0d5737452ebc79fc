import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inBlocks } from '../../../src-renderer/views/chats/blocks.ts';
import { heightOf } from '../../../src-renderer/views/chats/log/height.ts';
import { rowsOf } from '../../../src-renderer/views/chats/log/rows.ts';
import type { ChatMessage } from '../../../src-shared/client/types.ts';

const range = (startIndex: number, endIndex: number, count: number) =>
  inBlocks({ startIndex, endIndex, count, overscan: 4, lanes: 1 });

describe('the rows that are drawn', () => {
  it('are those in sight and some beside them, of those there are', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(30), fc.nat(500), (start, seen, behind) => {
        const end = start + seen;
        const count = end + behind + 1;
        const drawn = range(start, end, count);
        expect(drawn).toEqual(drawn.map((_, index) => (drawn[0] ?? 0) + index));
        expect(drawn[0]).toBeLessThanOrEqual(Math.max(0, start - 4));
        expect(drawn.at(-1)).toBeGreaterThanOrEqual(Math.min(count - 1, end + 4));
        expect(drawn.at(-1)).toBeLessThan(count);
        expect(drawn.length).toBeLessThanOrEqual(seen + 1 + 2 * (4 + 4));
      }),
    );
  });

  it('change with every fourth step of a scroll at each end, and never come back while it goes on', () => {
    const drawn = Array.from({ length: 100 }, (_, step) => {
      // As many are in sight or one more, by where they are cut.
      const rows = range(step, step + 11 + (step % 2), 1_000);
      return { first: rows[0], end: rows.at(-1) };
    });

    const firsts = drawn.map(({ first }) => first ?? 0);
    const ends = drawn.map(({ end }) => end ?? 0);
    expect(new Set(firsts).size).toBeLessThanOrEqual(25);
    expect(new Set(ends).size).toBeLessThanOrEqual(27);
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });
});

describe('the height of a row, before it is drawn', () => {
  const LETTER_PX = 8;
  const height = (text: string, change: Partial<ChatMessage> = {}) => {
    const message = { id: 1, sent_at: 0, author: 'friend@a.example', outgoing: false, text, ...change };
    const [row] = rowsOf(
      [{ kind: 'text', by: 'person', files: [], reactions: [], actions: [], ...message } as never],
      undefined,
    );
    return heightOf(row && { ...row, beginsDay: false }, LETTER_PX);
  };

  // As Chromium lays them out with letters of that width.
  it.each([
    ['one line', 'short', 46],
    ['a line whose end has room for the clock', 'a'.repeat(66), 46],
    ['a line whose end has none', 'a'.repeat(69), 66],
    ['lines that are broken', 'a'.repeat(150), 86],
    ['lines that were written', 'a\nb\nc', 86],
  ])('is that of %s', (_name, text, px) => {
    expect(height(text)).toBe(px);
  });

  it('knows code by its frame, and that the clock stands below it', () => {
    expect(height('```\na\nb\n```')).toBe(26 + 69 + 2 * 19 + 18);
    // One that nobody has closed goes to the end.
    expect(height('see:\n```\na')).toBe(26 + 20 + 69 + 19 + 18);
  });
});
