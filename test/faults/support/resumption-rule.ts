/**
 * What a stream that ended had handed over and nobody committed comes again after a resumption, before anything new. If
 * not, the server was told that it was handled.
 */
export class ResumptionRule {
  readonly #seen = new Set<string>();
  /** Handed over, not committed. */
  readonly #open = new Set<string>();
  /** Of these, what the stream of now has to bring again. */
  #due = new Set<string>();
  /** What was noticed before it was known whether the session is resumed. */
  #suspicions: string[] = [];

  streamEnded(): void {
    this.#due = new Set(this.#open);
    this.#suspicions = [];
  }

  /** The gateway hands a message over. Returns what is wrong with that. */
  got(text: string, isOnline: boolean): string[] {
    const isNew = !this.#seen.has(text);
    this.#seen.add(text);
    this.#open.add(text);
    this.#due.delete(text);
    const skipped = isNew ? [...this.#due] : [];
    if (skipped.length === 0) return [];
    this.#due.clear();
    const violation = `handled for the server and not committed: ${skipped.join(' ')}, when ${text} came`;
    if (isOnline) return [violation];
    this.#suspicions.push(violation);
    return [];
  }

  committed(text: string): void {
    this.#open.delete(text);
    this.#due.delete(text);
  }

  /** A session that is new owes nothing: the archive tells what was missed. */
  ready(isResumed: boolean): string[] {
    if (isResumed) return this.#suspicions.splice(0);
    this.#suspicions = [];
    this.#due.clear();
    this.#open.clear();
    return [];
  }
}
