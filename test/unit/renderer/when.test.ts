import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { common as de } from '../../../src-renderer/text/de/common.ts';
import { common as en } from '../../../src-renderer/text/en/common.ts';
import { pointWhen, relativeWhen, shortWhen } from '../../../src-renderer/ui/when.ts';

const DAY_S = 86_400;
/** A Sunday noon, wherever this runs. */
const NOON = new Date(2026, 10, 22, 12, 0).getTime() / 1_000;

describe('times in words', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOON * 1_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stand after "since" and "until", today and on other days', () => {
    expect(pointWhen(NOON - 180, 'de')).toBe('11:57');
    expect(pointWhen(NOON - DAY_S, 'en')).toMatch(/^Sat\D+12:00$/);
    expect(pointWhen(NOON + 3 * DAY_S, 'de')).toMatch(/^Mi\D+12:00$/);
    expect(pointWhen(NOON + 7 * DAY_S, 'de')).toMatch(/^29\. Nov\D+12:00$/);
  });

  it('name the day of what is to come, and not only the hour', () => {
    expect(relativeWhen(NOON + 30, 'en', en)).toBe('in 30 s');
    expect(relativeWhen(NOON + 600, 'de', de)).toBe('in 10 Min.');
    expect(relativeWhen(NOON + 3 * 3_600, 'de', de)).toBe('15:00');
    expect(shortWhen(NOON + 3 * DAY_S, 'en')).toMatch(/^Wed\D+12:00$/);
  });
});
