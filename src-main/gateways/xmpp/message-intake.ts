import type { Logger } from '../../base/logger.ts';
import type { Element } from './element.ts';

type MessageHandler = (stanza: Element) => Promise<void>;
type MessageWatcher = (stanza: Element) => void;

/**
 * Hands incoming messages to their handlers, in order and without waiting for one before the next: handlers commit in
 * groups. Messages that come before there is a handler wait for it.
 */
export class MessageIntake {
  readonly #handlers = new Set<MessageHandler>();
  readonly #watchers = new Set<MessageWatcher>();
  readonly #logger: Logger;
  readonly #onRejection: (error: unknown) => void;
  #unclaimed: { stanza: Element; done: () => void }[] = [];
  /** Rises with each stream: what a handler of an earlier one says no longer counts. */
  #generation = 0;
  #hasRejected = false;

  constructor(logger: Logger, onRejection: (error: unknown) => void) {
    this.#logger = logger;
    this.#onRejection = onRejection;
  }

  handle(handler: MessageHandler): () => void {
    this.#handlers.add(handler);
    for (const { stanza, done } of this.#unclaimed.splice(0)) this.#handle(stanza, done);
    return () => this.#handlers.delete(handler);
  }

  /** Shows each message as it comes, and never again; what a watcher does with it changes nothing. */
  watch(watcher: MessageWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** `done` is called when every handler has resolved, and never when one has rejected. */
  take(stanza: Element, done: () => void): void {
    if (this.#hasRejected) return;
    for (const watcher of [...this.#watchers]) {
      try {
        watcher(stanza);
      } catch (error) {
        this.#logger.error({ err: error }, 'message watcher failed');
      }
    }
    this.#handle(stanza, done);
  }

  #handle(stanza: Element, done: () => void): void {
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
