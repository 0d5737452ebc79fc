/**
 * Whose turn it is among the conversations of one bot. Each has one update under way at most; who was served stands
 * last, so a conversation with thousands waiting holds up no other.
 */
export class ConversationTurns {
  /** Those that may go, longest-waiting first; the value means nothing. */
  readonly #ready = new Set<string>();
  /** Those that have to wait, and until when. Monotonic milliseconds. */
  readonly #delayed = new Map<string, number>();
  /** Those with an update under way, and whether another came meanwhile. */
  readonly #underWay = new Map<string, boolean>();

  get underWay(): number {
    return this.#underWay.size;
  }

  /** The conversation has, or may have, an update that waits. */
  wake(conversation: string): void {
    if (this.#underWay.has(conversation)) this.#underWay.set(conversation, true);
    else if (!this.#delayed.has(conversation)) this.#ready.add(conversation);
  }

  /** The next conversation; it is under way until `done`. */
  take(nowMs: number): string | undefined {
    this.#endDelays(nowMs);
    const [conversation] = this.#ready;
    if (conversation === undefined) return undefined;
    this.#ready.delete(conversation);
    this.#underWay.set(conversation, false);
    return conversation;
  }

  /** It goes on when more waits, not before `notBeforeMs` where that is given. */
  done(conversation: string, { hasMore, notBeforeMs }: { hasMore: boolean; notBeforeMs?: number }): void {
    const hasNews = this.#underWay.get(conversation) === true;
    this.#underWay.delete(conversation);
    if (notBeforeMs !== undefined) this.#delayed.set(conversation, notBeforeMs);
    else if (hasMore || hasNews) this.#ready.add(conversation);
  }

  /** When the first of those that wait may go; undefined when none waits. */
  earliest(): number | undefined {
    return this.#delayed.size === 0 ? undefined : Math.min(...this.#delayed.values());
  }

  /** Until when a conversation has to wait; undefined when it need not. */
  notBefore(conversation: string): number | undefined {
    return this.#delayed.get(conversation);
  }

  /** Nobody has to wait any longer. */
  endDelays(): void {
    this.#endDelays(Number.POSITIVE_INFINITY);
  }

  #endDelays(nowMs: number): void {
    for (const [conversation, untilMs] of this.#delayed) {
      if (untilMs > nowMs) continue;
      this.#delayed.delete(conversation);
      this.#ready.add(conversation);
    }
  }
}
