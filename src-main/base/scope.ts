type Closer = () => void | Promise<void>;

/** Owns what was opened and closes it in reverse order. A closer that throws does not stop the others. */
export class Scope {
  #closers: Closer[] = [];
  #closing: Promise<void> | undefined;

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /** How much it would close. */
  get size(): number {
    return this.#closers.length;
  }

  /** Registers a closer; returns it, so that a caller may also run it early. On a closed scope it runs at once. */
  add(closer: Closer): Closer {
    if (this.#closing) void Promise.resolve(closer()).catch(() => undefined);
    else this.#closers.push(closer);
    return closer;
  }

  /** A scope that closes with this one, or earlier by itself. */
  child(): Scope {
    const child = new Scope();
    const closer = () => child.close();
    this.#closers.push(closer);
    child.#closers.push(() => {
      this.#closers = this.#closers.filter((other) => other !== closer);
    });
    return child;
  }

  /** A timer that ends with the scope. Milliseconds. */
  timeout(delayMs: number, task: () => void): () => void {
    const timer = setTimeout(() => {
      this.#closers = this.#closers.filter((other) => other !== cancel);
      task();
    }, delayMs);
    const cancel = () => {
      clearTimeout(timer);
      this.#closers = this.#closers.filter((other) => other !== cancel);
    };
    this.add(cancel);
    return cancel;
  }

  /** Closes everything once; later calls wait for the first. Rejects with the first error, after all closers ran. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const errors: unknown[] = [];
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
      try {
        await closer();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
