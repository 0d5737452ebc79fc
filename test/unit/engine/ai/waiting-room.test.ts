import { describe, expect, it } from 'vitest';
import { noRoom } from '../../../../src-main/engine/ai/waiting-room.ts';

describe('questions that wait', () => {
  it.each([
    [{ ofPerson: 5, ofBot: 5, all: 5 }, undefined],
    [{ ofPerson: 6, ofBot: 6, all: 6 }, 'ai.busy'],
    [{ ofPerson: 0, ofBot: 199, all: 999 }, undefined],
    [{ ofPerson: 0, ofBot: 200, all: 200 }, 'ai.crowded'],
    [{ ofPerson: 0, ofBot: 10, all: 1_000 }, 'ai.crowded'],
    // Those of others are not in the way of the first ones of a bot.
    [{ ofPerson: 0, ofBot: 9, all: 100_000 }, undefined],
  ])('have room or not: %o', (waiting, code) => expect(noRoom(waiting)?.code).toBe(code));
});
