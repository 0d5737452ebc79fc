/** What every new session begins with, such as carbons. */
export class BoundSteps {
  readonly #steps = new Set<() => Promise<void>>();

  add(step: () => Promise<void>): () => void {
    this.#steps.add(step);
    return () => this.#steps.delete(step);
  }

  /** Begins all, in order, and waits for none. `failed` hears of the first that does not work. */
  begin(failed: (error: unknown) => void): void {
    Promise.all([...this.#steps].map((step) => step())).catch(failed);
  }
}
