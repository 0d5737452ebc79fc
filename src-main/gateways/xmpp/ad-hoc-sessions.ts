import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';

/** So many can be under way; the oldest ends when one more begins. */
export const SESSIONS_AT_ONCE = 20;
export const SESSION_MS = 10 * 60 * 1_000;
const EXPIRED_REMEMBERED = 100;

interface Held<T> {
  value: T;
  cancelTimer: () => void;
}

/** Command sessions under way (XEP-0050, 3.4): each ends by itself when nothing is heard of it for ten minutes. */
export class AdHocSessions<T> {
  readonly #held = new Map<string, Held<T>>();
  /** The newest that ended by themselves, so that the answer can say so. */
  readonly #expired = new Set<string>();
  readonly #clock: Clock;
  readonly #scope: Scope;

  constructor(clock: Clock, scope: Scope) {
    this.#clock = clock;
    this.#scope = scope;
  }

  /** An id that nobody can guess. */
  static newId = (): string => randomBytes(12).toString('base64url');

  begin(id: string, value: T): void {
    const [oldest] = this.#held.keys();
    if (this.#held.size >= SESSIONS_AT_ONCE && oldest !== undefined) this.#expire(oldest);
    this.#held.set(id, { value, cancelTimer: this.#timer(id) });
  }

  get(id: string): T | undefined {
    return this.#held.get(id)?.value;
  }

  hasExpired(id: string): boolean {
    return this.#expired.has(id);
  }

  /** It was heard of: the ten minutes begin anew. */
  touch(id: string): void {
    const held = this.#held.get(id);
    if (!held) return;
    held.cancelTimer();
    held.cancelTimer = this.#timer(id);
  }

  end(id: string): void {
    this.#held.get(id)?.cancelTimer();
    this.#held.delete(id);
  }

  #timer(id: string): () => void {
    return this.#clock.after(this.#scope, SESSION_MS, () => this.#expire(id));
  }

  #expire(id: string): void {
    this.end(id);
    this.#expired.add(id);
    const [oldest] = this.#expired;
    if (this.#expired.size > EXPIRED_REMEMBERED && oldest !== undefined) this.#expired.delete(oldest);
  }
}
