import { KEPT_S } from '../updates/update-expiry.ts';

const SECOND = 1_000;

/** After that many failures in a row an address rests this long, then one update probes it; the last one repeats. */
const PROBE_AFTER_MS = [1, 2, 4, 15, 60, 300, 900, 1_800, 3_600].map((seconds) => seconds * SECOND);
/** Waits between the attempts of an update that the receiver refuses; then it is a dead letter. */
const REFUSED_AFTER_MS = [1, 2, 4].map((seconds) => seconds * SECOND);

/** No rest is longer, whoever asks for it: no update lives longer. */
export const LONGEST_REST_MS = KEPT_S * SECOND;

/** How long an address rests. The receiver may ask for a longer rest, not for a shorter one. */
export function restAfter(failures: number, retryAfterMs = 0): number {
  const scheduledMs = PROBE_AFTER_MS[Math.min(failures, PROBE_AFTER_MS.length) - 1] ?? 0;
  return Math.min(Math.max(scheduledMs, retryAfterMs), LONGEST_REST_MS);
}

/** How long an update waits after being refused so often; undefined: it is given up. */
export const waitAfterRefusal = (refusals: number): number | undefined => REFUSED_AFTER_MS[refusals - 1];
