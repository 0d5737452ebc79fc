import type { Clock } from '../../base/clock.ts';
import { pause } from '../../base/clock.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { Scope } from '../../base/scope.ts';
import { ProviderError, type ProviderErrorKind } from '../../gateways/ai/provider.ts';
import { asFailure } from './ai-failure.ts';

const ATTEMPTS = 4;
const BACK_OFF = { baseMs: 1_000, capMs: 30_000 };
/** Whatever a provider asks for, nobody waits longer in a chat. */
const BREAK_LIMIT_MS = 60_000;
/** What may be well a moment later. */
const PASSING: ReadonlySet<ProviderErrorKind> = new Set(['rate', 'busy']);

interface CallOptions {
  clock: Clock;
  signal: AbortSignal;
  /** For all attempts together, and the breaks between them. */
  timeoutMs: number;
  /** False: a second attempt would show or do again what the first did already. */
  mayRepeat?: (failure: ProviderError) => boolean;
  random?: () => number;
}

/**
 * Asks, again after a break where the provider is overloaded, and no longer than that. Rejects with a `ProviderError`: also
 * for a call that does not heed its signal, which then ends by itself.
 */
export async function callWithRetries<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  { clock, signal, timeoutMs, mayRepeat = () => true, random = Math.random }: CallOptions,
): Promise<T> {
  const scope = new Scope();
  const ending = new AbortController();
  const stopped = Promise.withResolvers<never>();
  stopped.promise.catch(() => undefined);
  const end = (failure: ProviderError) => {
    stopped.reject(failure);
    ending.abort(failure);
    void scope.close();
  };
  const stop = () => end(new ProviderError('stopped', 'it was stopped'));
  if (signal.aborted) throw new ProviderError('stopped', 'it was stopped');
  signal.addEventListener('abort', stop, { once: true });
  const untilMs = clock.monotonic() + timeoutMs;
  clock.after(scope, timeoutMs, () => end(new ProviderError('timeout', 'no answer came in time')));

  try {
    for (let failures = 0; ; failures += 1) {
      try {
        const trying = attempt(ending.signal);
        trying.catch(() => undefined);
        return await Promise.race([trying, stopped.promise]);
      } catch (error) {
        if (ending.signal.aborted) throw ending.signal.reason;
        const failure = asFailure(error);
        if (!PASSING.has(failure.kind) || failures + 1 >= ATTEMPTS || !mayRepeat(failure)) throw failure;
        const asked = failure.retryAfterMs ?? 0;
        // Nor is anybody asked earlier than they said.
        if (asked > BREAK_LIMIT_MS) throw failure;
        const breakMs = asked + fullJitterMs(failures, BACK_OFF, random);
        // What would come too late is not waited for.
        if (clock.monotonic() + breakMs >= untilMs) throw failure;
        await Promise.race([pause(clock, scope, breakMs), stopped.promise]);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await scope.close();
  }
}
