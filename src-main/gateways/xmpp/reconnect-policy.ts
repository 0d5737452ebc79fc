import { fullJitterMs } from '../../base/retry.ts';
import type { ConnectionProblem } from './problem.ts';

const SOON = { baseMs: 1_000, capMs: 60_000 };
/** What only people can mend (a certificate) is tried seldom, but it is: they mend it on the server. */
const SLOW_MIN_MS = 30_000;
const SLOW = { baseMs: 30_000, capMs: 270_000 };

/** A password is refused for good, or by a server in trouble with its own accounts: seldom enough to lock nobody out. */
const REFUSED_MIN_MS = 60 * 60_000;
const REFUSED_SPREAD_MS = 5 * 60_000;

/** A session that was online for so long starts over with short waits. */
export const STABLE_AFTER_MS = 30_000;

/** A session that was replaced comes back once: an administrator ends sessions with the same words (ejabberd). */
const REPLACED_MIN_MS = 60_000;
const REPLACED_SPREAD_MS = 60_000;
/** Replaced again so soon: there is a second program, and one of the two has to give in. */
const REPLACED_AGAIN_WITHIN_MS = 15 * 60_000;

/** How long to wait after another session took the place; undefined: leave it to the other. */
export function replacedDelayMs(sinceLastMs: number | undefined, random: () => number): number | undefined {
  if (sinceLastMs !== undefined && sinceLastMs < REPLACED_AGAIN_WITHIN_MS) return undefined;
  return REPLACED_MIN_MS + random() * REPLACED_SPREAD_MS;
}

/** How long to wait before the next attempt; undefined: a retry cannot help. `failures` counts those in a row. */
export function reconnectDelayMs(
  { kind }: ConnectionProblem,
  failures: number,
  random: () => number,
): number | undefined {
  if (kind === 'config') return undefined;
  if (kind === 'credentials') return REFUSED_MIN_MS + random() * REFUSED_SPREAD_MS;
  if (kind === 'insecure') return SLOW_MIN_MS + fullJitterMs(failures, SLOW, random);
  return fullJitterMs(failures, SOON, random);
}
