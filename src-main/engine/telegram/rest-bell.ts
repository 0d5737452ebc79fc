import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';

/** A rest that can be ended: by its time, by a ring, or by the signal. */
export function restBell(clock: Clock) {
  let wake: () => void = () => undefined;
  let wasRung = false;

  return {
    /** Ends the rest; one that begins later, if none is under way, ends at once. */
    ring(): void {
      wasRung = true;
      wake();
    },
    /** What was rung for is being looked at: rings from now on count. */
    listen(): void {
      wasRung = false;
    },
    /** Without a time: until it is rung. */
    async rest(signal: AbortSignal, restMs?: number): Promise<void> {
      if (signal.aborted || wasRung) return;
      const [scope, closing] = [new Scope(), new AbortController()];
      await new Promise<void>((resolve) => {
        wake = () => resolve();
        const { signal: over } = closing;
        signal.addEventListener('abort', wake, { signal: over });
        if (restMs !== undefined) clock.after(scope, restMs, wake);
      });
      closing.abort();
      await scope.close();
    },
  };
}
export type RestBell = ReturnType<typeof restBell>;
