/** Chance that can be had again: the same seed gives the same draws. */
export interface Random {
  /** From 0 up to, but not, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  /** One of the items, each as likely as its weight. */
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T;
}

/** mulberry32: 32 bits of state are enough for tests. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    weighted(items) {
      let draw = next() * items.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, item] of items) {
        draw -= weight;
        if (draw < 0) return item;
      }
      throw new Error('nothing to choose from');
    },
  };
}
