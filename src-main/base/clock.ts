import type { Scope } from './scope.ts';

/** Time as a dependency. `now` is wall-clock Unix milliseconds, `monotonic` never jumps. */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Runs a task after `delayMs`; the returned function cancels it. The task is dropped when the scope closes. */
  after(scope: Scope, delayMs: number, task: () => void): () => void;
}

/** The longest delay that Node's timers carry; longer waits are cut into pieces. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(scope, delayMs, task) {
    let cancel: () => void;
    const wait = (leftMs: number) => {
      const stepMs = Math.min(leftMs, LONGEST_TIMER_MS);
      cancel = scope.timeout(Math.max(0, stepMs), () => (leftMs > stepMs ? wait(leftMs - stepMs) : task()));
    };
    wait(delayMs);
    return () => cancel();
  },
};

/** Resolves after a while, or when the scope closes; leaves nothing behind in it. */
export async function pause(clock: Clock, scope: Scope, delayMs: number): Promise<void> {
  if (scope.isClosed) return;
  const own = scope.child();
  await new Promise<void>((resolve) => {
    own.add(resolve);
    clock.after(own, delayMs, () => void own.close());
  });
}
