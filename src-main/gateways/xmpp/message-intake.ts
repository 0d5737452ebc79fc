import type { Element } from './element.ts';

type MessageHandler = (stanza: Element) => Promise<void>;

/**
 * Hands incoming messages to their handlers, in order and without waiting for one before the next: handlers commit in
 * groups. Messages that come before there is a handler wait for it.
 */
export class MessageIntake {
  readonly #handlers = new Set<MessageHandler>();
  readonly #onRejection: (error: unknown) => void;
  #unclaimed: { stanza: Element; done: () => void }[] = [];
  /** Rises with each stream: what a handler of an earlier one says no longer counts. */
  #generation = 0;
  #hasRejected = false;

  constructor(onRejection: (error: unknown) => void) {
    this.#onRejection = onRejection;
  }

  handle(handler: MessageHandler): () => void {
    this.#handlers.add(handler);
    for (const { stanza, done } of this.#unclaimed.splice(0)) this.take(stanza, done);
    return () => this.#handlers.delete(handler);
  }

  /** `done` is called when every handler has resolved, and never when one has rejected. */
  take(stanza: Element, done: () => void): void {
    if (this.#hasRejected) return;
    if (this.#handlers.size === 0) {
      this.#unclaimed.push({ stanza, done });
      return;
    }
    const generation = this.#generation;
    const results = [...this.#handlers].map((handler) => {
      try {
        return handler(stanza);
      } catch (error) {
        return Promise.reject(error);
      }
    });
    Promise.all(results).then(done, (error: unknown) => {
      if (generation !== this.#generation || this.#hasRejected) return;
      this.#hasRejected = true;
      this.#onRejection(error);
    });
  }

  /** The stream ended: the server delivers again what was not acknowledged. */
  clear(): void {
    this.#generation += 1;
    this.#hasRejected = false;
    this.#unclaimed = [];
  }
}
