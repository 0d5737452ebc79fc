interface Line {
  free: number;
  waiting: (() => void)[];
}

/**
 * Lets a few logins run at a time at each server, in the order of asking: a storm of them would only time out together.
 * A server that does not answer holds up its own accounts alone.
 */
export class LoginQueue {
  readonly #lines = new Map<string, Line>();
  readonly #atOnce: number;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Resolves when it is this login's turn. The returned function gives the place on; calling it again does nothing. */
  async turn(server: string): Promise<() => void> {
    const line = this.#lines.get(server) ?? { free: this.#atOnce, waiting: [] };
    this.#lines.set(server, line);
    if (line.free > 0) line.free -= 1;
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = line.waiting.shift();
      if (next) next();
      else line.free += 1;
      if (line.free === this.#atOnce) this.#lines.delete(server);
    };
  }
}
