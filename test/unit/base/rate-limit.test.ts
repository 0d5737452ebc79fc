import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../../src-main/base/rate-limit.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('the token bucket', () => {
  it('lets as many through at once as it is deep, then one per refill', () => {
    const clock = new ManualClock();
    const limit = new RateLimit<string>(() => ({ depth: 3, perSecond: 2 }), clock.monotonic);

    expect([1, 2, 3].map(() => limit.take('a').waitMs)).toEqual([0, 0, 0]);
    expect(limit.take('a').waitMs).toBe(500);
    clock.advance(500);
    expect(limit.take('a').waitMs).toBe(0);
    expect(limit.take('a').waitMs).toBe(500);
  });

  it('keeps keys apart and fills up no further than it is deep', () => {
    const clock = new ManualClock();
    const limit = new RateLimit<string>(() => ({ depth: 1, perSecond: 1 }), clock.monotonic);

    limit.take('a');
    expect(limit.take('b').waitMs).toBe(0);
    clock.advance(60_000);
    expect(limit.take('a').waitMs).toBe(0);
    expect(limit.take('a').waitMs).toBe(1_000);
  });
});
