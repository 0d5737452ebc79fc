import { expect, it } from 'vitest';
import { pause } from '../../../src-main/base/clock.ts';
import { Scope } from '../../../src-main/base/scope.ts';
import { ManualClock } from '../../support/manual-clock.ts';

it('a pause ends after its time and leaves nothing behind, however many there were', async () => {
  const [clock, scope] = [new ManualClock(), new Scope()];
  scope.add(() => undefined);

  for (let count = 0; count < 1_000; count += 1) {
    const over = pause(clock, scope, 5_000);
    expect(clock.waits).toEqual([5_000]);
    clock.advance(5_000);
    await over;
  }

  expect([scope.size, clock.waits]).toEqual([1, []]);
});

it('a pause ends with its scope, and is none in one that is closed', async () => {
  const [clock, scope] = [new ManualClock(), new Scope()];
  const over = pause(clock, scope, 5_000);

  await scope.close();
  await over;
  await pause(clock, scope, 5_000);

  expect(clock.waits).toEqual([]);
});
