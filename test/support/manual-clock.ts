import type { Clock } from '../../src-main/base/clock.ts';
import type { Scope } from '../../src-main/base/scope.ts';

interface Timer {
  atMs: number;
  task: () => void;
}

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #nowMs: number;
  /** How far the wall clock was set away from the other. */
  #setMs = 0;
  #timers: Timer[] = [];

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  now = () => this.#nowMs + this.#setMs;
  monotonic = () => this.#nowMs;

  after(scope: Scope, delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, task };
    this.#timers.push(timer);
    const cancel = () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
    scope.add(cancel);
    return cancel;
  }

  /** Sets the wall clock, as NTP or a person does; no time passes. */
  jump(ms: number): void {
    this.#setMs += ms;
  }

  /** How long from now each waiting timer runs, shortest first. Milliseconds. */
  get waits(): number[] {
    return this.#timers.map(({ atMs }) => atMs - this.#nowMs).sort((a, b) => a - b);
  }

  /** Goes on by that much and runs what falls due, in order. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const [next] = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.task();
    }
    this.#nowMs = untilMs;
  }
}
