import { expect, it } from 'vitest';
import { Scope } from '../../../src-main/base/scope.ts';
import { seldom } from '../../../src-main/http/seldom.ts';
import { ManualClock } from '../../support/manual-clock.ts';

it('tells at once, then of everything that came meanwhile once', () => {
  const clock = new ManualClock();
  const told: string[] = [];
  const tell = seldom<string>((key) => void told.push(key), { everyMs: 1_000, clock, scope: new Scope() });

  for (const key of ['a', 'a', 'b', 'a']) tell(key);
  expect(told).toEqual(['a', 'b']);
  clock.advance(1_000);
  expect(told).toEqual(['a', 'b', 'a']);
  clock.advance(1_000);
  expect(told).toHaveLength(3);
  tell('b');
  expect(told.at(-1)).toBe('b');
  expect(clock.waits).toHaveLength(1);
});
