/** Back-off with full jitter: a random wait between 0 and min(capMs, baseMs * 2^failures). Milliseconds. */
export function fullJitterMs(
  failures: number,
  policy: { baseMs: number; capMs: number },
  random: () => number = Math.random,
): number {
  return random() * Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(failures, 30));
}
