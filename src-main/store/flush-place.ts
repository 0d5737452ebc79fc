/** What flushes the same file in two ways. */
export interface Flush {
  /** Holds up the loop until it is done. */
  inPlace(): void;
  /** By another thread. */
  beside(): Promise<void>;
}

/**
 * The loop waits for flushes that take so long on average: handing them over to another thread takes no less on a busy
 * machine.
 */
const QUICK_MS = 1;
/** How much the last flush counts among those before it. */
const NEWEST_COUNTS = 1 / 64;
/** Over that, with the way to another thread and back, no flush in place is tried. */
const PROMISING_MS = 5;
/** For how long none is tried after they were too slow: twice as long each time, until they are quick for as long. */
const SLOW_FOR = { baseMs: 1_000, capMs: 60_000 };
/** One that takes so long is too slow by itself. */
const STALL_MS = 20;
const STALLED_FOR_MS = 10_000;
/** A disk that had nothing to do for so long may have gone to sleep. */
const REST_MS = 1_000;

/**
 * Flushes in place while the disk is quick, and beside the loop while it is not. How quick it is in place shows only there,
 * so that is tried now and then; at most one flush in a turn of the loop is in place.
 */
export class FlushPlace {
  readonly #now: () => number;
  /** In place. */
  #averageMs = QUICK_MS / 2;
  /** Wherever it was; the first one is not waited for. */
  #lastMs = Number.POSITIVE_INFINITY;
  #doneAtMs = Number.NEGATIVE_INFINITY;
  #besideUntilMs = Number.NEGATIVE_INFINITY;
  #slowForMs = SLOW_FOR.baseMs;
  #isTurnTaken = false;

  /** `now`: a clock in milliseconds that only goes on. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Resolves when it is done, wherever. */
  async flush({ inPlace, beside }: Flush): Promise<void> {
    const startedMs = this.#now();
    const isInPlace = this.#isPromising(startedMs);
    // Where this one fails, the next one is not waited for.
    this.#lastMs = Number.POSITIVE_INFINITY;
    if (isInPlace) this.#inThisTurn(inPlace);
    else await beside();
    this.#doneAtMs = this.#now();
    this.#lastMs = this.#doneAtMs - startedMs;
    if (isInPlace) this.#judge();
  }

  #isPromising(nowMs: number): boolean {
    const isAwake = nowMs - this.#doneAtMs <= REST_MS;
    return isAwake && this.#lastMs <= PROMISING_MS && nowMs >= this.#besideUntilMs && !this.#isTurnTaken;
  }

  #inThisTurn(inPlace: () => void): void {
    this.#isTurnTaken = true;
    setImmediate(() => {
      this.#isTurnTaken = false;
    });
    inPlace();
  }

  #judge(): void {
    this.#averageMs += (this.#lastMs - this.#averageMs) * NEWEST_COUNTS;
    const isStall = this.#lastMs > STALL_MS;
    if (!isStall && this.#averageMs <= QUICK_MS) return;
    const quickForMs = this.#doneAtMs - this.#besideUntilMs;
    if (quickForMs > this.#slowForMs) this.#slowForMs = SLOW_FOR.baseMs;
    if (isStall) this.#slowForMs = Math.max(this.#slowForMs, STALLED_FOR_MS);
    this.#besideUntilMs = this.#doneAtMs + this.#slowForMs;
    this.#slowForMs = Math.min(this.#slowForMs * 2, SLOW_FOR.capMs);
    this.#averageMs = QUICK_MS / 2;
  }
}
