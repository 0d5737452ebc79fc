import type { ConnectionProblem } from './problem.ts';
import { isBlamedOnStanza } from './stream-error.ts';

/**
 * Finds the stanza that a server ends the stream for, so that it is not sent again for ever.
 *
 * A stream error does not say which stanza it is about. Those written and not acknowledged are suspects: servers handle
 * stanzas in order, and acknowledge what they have handled. So the streams after such an error are careful: they write
 * one stanza, wait until the server has it, and write the next. If such an error comes again while a single stanza is
 * unacknowledged, and that one was a suspect before, it is the cause: no other can be. A stanza is never blamed by one
 * error alone, which may have been about something else. Suspects are known by their text: after a session was lost,
 * their owners send them again unchanged.
 *
 * Care ends when every suspect has passed, or when the session has been fine for a while: some are never sent again.
 */
export class StanzaBlame {
  #suspects = new Set<string>();

  /** Whether the next stream has to be careful. */
  get isCareful(): boolean {
    return this.#suspects.size > 0;
  }

  /**
   * A stream ended; `onWire` was written on it and not acknowledged. Returns whether the one stanza on it was to blame,
   * and must not be sent again.
   */
  streamEnded(problem: ConnectionProblem, onWire: readonly string[]): boolean {
    if (!isBlamedOnStanza(problem)) return false;
    const [first] = onWire;
    if (first !== undefined && onWire.length === 1 && this.#suspects.delete(first)) return true;
    for (const text of onWire) this.#suspects.add(text);
    return false;
  }

  /** The server has this one and did not mind. */
  passed(text: string): void {
    this.#suspects.delete(text);
  }

  /** After a resumption only these are left unacknowledged. */
  retain(texts: readonly string[]): void {
    if (this.isCareful) this.#suspects = new Set(texts.filter((text) => this.#suspects.has(text)));
  }

  /** The session has been fine for a while. */
  forget(): void {
    this.#suspects.clear();
  }
}
