import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';

/** A room that has said nothing for so long may have lost us. */
const SILENCE_MS = 5 * 60 * 1_000;

/** Calls `check` after each long silence. */
export function silenceWatch(clock: Clock, scope: Scope, check: () => void) {
  let heardAtMs = clock.monotonic();
  const watch = () =>
    clock.after(scope, SILENCE_MS, () => {
      if (clock.monotonic() - heardAtMs >= SILENCE_MS) check();
      watch();
    });
  watch();
  return {
    /** Something came. */
    heard(): void {
      heardAtMs = clock.monotonic();
    },
  };
}
