/** Runs one task at a time per key, in the order of the calls; other keys do not wait. */
export class KeyedQueue<Key> {
  readonly #tails = new Map<Key, Promise<unknown>>();

  /** How many keys have work waiting or running. */
  get size(): number {
    return this.#tails.size;
  }

  /** Settles as the task does. A task that fails does not stop the ones behind it. */
  run<T>(key: Key, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (this.#tails.get(key) === tail) this.#tails.delete(key);
      });
    this.#tails.set(key, tail);
    return result;
  }
}
