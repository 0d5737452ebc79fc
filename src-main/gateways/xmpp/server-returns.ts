/**
 * Tells those who wait for a server when somebody else is online there: after an outage the waits have grown long, and
 * the first of many accounts to try finds out for all of them.
 */
export class ServerReturns {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Calls once, when the server is back; the returned function gives up waiting. */
  wait(server: string, isBack: () => void): () => void {
    const waiting = this.#waiting.get(server) ?? new Set();
    this.#waiting.set(server, waiting);
    waiting.add(isBack);
    return () => {
      waiting.delete(isBack);
      if (waiting.size === 0 && this.#waiting.get(server) === waiting) this.#waiting.delete(server);
    };
  }

  /** Somebody is online there. */
  announce(server: string): void {
    const waiting = this.#waiting.get(server);
    if (!waiting) return;
    this.#waiting.delete(server);
    for (const isBack of waiting) isBack();
  }
}
