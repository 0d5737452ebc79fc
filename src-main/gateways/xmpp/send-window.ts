import type { Element } from './element.ts';
import { SendQueueFull } from './session.ts';
import type { StreamManagement } from './xep-0198-stream-management.ts';

/** How much may be sent without an acknowledgement. */
export const UNACKED_LIMIT = 1_000;
/** And how many characters that may be together: stanzas are kept in memory until they are acknowledged. */
export const UNACKED_LENGTH_LIMIT = 16 * 1024 * 1024;
/** Answers that the other side asked for may go so many times further. */
const ANSWER_FACTOR = 2;
/** How many requests may wait for their answer. */
export const REQUEST_LIMIT = 500;

/** Bounds what one session has under way. Beyond it things are refused, with `SendQueueFull`. */
export class SendWindow {
  #requests = 0;

  /** Throws when another stanza would be too much. */
  check(management: StreamManagement | undefined, factor = 1): void {
    if (!management) return;
    const { unackedCount, unackedLength } = management;
    if (unackedCount < UNACKED_LIMIT * factor && unackedLength < UNACKED_LENGTH_LIMIT * factor) return;
    throw new SendQueueFull(`The server is behind: ${unackedCount} stanzas wait for its acknowledgement.`);
  }

  checkAnswer(management: StreamManagement | undefined): void {
    this.check(management, ANSWER_FACTOR);
  }

  /** Counts a request until it is settled; `reject` settles it before its answer. */
  async request(send: (reject: (reason: Error) => void) => Promise<Element>): Promise<Element> {
    if (this.#requests >= REQUEST_LIMIT) {
      throw new SendQueueFull(`The server is behind: ${this.#requests} requests wait for their answer.`);
    }
    this.#requests += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Element>();
    send(reject).then(resolve, reject);
    return promise.finally(() => {
      this.#requests -= 1;
    });
  }
}
