import type { Scope } from '../../base/scope.ts';
import type { Connection } from './connection.ts';
import type { LiveStream } from './live-stream.ts';

/** One connection attempt and the stream that came of it. A later one makes all callbacks of an earlier one void. */
export class Attempt {
  readonly scope: Scope;
  connection: Connection | undefined;
  live: LiveStream | undefined;
  /** Presence was sent, now or in the session that goes on: worth a resumption. */
  isEstablished = false;
  /** Some iq got no answer, which is said once. */
  hasDroppedAnswers = false;

  constructor(scope: Scope) {
    this.scope = scope;
  }
}
