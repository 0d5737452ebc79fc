import { type Clock, systemClock } from '../../src-main/base/clock.ts';

/** Time that runs `factor` times as fast: time-outs of a minute come within a second, real servers stay real. */
export function fastClock(factor: number): Clock {
  const startedAt = Date.now();
  return {
    now: () => startedAt + (Date.now() - startedAt) * factor,
    monotonic: () => systemClock.monotonic() * factor,
    after: (scope, delayMs, task) => systemClock.after(scope, delayMs / factor, task),
  };
}
