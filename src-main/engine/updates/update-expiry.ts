import type { Clock } from '../../base/clock.ts';
import type { DeadLetterRepository } from '../../store/dead-letter-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { UpdateRepository } from '../../store/update-repository.ts';

interface UpdateExpiryDeps {
  updates: UpdateRepository;
  deadLetters: DeadLetterRepository;
  clock: Clock;
}

export const KEPT_S = 24 * 60 * 60;
const DEAD_KEPT_S = 7 * KEPT_S;
/** In one go; what is left goes the next time. */
const AT_ONCE = 5_000;
/** The two clocks may drift apart by that much between two looks. */
const DRIFT_MS = 60_000;
const HELD_OFF_MS = 60 * 60 * 1_000;

/**
 * Ends what is older than a day: what a webhook should have taken becomes a dead letter, the rest is forgotten. Age is
 * told by the wall clock, which can be wrong: after a jump nothing ends for an hour, in which the clock may be set
 * right again, or programs may fetch what waited while the machine slept.
 */
export function updateExpiry({ updates, deadLetters, clock }: UpdateExpiryDeps) {
  let seen = { wallMs: clock.now(), monotonicMs: clock.monotonic() };
  let heldOffUntilMs = Number.NEGATIVE_INFINITY;

  return async (tx: Tx): Promise<void> => {
    const now = { wallMs: clock.now(), monotonicMs: clock.monotonic() };
    const driftMs = now.wallMs - seen.wallMs - (now.monotonicMs - seen.monotonicMs);
    seen = now;
    if (Math.abs(driftMs) > DRIFT_MS) heldOffUntilMs = now.monotonicMs + HELD_OFF_MS;
    const nowS = Math.floor(now.wallMs / 1_000);
    if (now.monotonicMs < heldOffUntilMs) return;

    await updates.takeBackToNow(tx, nowS);
    for (const { botId, updateId, isForWebhook } of await updates.olderThan(tx, nowS - KEPT_S, AT_ONCE)) {
      if (isForWebhook) await deadLetters.bury(tx, botId, updateId, 'not delivered within 24 hours', nowS);
      await updates.remove(tx, botId, updateId);
    }
    await deadLetters.forgetBefore(tx, nowS - DEAD_KEPT_S);
  };
}
