import type { Clock } from './clock.ts';
import { Scope } from './scope.ts';

/** Waits until it has settled, but no longer than that; it goes on by itself then. Fails as it does. */
export async function atMost(clock: Clock, waitMs: number, settling: Promise<unknown>): Promise<void> {
  const waiting = new Scope();
  const late = new Promise<void>((resolve) => clock.after(waiting, waitMs, resolve));
  await Promise.race([settling, late]).finally(() => waiting.close());
}
