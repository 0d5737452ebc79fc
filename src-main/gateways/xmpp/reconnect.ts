import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import type { ConnectionProblem } from './problem.ts';
import { reconnectDelayMs, replacedDelayMs } from './reconnect-policy.ts';
import type { ServerReturns } from './server-returns.ts';

/** Within which time everybody tries again once somebody is online at the same server. */
export const RETURN_WITHIN_MS = 5_000;

interface ReconnectDeps {
  clock: Clock;
  scope: Scope;
  random: () => number;
  /** Names the server for `returns`. */
  server: string;
  returns: ServerReturns | undefined;
  connect: () => void;
}

/** When one account connects again after its connection was lost: one plan at a time. */
export class Reconnect {
  readonly #deps: ReconnectDeps;
  #failures = 0;
  /** Only once per outage: an account that fails by itself may not be hurried by those that do not. */
  #wasHurried = false;
  #cancel: () => void = () => undefined;
  #lastReplacedMs: number | undefined;
  #dueAtMs: number | undefined;

  constructor(deps: ReconnectDeps) {
    this.#deps = deps;
    deps.scope.add(() => this.#cancel());
  }

  /** When the next attempt is planned, monotonic milliseconds. */
  get dueAtMs(): number | undefined {
    return this.#dueAtMs;
  }

  /** Plans the next attempt; returns how long it will be until then, undefined when no attempt can help. */
  plan(problem: ConnectionProblem): number | undefined {
    const { random, returns, server } = this.#deps;
    const delayMs =
      problem.kind === 'replaced'
        ? this.#afterReplacement()
        : reconnectDelayMs(problem, this.#failures, random);
    this.#failures += 1;
    this.#cancel();
    this.#dueAtMs = undefined;
    if (delayMs === undefined) return undefined;
    const cancelTimer = this.#after(delayMs);
    const waitsForServer = problem.kind === 'unreachable' || problem.kind === 'closed';
    if (waitsForServer && !this.#wasHurried && delayMs > RETURN_WITHIN_MS) {
      const stopWaiting = returns?.wait(server, () => this.#hurry());
      this.#cancel = () => {
        cancelTimer();
        stopWaiting?.();
      };
    }
    return delayMs;
  }

  /** Connects at once, whatever was planned. */
  now(): void {
    this.#cancel();
    this.#cancel = () => undefined;
    this.#dueAtMs = undefined;
    this.#deps.connect();
  }

  /** The account is online: tells those who wait for the same server. */
  online(): void {
    this.#deps.returns?.announce(this.#deps.server);
  }

  /** The account has been online for some time: waits are short again. */
  stable(): void {
    this.#failures = 0;
    this.#wasHurried = false;
  }

  #afterReplacement(): number | undefined {
    const { clock, random } = this.#deps;
    const nowMs = clock.monotonic();
    const sinceMs = this.#lastReplacedMs === undefined ? undefined : nowMs - this.#lastReplacedMs;
    this.#lastReplacedMs = nowMs;
    return replacedDelayMs(sinceMs, random);
  }

  #hurry(): void {
    this.#wasHurried = true;
    this.#cancel();
    this.#after(this.#deps.random() * RETURN_WITHIN_MS);
  }

  #after(delayMs: number): () => void {
    const { clock, scope } = this.#deps;
    this.#dueAtMs = clock.monotonic() + delayMs;
    this.#cancel = clock.after(scope, delayMs, () => this.now());
    return this.#cancel;
  }
}
