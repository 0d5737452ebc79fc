import { type Connection, MAX_REDIRECTS, redirectOf } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import type { ConnectionProblem } from './problem.ts';

/** Where a server that ended the stream wants to be called instead (`see-other-host`, RFC 6120, 4.9.3.19). */
export class Redirects {
  #next: Endpoint | undefined;
  #count = 0;

  /** For the attempt that begins, and for that one alone. */
  take(): Endpoint | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }

  /** Too many in a row are not followed. */
  learn(problem: ConnectionProblem, { endpoint }: Connection): void {
    const other = this.#count < MAX_REDIRECTS ? redirectOf(problem, endpoint) : undefined;
    if (!other) return;
    this.#count += 1;
    this.#next = other;
  }

  /** A session stood long enough: a later redirect begins a new row. */
  forget(): void {
    this.#count = 0;
  }
}
