import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { BotRepository, Webhook } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { Update, UpdateRepository } from '../../store/update-repository.ts';
import type { EndpointHealth, WebhookEndpointRepository } from '../../store/webhook-endpoint-repository.ts';
import { DEFAULT_UPDATE_TYPES } from '../updates/update-service.ts';
import { attempt, type Verdict } from './attempt.ts';
import { BotDeliveries } from './bot-deliveries.ts';

interface DeliveryRunnerDeps {
  store: Store;
  bots: BotRepository;
  updates: UpdateRepository;
  endpoints: WebhookEndpointRepository;
  events: Emitter<EngineEvents>;
  client: HttpClient;
  /** Whether bots run at all (setting `bot_features_enabled`). */
  isEnabled: () => boolean;
  clock: Clock;
  logger: Logger;
  version: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** After that many failures in a row the address rests this long, then one update probes it; the last one repeats. */
const PROBE_AFTER_MS = [1, 2, 4, 15, 60, 300, 900, 1_800, 3_600].map((seconds) => seconds * SECOND);
/** Waits between the attempts of an update that the receiver refuses; then it is a dead letter. */
const REFUSED_AFTER_MS = [1, 2, 4].map((seconds) => seconds * SECOND);
const STOP_GRACE_MS = 2 * SECOND;
const IN_FLIGHT_PER_BOT = 8;
const IN_FLIGHT = 64;
const PAGE = 100;
/** How long a webhook's last success may be out of date in the database: it saves a write per delivery. */
const SUCCESS_NOTED_EVERY_MS = MINUTE;

/** One bot's webhook while it is on. */
interface Line {
  botId: BotId;
  webhook: Webhook;
  health: EndpointHealth;
  deliveries: BotDeliveries;
  scope: Scope;
  cancelTimer: (() => void) | undefined;
  /** True while a page is read: one at a time. */
  isLoading: boolean;
  /** True when the queue held nothing beyond the cursor. */
  isDrained: boolean;
  isEnded: boolean;
}

/**
 * Brings updates to webhooks: at least once, in order per conversation, under one fair scheduler. What was not
 * answered with 2xx stays in the queue and goes again, also after a restart.
 */
export class DeliveryRunner {
  readonly #deps: DeliveryRunnerDeps;
  readonly #lines = new Map<BotId, Line>();
  readonly #scope = new Scope();
  #inFlight = 0;
  readonly #attempts = new Set<Promise<void>>();
  /** How often the receiver refused an update; not kept over a restart, so it gets its tries again then. */
  readonly #refusals = new WeakMap<Update, number>();

  constructor(deps: DeliveryRunnerDeps) {
    this.#deps = deps;
  }

  /** Takes up the webhooks that are set, then follows what the engine announces. */
  async start(): Promise<void> {
    const { bots, events } = this.#deps;
    this.#scope.add(events.on('webhook.changed', ({ botId }) => this.#reopenSoon(botId)));
    this.#scope.add(events.on('bot.changed', ({ botId }) => this.#reopenSoon(botId)));
    this.#scope.add(
      events.on('setting.changed', ({ key }) => {
        if (key !== 'bot_features_enabled') return;
        void bots.withWebhook().then((ids) => {
          for (const botId of ids) this.#reopenSoon(botId);
        });
      }),
    );
    this.#scope.add(events.on('bot.deleted', ({ botId }) => this.#end(botId)));
    this.#scope.add(
      events.on('update.queued', ({ botId }) => {
        const line = this.#lines.get(botId);
        if (!line) return;
        line.isDrained = false;
        this.#advance(line);
      }),
    );
    for (const botId of await bots.withWebhook()) this.#reopenSoon(botId);
  }

  /** Starts nothing new, gives the attempts under way a moment, then cuts them: they go again after the next start. */
  async stop(): Promise<void> {
    await this.#scope.close();
    for (const botId of [...this.#lines.keys()]) this.#end(botId);
    const grace = new Scope();
    const cut = this.#deps.clock.after(grace, STOP_GRACE_MS, () => void this.#deps.client.close());
    await Promise.all(this.#attempts);
    cut();
    await this.#deps.client.close();
  }

  #end(botId: BotId): void {
    const line = this.#lines.get(botId);
    if (!line) return;
    line.isEnded = true;
    void line.scope.close();
    this.#lines.delete(botId);
  }

  /** What is wrong with one bot's webhook is that bot's affair. */
  #reopenSoon(botId: BotId): void {
    this.#reopen(botId).catch((error: unknown) =>
      this.#deps.logger.error({ err: error, botId }, 'a webhook cannot be used'),
    );
  }

  async #reopen(botId: BotId): Promise<void> {
    const { bots, endpoints } = this.#deps;
    const [bot, webhook, health] = await Promise.all([
      bots.byId(botId),
      bots.webhookOf(botId),
      endpoints.of(botId),
    ]);
    this.#end(botId);
    if (this.#scope.isClosed || !this.#deps.isEnabled()) return;
    if (!webhook?.isEnabled || bot?.status !== 'active') return;
    const line: Line = {
      botId,
      webhook,
      health,
      deliveries: new BotDeliveries(),
      scope: new Scope(),
      cancelTimer: undefined,
      isLoading: false,
      isDrained: false,
      isEnded: false,
    };
    this.#lines.set(botId, line);
    this.#advance(line);
  }

  /** Sends what may go now, loads more when little is left, and sets the timer for what has to wait. */
  #advance(line: Line): void {
    if (line.isEnded) return;
    const { clock } = this.#deps;
    const nowMs = clock.now();
    const { deliveries, health } = line;
    line.cancelTimer?.();
    line.cancelTimer = undefined;
    if (health.pausedUntil > nowMs) {
      line.cancelTimer = clock.after(line.scope, health.pausedUntil - nowMs, () => this.#advance(line));
      return;
    }
    // After a failure a single update probes the address before the others follow.
    const allowed = health.failures > 0 ? 1 : IN_FLIGHT_PER_BOT;
    while (deliveries.inFlight < allowed && this.#inFlight < IN_FLIGHT) {
      const update = deliveries.take(nowMs);
      if (!update) break;
      this.#send(line, update);
    }
    if (!line.isDrained && deliveries.buffered < PAGE / 2) void this.#load(line);
    const earliestMs = deliveries.earliest();
    if (earliestMs !== undefined && earliestMs > nowMs) {
      line.cancelTimer = clock.after(line.scope, earliestMs - nowMs, () => this.#advance(line));
    }
  }

  async #load(line: Line): Promise<void> {
    if (line.isLoading) return;
    line.isLoading = true;
    line.isDrained = true;
    const types = line.webhook.types ?? DEFAULT_UPDATE_TYPES;
    try {
      const page = await this.#deps.updates.page(line.botId, {
        after: line.deliveries.cursor,
        limit: PAGE,
        types,
      });
      for (const update of page) line.deliveries.add(update);
      if (page.length === PAGE) line.isDrained = false;
    } catch (error) {
      this.#deps.logger.error({ err: error, botId: line.botId }, 'updates could not be read for the webhook');
    } finally {
      line.isLoading = false;
    }
    if (line.deliveries.buffered > 0) this.#advance(line);
  }

  #send(line: Line, update: Update): void {
    const { client, clock, version } = this.#deps;
    this.#inFlight += 1;
    const run = attempt(client, line.webhook, update, clock.now, version)
      .then((verdict) => this.#settle(line, update, verdict))
      .catch((error: unknown) => {
        // The store refused: the update keeps its place and goes again, at least once.
        this.#deps.logger.error({ err: error, botId: line.botId }, 'a delivery could not be recorded');
        line.deliveries.postpone(update, clock.now() + MINUTE);
      })
      .finally(() => {
        this.#inFlight -= 1;
        this.#attempts.delete(run);
        this.#shareFreePlace(line);
      });
    this.#attempts.add(run);
  }

  /** A place came free: at the limit over all bots, those that waited longer for one are looked at first. */
  #shareFreePlace(line: Line): void {
    const wasFull = this.#inFlight >= IN_FLIGHT - 1;
    if (!wasFull) {
      this.#advance(line);
      return;
    }
    for (const waiting of [...this.#lines.values()]) {
      const before = this.#inFlight;
      this.#advance(waiting);
      if (this.#inFlight > before) this.#toTheEnd(waiting);
      if (this.#inFlight >= IN_FLIGHT) return;
    }
  }

  /** Bots take turns: who was served stands last. */
  #toTheEnd(line: Line): void {
    if (this.#lines.get(line.botId) !== line) return;
    this.#lines.delete(line.botId);
    this.#lines.set(line.botId, line);
  }

  async #settle(line: Line, update: Update, verdict: Verdict): Promise<void> {
    const { botId, deliveries } = line;
    const { store, updates, bots, clock, logger, events } = this.#deps;
    const nowMs = clock.now();
    // A webhook that was ended or changed meanwhile, or an engine that stops: only a success still counts.
    if (line.isEnded && verdict.kind !== 'delivered') return;
    switch (verdict.kind) {
      case 'delivered': {
        const wasFailing = line.health.failures > 0;
        const isStale = nowMs - (line.health.lastSuccessAt ?? 0) > SUCCESS_NOTED_EVERY_MS;
        const health = {
          failures: 0,
          failingSince: undefined,
          pausedUntil: 0,
          lastError: undefined,
          lastSuccessAt: nowMs,
        };
        await store.write(async (tx) => {
          await updates.delete(tx, botId, [update.updateId]);
          if (wasFailing || isStale) await this.#deps.endpoints.save(tx, botId, health);
        });
        if (wasFailing || isStale) line.health = health;
        deliveries.drop(update);
        return;
      }
      case 'endpoint-down': {
        const failures = line.health.failures + 1;
        const scheduledMs = PROBE_AFTER_MS[Math.min(failures, PROBE_AFTER_MS.length) - 1] ?? 0;
        // The receiver may ask for a longer rest, not for a shorter one.
        const restMs = Math.max(verdict.retryAfterMs ?? 0, scheduledMs);
        // Several updates may fail at once; the address rests from the first failure, not longer for each.
        const isFirst = line.health.pausedUntil <= nowMs;
        line.health = {
          ...line.health,
          failures: isFirst ? failures : line.health.failures,
          failingSince: line.health.failingSince ?? nowMs,
          pausedUntil: isFirst ? nowMs + restMs : line.health.pausedUntil,
          lastError: verdict.reason,
        };
        const { health } = line;
        await store.write(async (tx) => {
          await updates.noteAttempt(tx, botId, update.updateId, update.attempts + 1, 0);
          await this.#deps.endpoints.save(tx, botId, health);
        });
        logger.warn(
          { botId, attempt: update.attempts + 1, reason: verdict.reason },
          'webhook address is failing',
        );
        deliveries.postpone(update, 0);
        return;
      }
      case 'refused': {
        const refusals = this.#refusals.get(update) ?? 0;
        this.#refusals.set(update, refusals + 1);
        const waitMs = REFUSED_AFTER_MS[refusals];
        const nextAttemptAt = nowMs + (waitMs ?? 0);
        const attempts = update.attempts + 1;
        await store.write((tx) =>
          waitMs === undefined
            ? updates.bury(tx, botId, update.updateId, attempts)
            : updates.noteAttempt(tx, botId, update.updateId, attempts, nextAttemptAt),
        );
        logger.warn(
          { botId, attempt: attempts, reason: verdict.reason },
          'webhook receiver refused an update',
        );
        if (waitMs === undefined) deliveries.drop(update);
        else deliveries.postpone(update, nextAttemptAt);
        return;
      }
      case 'gone': {
        await store.write(async (tx) => {
          await bots.disableWebhook(tx, botId, line.webhook.url);
          tx.afterCommit(() => events.emit('webhook.changed', { botId, isSet: false }));
        });
        logger.warn({ botId }, 'webhook receiver answered 410: the webhook is off');
        deliveries.postpone(update, 0);
        return;
      }
    }
  }
}
