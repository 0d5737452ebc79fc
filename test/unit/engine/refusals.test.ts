import { describe, expect, it } from 'vitest';
import { refusals } from '../../../src-main/engine/audit/refusals.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const caller = (from: string) => ({ actor: 'unknown', from });
const act = { action: 'admin.denied', details: 'GET /bot/list' } as const;
const HOUR_MS = 60 * 60 * 1_000;

describe('refusals', () => {
  it('are new once, then counted until an hour is over', () => {
    const clock = new ManualClock();
    const { isNew, summary } = refusals(clock);

    expect([1, 2, 3].map(() => isNew(caller('127.0.0.1'), act))).toEqual([true, false, false]);
    expect(isNew(caller('::1'), act)).toBe(true);
    expect(summary(false)).toEqual([]);
    clock.advance(HOUR_MS);
    expect(summary(false)).toEqual([
      { caller: caller('127.0.0.1'), act: { ...act, details: 'GET /bot/list (2 more)' } },
    ]);
    expect(isNew(caller('127.0.0.1'), act)).toBe(true);
  });

  it('of ever new callers are counted together once there are too many, and listed again later', () => {
    const clock = new ManualClock();
    const { isNew, summary } = refusals(clock);
    const flood = Array.from({ length: 5_000 }, (_, index) => isNew(caller(`10.0.0.${index}`), act));

    expect(flood.filter(Boolean)).toHaveLength(100);
    expect(summary(false)).toEqual([
      {
        caller: { actor: 'engine', from: '' },
        act: { action: 'refusals.unlisted', details: '4900 more, not listed one by one' },
      },
    ]);
    clock.advance(60_000);
    expect([1, 2].map((index) => isNew(caller(`10.1.0.${index}`), act))).toEqual([true, false]);
  });

  it('that were counted are all told at the end, once', () => {
    const { isNew, summary } = refusals(new ManualClock());
    for (let count = 0; count < 5; count += 1) isNew(caller('127.0.0.1'), act);

    expect(summary(true).map((noted) => noted.act.details)).toEqual(['GET /bot/list (4 more)']);
    expect(summary(true)).toEqual([]);
  });
});
