import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import type { Webhook } from '../../store/bot-repository.ts';
import { type EndpointHealth, HEALTHY } from '../../store/webhook-endpoint-repository.ts';
import { ConversationTurns } from './conversation-turns.ts';
import { LONGEST_REST_MS } from './probe-schedule.ts';

const UNDER_WAY_PER_BOT = 8;
/** An address that has been failing for so long is the owner's affair. */
const TOLD_AFTER_MS = 15 * 60 * 1_000;
const TOLD_AGAIN_AFTER_MS = 60 * 1_000;

/**
 * One bot's webhook. Instants of `health` are of the wall clock, because they are stored and shown; waiting goes by
 * the monotonic clock, so that a wall clock that is set neither stops nor rushes anything.
 */
export class WebhookLine {
  readonly botId: BotId;
  readonly turns = new ConversationTurns();
  readonly #clock: Clock;
  readonly #onTime: () => void;
  readonly #scope = new Scope();
  #cancelTimer: (() => void) | undefined;
  #health: EndpointHealth = HEALTHY;
  #restUntilMs = Number.NEGATIVE_INFINITY;
  #tellAtMs: number | undefined;
  /** Undefined while nothing may go: no webhook, bot off, engine stopping. */
  webhook: Webhook | undefined;
  /** Failures of attempts that began before this one was noted are the same failure. Monotonic milliseconds. */
  failedAtMs = Number.NEGATIVE_INFINITY;
  /** When `health` was last written. */
  savedAtMs = Number.NEGATIVE_INFINITY;

  /** `onTime` is called when a wait of this line is over. */
  constructor(botId: BotId, clock: Clock, onTime: () => void) {
    this.botId = botId;
    this.#clock = clock;
    this.#onTime = onTime;
  }

  get health(): EndpointHealth {
    return this.#health;
  }

  /** Takes over what is stored about the address; a rest that it is in goes on. */
  load(health: EndpointHealth): void {
    this.#tellAtMs = undefined;
    const { pausedUntil, lastErrorAt = 0 } = health;
    // Should the wall clock have been set since, the rest is still no longer than it was meant to be.
    const leftMs = Math.min(pausedUntil - this.#clock.now(), pausedUntil - lastErrorAt, LONGEST_REST_MS);
    this.become(health, Math.max(leftMs, 0));
  }

  /** What is known of the address now; it rests for `restMs` from now, or as before when that is left out. */
  become(health: EndpointHealth, restMs?: number): void {
    const monotonicMs = this.#clock.monotonic();
    this.#health = health;
    if (restMs !== undefined) this.#restUntilMs = monotonicMs + restMs;
    const { failingSince, toldAt } = health;
    if (failingSince === undefined || toldAt !== undefined) this.#tellAtMs = undefined;
    else if (this.#tellAtMs === undefined) {
      const failingMs = Math.min(Math.max(this.#clock.now() - failingSince, 0), TOLD_AFTER_MS);
      this.#tellAtMs = monotonicMs + TOLD_AFTER_MS - failingMs;
    }
  }

  /** True until the end of a rest. */
  get isResting(): boolean {
    return this.#restUntilMs > this.#clock.monotonic();
  }

  /** When the next probe goes, Unix milliseconds by the wall clock of now; undefined when it does not rest. */
  get nextTryAt(): number | undefined {
    if (!this.isResting) return undefined;
    return this.#clock.now() + this.#restUntilMs - this.#clock.monotonic();
  }

  /** True when the owner is to be told that the address keeps failing. */
  get isOverdue(): boolean {
    return this.#tellAtMs !== undefined && this.#tellAtMs <= this.#clock.monotonic();
  }

  /** The owner is being told; should that fail, there will be another try. */
  tellLater(): void {
    this.#tellAtMs = this.#clock.monotonic() + TOLD_AGAIN_AFTER_MS;
  }

  get isIdle(): boolean {
    return this.webhook === undefined && this.turns.underWay === 0;
  }

  /** The conversation whose update may go now. */
  take(): string | undefined {
    if (!this.webhook || this.isResting) return undefined;
    // After a failure a single update probes the address before the others follow.
    const allowed = this.#health.failures > 0 ? 1 : UNDER_WAY_PER_BOT;
    if (this.turns.underWay >= allowed) return undefined;
    return this.turns.take(this.#clock.monotonic());
  }

  /** Somebody wants to know now whether the address answers. */
  endRest(): void {
    this.#restUntilMs = Number.NEGATIVE_INFINITY;
    this.turns.endDelays();
  }

  /**
   * The machine slept: a rest that is over by the wall clock is over. Should the wall clock only have been set, that is
   * one early probe.
   */
  wokeUp(): void {
    if (this.#health.pausedUntil <= this.#clock.now()) this.#restUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** Sets the timer for whatever has to wait. */
  plan(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (!this.webhook) return;
    const delayedUntilMs = this.isResting ? this.#restUntilMs : this.turns.earliest();
    const waits = [delayedUntilMs, this.#tellAtMs].filter((at) => at !== undefined);
    if (waits.length === 0) return;
    const delayMs = Math.max(0, Math.min(...waits) - this.#clock.monotonic());
    this.#cancelTimer = this.#clock.after(this.#scope, delayMs, () => {
      this.#cancelTimer = undefined;
      this.#onTime();
    });
  }

  /** Nothing new goes, no timer is left; what is under way ends by itself. */
  close(): void {
    this.webhook = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
