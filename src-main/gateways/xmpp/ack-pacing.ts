import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';

/**
 * No more than so many stanzas are sent without asking whether they arrived: in a long row too, so that a server that
 * takes its time over each gives signs of life, and what it has need not be sent again when the session is lost.
 */
export const ACK_EVERY = 20;
/** And no unacknowledged stanza waits longer than that for the question. */
export const ACK_AFTER_MS = 1_000;
/** A question is asked at once when the line was quiet for so long: a single message is acknowledged in one round trip. */
export const ACK_PAUSE_MS = 20;

/**
 * Decides when to ask the server for an acknowledgement. Quiet line: at once. Under load: one question is under way at
 * a time and the next follows its answer after a pause; without an answer at 20 stanzas or after 1 s.
 */
export class AckPacer {
  readonly #clock: Clock;
  readonly #scope: Scope;
  readonly #ask: () => void;
  #sinceAsked = 0;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #isAsked = false;
  #cancel: (() => void) | undefined;
  #dueAtMs = 0;

  constructor(clock: Clock, scope: Scope, ask: () => void) {
    this.#clock = clock;
    this.#scope = scope;
    this.#ask = ask;
  }

  /** A stanza was written. */
  sent(): void {
    this.#sinceAsked += 1;
    if (this.#sinceAsked >= ACK_EVERY) this.#askNow();
    else this.#plan();
  }

  /** The server answered; `hasUnacked` tells whether something is left to ask for. */
  answered(hasUnacked: boolean): void {
    this.#isAsked = false;
    if (!hasUnacked) this.#sinceAsked = 0;
    if (this.#sinceAsked > 0) this.#plan();
  }

  #plan(): void {
    const nowMs = this.#clock.monotonic();
    const dueAtMs = this.#isAsked ? nowMs + ACK_AFTER_MS : Math.max(nowMs, this.#askedAtMs + ACK_PAUSE_MS);
    if (dueAtMs <= nowMs) {
      this.#askNow();
      return;
    }
    if (this.#cancel && this.#dueAtMs <= dueAtMs) return;
    this.#cancel?.();
    this.#dueAtMs = dueAtMs;
    this.#cancel = this.#clock.after(this.#scope, dueAtMs - nowMs, () => this.#askNow());
  }

  #askNow(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#sinceAsked === 0) return;
    this.#sinceAsked = 0;
    this.#askedAtMs = this.#clock.monotonic();
    this.#isAsked = true;
    this.#ask();
  }
}
