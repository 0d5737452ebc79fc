import type { Update } from '../../store/update-repository.ts';

/** The updates of one bot on their way: in order per conversation, one in flight each. */
export class BotDeliveries {
  readonly #waiting = new Map<string, Update[]>();
  readonly #inFlight = new Set<string>();
  #buffered = 0;
  /** The highest update id that was loaded. */
  cursor = 0;

  get buffered(): number {
    return this.#buffered;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  add(update: Update): void {
    const queue = this.#waiting.get(update.conversation);
    if (queue) queue.push(update);
    else this.#waiting.set(update.conversation, [update]);
    this.#buffered += 1;
    this.cursor = Math.max(this.cursor, update.updateId);
  }

  /**
   * The next update that may go: the head of a conversation without one in flight, the longest-waiting
   * conversation first. Undefined: none, or the heads wait until `earliestMs`.
   */
  take(nowMs: number): Update | undefined {
    for (const [conversation, [head]] of this.#waiting) {
      if (!head || this.#inFlight.has(conversation) || head.nextAttemptAt > nowMs) continue;
      this.#inFlight.add(conversation);
      return head;
    }
    return undefined;
  }

  /** When the first waiting head may go, Unix milliseconds; undefined when nothing waits. */
  earliest(): number | undefined {
    let earliestMs: number | undefined;
    for (const [conversation, [head]] of this.#waiting) {
      if (!head || this.#inFlight.has(conversation)) continue;
      earliestMs = Math.min(earliestMs ?? Number.POSITIVE_INFINITY, head.nextAttemptAt);
    }
    return earliestMs;
  }

  /** The attempt is over and the update is done with: delivered or dead. */
  drop(update: Update): void {
    const queue = this.#release(update);
    queue?.shift();
    this.#buffered -= 1;
    this.#waiting.delete(update.conversation);
    // To the end, so that other conversations get their turn first.
    if (queue && queue.length > 0) this.#waiting.set(update.conversation, queue);
  }

  /** The attempt is over and the update goes again later. */
  postpone(update: Update, nextAttemptAt: number): void {
    this.#release(update);
    update.attempts += 1;
    update.nextAttemptAt = nextAttemptAt;
  }

  #release(update: Update): Update[] | undefined {
    this.#inFlight.delete(update.conversation);
    return this.#waiting.get(update.conversation);
  }
}
