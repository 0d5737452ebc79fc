import { fullJitterMs } from '../../base/retry.ts';
import type { ConnectionProblem } from './problem.ts';

const SOON = { baseMs: 1_000, capMs: 60_000 };
/** What only people can mend (a certificate) is tried seldom, but it is: they mend it on the server. */
const SLOW_MIN_MS = 30_000;
const SLOW = { baseMs: 30_000, capMs: 270_000 };

/** A session that was online for so long starts over with short waits. */
export const STABLE_AFTER_MS = 30_000;

/** How long to wait before the next attempt; undefined: a retry cannot help. `failures` counts those in a row. */
export function reconnectDelayMs(
  { kind }: ConnectionProblem,
  failures: number,
  random: () => number,
): number | undefined {
  if (kind === 'credentials' || kind === 'replaced' || kind === 'config') return undefined;
  if (kind === 'insecure') return SLOW_MIN_MS + fullJitterMs(failures, SLOW, random);
  return fullJitterMs(failures, SOON, random);
}
