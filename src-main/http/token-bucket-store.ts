import type { RateLimit } from '../base/rate-limit.ts';

type Counted = (error: Error | null, count?: { current: number; ttl: number }) => void;

/** The store of @fastify/rate-limit as a token bucket: an empty bucket reads as one request over the limit. */
export function tokenBucketStore(bucketOf: (key: string) => RateLimit<string>) {
  return class TokenBucketStore {
    incr(key: string, counted: Counted, _windowMs: number, max: number): void {
      const { waitMs, left } = bucketOf(key).take(key);
      counted(null, waitMs > 0 ? { current: max + 1, ttl: waitMs } : { current: max - left, ttl: 1_000 });
    }
    child(): TokenBucketStore {
      return this;
    }
  };
}
