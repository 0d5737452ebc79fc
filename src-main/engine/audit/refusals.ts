import type { CalledCaller, Caller } from '../../../src-shared/access.ts';
import type { AuditedRefusal } from '../../../src-shared/audit-actions.ts';
import type { Clock } from '../../base/clock.ts';
import { RateLimit } from '../../base/rate-limit.ts';
import type { Act } from './audit-trail.ts';

const ENGINE: CalledCaller = { actor: 'engine', from: '' };

interface Repeated {
  caller: Caller;
  act: Act<AuditedRefusal>;
  sinceMs: number;
  /** How often it came again since it was noted. */
  more: number;
}

export interface Noted {
  caller: Caller;
  act: Act<AuditedRefusal>;
}

const SUMMED_UP_AFTER_MS = 60 * 60 * 1_000;
/** Different refusals at once, then one a minute. With a summary for each, that is the most the log grows by. */
const LISTED = { depth: 100, perSecond: 1 / 60 };

/**
 * Keeps refusals from filling the disk: the first of a kind is noted, its repetitions are counted and noted as one row
 * after an hour, and the number of kinds is limited too. Nothing is lost but the order of repetitions.
 */
export function refusals(clock: Clock) {
  const known = new Map<string, Repeated>();
  const limit = new RateLimit<'all'>(() => LISTED, clock.monotonic);
  let unlisted = 0;

  return {
    /** True when this one is to be noted now; else it was counted. */
    isNew(caller: Caller, act: Act<AuditedRefusal>): boolean {
      const key = JSON.stringify([act.action, act.details, act.botId, caller.actor, caller.from]);
      const before = known.get(key);
      if (before) {
        before.more += 1;
        return false;
      }
      if (limit.take('all').waitMs > 0) {
        unlisted += 1;
        return false;
      }
      known.set(key, { caller, act, sinceMs: clock.monotonic(), more: 0 });
      return true;
    },
    /** What was counted and is due, once: of the last hour and before, or all. */
    summary(isAll: boolean): Noted[] {
      const due: Noted[] = [];
      for (const [key, { caller, act, sinceMs, more }] of known) {
        if (!isAll && clock.monotonic() - sinceMs < SUMMED_UP_AFTER_MS) continue;
        known.delete(key);
        if (more > 0) due.push({ caller, act: { ...act, details: `${act.details ?? ''} (${more} more)` } });
      }
      if (unlisted > 0) {
        const act = {
          action: 'refusals.unlisted' as const,
          details: `${unlisted} more, not listed one by one`,
        };
        due.push({ caller: ENGINE, act });
        unlisted = 0;
      }
      return due;
    },
  };
}
