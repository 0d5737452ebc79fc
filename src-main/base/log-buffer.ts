const KEPT_LINES = 1_000;
/** A line that is longer is cut: some causes have long stacks. */
const LINE_LENGTH = 8_000;

/** The last lines of the log, as they were written: with secrets taken out. */
export class LogBuffer {
  #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();

  add(line: string): void {
    if (line.length > LINE_LENGTH) return;
    this.#lines.push(line);
    // Now and then, so that not every line moves all others.
    if (this.#lines.length >= KEPT_LINES * 2) this.#lines = this.#lines.slice(-KEPT_LINES);
    for (const listener of [...this.#listeners]) listener(line);
  }

  /** The oldest first. */
  get lines(): readonly string[] {
    return this.#lines.slice(-KEPT_LINES);
  }

  /** Calls back with every line from now on. Returns the function that ends it. */
  on(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
