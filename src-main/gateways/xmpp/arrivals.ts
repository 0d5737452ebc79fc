import type { Element } from './element.ts';
import type { ConnectionProblem } from './problem.ts';

/** An element that came, and about how much memory it takes. */
export interface Arrival {
  element: Element;
  weightBytes: number;
}

/**
 * How much may wait while a stream is negotiated: several times what fits into one packet, so that nothing honest comes
 * near it. An element weighs at least 256 bytes, which bounds their number too.
 */
export const WAITING_LIMIT_BYTES = 8 * 1024 * 1024;

interface Question {
  fits: (element: Element) => boolean;
  skipped: Arrival[] | undefined;
  resolve: (element: Element) => void;
  reject: (problem: ConnectionProblem) => void;
}

/** The elements of a stream that is being negotiated, from their arrival until somebody asks for them. */
export class Arrivals {
  #waiting: Arrival[] = [];
  #weightBytes = 0;
  #question: Question | undefined;
  #problem: ConnectionProblem | undefined;

  /** Answers the open question or keeps the element. False when too much waits. */
  add(arrival: Arrival): boolean {
    const question = this.#question;
    if (question?.fits(arrival.element)) {
      this.#question = undefined;
      question.resolve(arrival.element);
      return true;
    }
    (question?.skipped ?? this.#waiting).push(arrival);
    this.#weightBytes += arrival.weightBytes;
    return this.#weightBytes <= WAITING_LIMIT_BYTES;
  }

  /** The first element that fits, of those that wait or will come. One question at a time. */
  next(fits: (element: Element) => boolean, skipped: Arrival[] | undefined): Promise<Element> {
    const found = this.#waiting.findIndex(({ element }) => fits(element));
    if (skipped) skipped.push(...this.#waiting.splice(0, found < 0 ? this.#waiting.length : found));
    const [arrival] = found < 0 ? [] : this.#waiting.splice(skipped ? 0 : found, 1);
    if (arrival) {
      this.#weightBytes -= arrival.weightBytes;
      return Promise.resolve(arrival.element);
    }
    if (this.#problem) return Promise.reject(this.#problem);
    return new Promise((resolve, reject) => {
      this.#question = { fits, skipped, resolve, reject };
    });
  }

  /** No more will come. */
  fail(problem: ConnectionProblem): void {
    this.#problem = problem;
    this.#question?.reject(problem);
    this.#question = undefined;
  }

  /** Everything that waits, in order; nothing waits after that. */
  takeAll(): Arrival[] {
    this.#weightBytes = 0;
    return this.#waiting.splice(0);
  }
}
