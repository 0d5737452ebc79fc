/**
 * Texts on their way to a socket. An urgent one overtakes all that has not been handed over, so the socket gets only as
 * much at a time as it takes: what waits there can no longer be overtaken.
 */
export class WriteQueue {
  readonly #urgent: string[] = [];
  #waiting: string[] = [];
  /** How many of `#waiting` are gone. */
  #taken = 0;

  get isEmpty(): boolean {
    return this.#urgent.length === 0 && this.#taken === this.#waiting.length;
  }

  add(text: string): void {
    this.#waiting.push(text);
  }

  addUrgent(text: string): void {
    this.#urgent.push(text);
  }

  /** The next text alone. */
  next(): string | undefined {
    const urgent = this.#urgent.shift();
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
    this.#urgent.length = 0;
    this.#waiting = [];
    this.#taken = 0;
  }
}
