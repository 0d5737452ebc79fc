/** What flushes the same file in two ways. */
export interface Flush {
  /** Holds up the loop until it is done. */
  inPlace(): void;
  /** By another thread. */
  beside(): Promise<void>;
}

/**
 * So long the loop waits for a disk. A quick flush takes less than handing it over to another thread does on a busy
 * machine.
 */
const QUICK_MS = 1;
/** How much the last flush counts among those before it. */
const NEWEST_COUNTS = 1 / 8;
/** A disk that had nothing to do for so long may have gone to sleep. */
const REST_MS = 1_000;

/**
 * Flushes in place where the disk has lately been quick, and beside the loop where it has not: one slow flush is enough
 * for several of those, a very slow one for many.
 */
export class FlushPlace {
  readonly #now: () => number;
  /** What flushes have taken lately; the first one is not waited for. */
  #usualMs = QUICK_MS * 2;
  #doneAtMs = Number.NEGATIVE_INFINITY;

  /** `now`: a clock in milliseconds that only goes on. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Resolves when it is done, wherever. */
  async flush({ inPlace, beside }: Flush): Promise<void> {
    const startedMs = this.#now();
    try {
      if (this.#usualMs <= QUICK_MS && startedMs - this.#doneAtMs <= REST_MS) inPlace();
      else await beside();
    } finally {
      this.#doneAtMs = this.#now();
      this.#usualMs += (this.#doneAtMs - startedMs - this.#usualMs) * NEWEST_COUNTS;
    }
  }
}
