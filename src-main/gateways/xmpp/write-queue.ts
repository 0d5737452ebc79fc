/**
 * Texts on their way to a socket. The urgent one overtakes all that has not been handed over, so the socket gets only as
 * much at a time as it takes: what waits there can no longer be overtaken.
 */
export class WriteQueue {
  #urgent: string | undefined;
  #waiting: string[] = [];
  /** How many of `#waiting` are gone. */
  #taken = 0;

  get isEmpty(): boolean {
    return this.#urgent === undefined && this.#taken === this.#waiting.length;
  }

  add(text: string): void {
    this.#waiting.push(text);
  }

  /** Takes the place of one that still waits: it is newer news of the same. */
  setUrgent(text: string): void {
    this.#urgent = text;
  }

  /** The next text alone. */
  next(): string | undefined {
    const urgent = this.#urgent;
    this.#urgent = undefined;
    if (urgent !== undefined) return urgent;
    const text = this.#waiting[this.#taken];
    if (text !== undefined) this.#taken += 1;
    if (this.#taken === this.#waiting.length) {
      this.#waiting = [];
      this.#taken = 0;
    }
    return text;
  }

  /** The next texts in one, until it is about so long. */
  piece(length: number): string {
    let piece = '';
    while (piece.length < length) {
      const text = this.next();
      if (text === undefined) break;
      piece += text;
    }
    return piece;
  }

  clear(): void {
    this.#urgent = undefined;
    this.#waiting = [];
    this.#taken = 0;
  }
}
