/** A token bucket per key: `depth` at once, then `perSecond`. Full buckets are forgotten, so keys do not pile up. */
export class RateLimit<Key> {
  readonly #buckets = new Map<Key, { tokens: number; atMs: number }>();
  readonly #monotonic: () => number;
  readonly #rate: () => { depth: number; perSecond: number };
  #sweptAtMs = 0;

  /** The rate is asked for at each take, so a changed setting has effect at once. */
  constructor(rate: () => { depth: number; perSecond: number }, monotonic: () => number) {
    this.#rate = rate;
    this.#monotonic = monotonic;
  }

  /** Takes one token. `waitMs` is 0 when it was there, else the time until the next one. */
  take(key: Key): { waitMs: number; left: number } {
    const { depth, perSecond } = this.#rate();
    const nowMs = this.#monotonic();
    this.#sweep(nowMs, depth, perSecond);
    const bucket = this.#buckets.get(key) ?? { tokens: depth, atMs: nowMs };
    bucket.tokens = Math.min(depth, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
    bucket.atMs = nowMs;
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return { waitMs: ((1 - bucket.tokens) / perSecond) * 1_000, left: 0 };
    bucket.tokens -= 1;
    return { waitMs: 0, left: Math.floor(bucket.tokens) };
  }

  #sweep(nowMs: number, depth: number, perSecond: number): void {
    const fullAfterMs = (depth / perSecond) * 1_000;
    if (nowMs - this.#sweptAtMs < Math.max(fullAfterMs, 1_000)) return;
    this.#sweptAtMs = nowMs;
    for (const [key, bucket] of this.#buckets) {
      if (nowMs - bucket.atMs >= fullAfterMs) this.#buckets.delete(key);
    }
  }
}
