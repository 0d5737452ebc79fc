import type { BotId } from '../../../src-shared/ids.ts';
import type { HttpClient } from '../../base/http-client.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import { Scope } from '../../base/scope.ts';
import type { EndpointHealth } from '../../store/webhook-endpoint-repository.ts';
import type { FileLinks } from '../files/file-links.ts';
import { typesAskedFor } from '../updates/wanted-types.ts';
import { attempt } from './attempt.ts';
import { type GoesOn, type SettleDeps, settling } from './settle.ts';
import { WebhookLine } from './webhook-line.ts';

interface DeliveryRunnerDeps extends SettleDeps {
  client: HttpClient;
  /** Completes what is handed out. */
  links: FileLinks;
  /** Whether bots run at all (setting `bot_features_enabled`). */
  isEnabled: () => boolean;
  /** Calls back when the machine slept. */
  onWakeUp?: (listener: () => void) => () => void;
  version: string;
}

const STOP_GRACE_MS = 2_000;
const IN_FLIGHT = 64;
/** After the store refused: it may be full. */
const STORE_RETRY_MS = 60_000;

/**
 * Brings updates to webhooks: at least once, in order per conversation, one under way per conversation, 8 per bot, 64
 * in all; conversations take turns, and so do bots. What was not answered with 2xx stays in the queue and goes again,
 * also after a restart: the queue is asked anew for each attempt, so nothing here can differ from it.
 */
export class DeliveryRunner {
  readonly #deps: DeliveryRunnerDeps;
  readonly #settling: ReturnType<typeof settling>;
  readonly #lines = new Map<BotId, WebhookLine>();
  /** Lines that may have something to send, longest-waiting first. */
  readonly #wanting = new Set<WebhookLine>();
  readonly #refreshes = new KeyedQueue<BotId>();
  readonly #attempts = new Set<Promise<void>>();
  readonly #scope = new Scope();

  constructor(deps: DeliveryRunnerDeps) {
    this.#deps = deps;
    this.#settling = settling(deps);
  }

  /** Takes up the webhooks that are set, then follows what the engine announces. */
  async start(): Promise<void> {
    const { bots, events, onWakeUp } = this.#deps;
    const refreshAll = async () => {
      for (const botId of await bots.withWebhook()) this.#refreshSoon(botId);
    };
    this.#scope.add(events.on('webhook.changed', ({ botId }) => this.#refreshSoon(botId, true)));
    this.#scope.add(events.on('bot.changed', ({ botId }) => this.#refreshSoon(botId)));
    this.#scope.add(events.on('bot.deleted', ({ botId }) => this.#refreshSoon(botId)));
    this.#scope.add(
      events.on('setting.changed', ({ key }) => {
        if (key === 'bot_features_enabled') void refreshAll();
      }),
    );
    this.#scope.add(
      events.on('update.queued', ({ botId, conversation }) => {
        const line = this.#lines.get(botId);
        line?.turns.wake(conversation);
        if (line) this.#want(line);
      }),
    );
    if (onWakeUp) {
      this.#scope.add(
        onWakeUp(() => {
          for (const line of this.#lines.values()) {
            line.wokeUp();
            this.#want(line);
          }
        }),
      );
    }
    await refreshAll();
  }

  /** Starts nothing new, gives the attempts under way a moment, then cuts them: they go again after the next start. */
  async stop(): Promise<void> {
    await this.#scope.close();
    for (const line of this.#lines.values()) line.close();
    const grace = new Scope();
    const cut = this.#deps.clock.after(grace, STOP_GRACE_MS, () => void this.#deps.client.close());
    await Promise.all(this.#attempts);
    cut();
    await this.#deps.client.close();
  }

  /** How an address is doing right now, and when the next probe goes (Unix milliseconds); undefined: as stored. */
  stateOf(botId: BotId): { health: EndpointHealth; nextTryAt: number | undefined } | undefined {
    const line = this.#lines.get(botId);
    return line?.webhook && { health: line.health, nextTryAt: line.nextTryAt };
  }

  /** When an update of that conversation that was tried goes again (Unix milliseconds); undefined: nobody knows. */
  nextTryOf(botId: BotId, conversation: string): number | undefined {
    const line = this.#lines.get(botId);
    if (!line?.webhook) return undefined;
    if (line.nextTryAt !== undefined) return line.nextTryAt;
    const notBeforeMs = line.turns.notBefore(conversation);
    const { clock } = this.#deps;
    return notBeforeMs === undefined ? undefined : clock.now() + notBeforeMs - clock.monotonic();
  }

  /** Ends the rest of an address: one update probes it now. False when nothing goes there at the moment. */
  probe(botId: BotId): boolean {
    const line = this.#lines.get(botId);
    if (!line?.webhook) return false;
    line.endRest();
    this.#want(line);
    return true;
  }

  /** What is wrong with one bot's webhook is that bot's affair. */
  #refreshSoon(botId: BotId, isSetAgain = false): void {
    this.#refreshes
      .run(botId, () => this.#refresh(botId, isSetAgain))
      .catch((error: unknown) => this.#deps.logger.error({ err: error, botId }, 'a webhook cannot be used'));
  }

  /** Reads what a bot's webhook is now. Attempts under way go on, so that no conversation has two. */
  async #refresh(botId: BotId, isSetAgain: boolean): Promise<void> {
    const { bots, endpoints, updates, clock, isEnabled } = this.#deps;
    const [bot, stored, health] = await Promise.all([
      bots.byId(botId),
      bots.webhookOf(botId),
      endpoints.of(botId),
    ]);
    if (this.#scope.isClosed) return;
    const isOn = stored?.isEnabled && bot?.status === 'active' && isEnabled();
    if (!isOn) {
      this.#lines.get(botId)?.close();
      updates.unwatch(botId);
      this.#forgetIdle(botId);
      return;
    }
    const line = this.#lines.get(botId) ?? new WebhookLine(botId, clock, () => this.#want(line));
    this.#lines.set(botId, line);
    // Setting a webhook again is a wish to try it now; that the bot was given a description is none.
    if (isSetAgain || !line.webhook) line.load(health);
    line.webhook = stored;
    updates.watch(botId);
    for (const conversation of await updates.conversations(botId, typesAskedFor(stored.types)))
      line.turns.wake(conversation);
    this.#want(line);
  }

  #forgetIdle(botId: BotId): void {
    if (this.#lines.get(botId)?.isIdle) this.#lines.delete(botId);
  }

  #want(line: WebhookLine): void {
    if (line.isOverdue) {
      this.#settling
        .tellFailing(line)
        .catch((error: unknown) =>
          this.#deps.logger.error({ err: error, botId: line.botId }, 'an owner could not be told'),
        );
    }
    this.#wanting.add(line);
    this.#fill();
    line.plan();
  }

  /** Gives the free places away, one to each bot in turn. */
  #fill(): void {
    for (const line of this.#wanting) {
      if (this.#attempts.size >= IN_FLIGHT) return;
      this.#wanting.delete(line);
      const conversation = line.take();
      if (conversation === undefined) continue;
      // To the end; the loop comes to it again after the others.
      this.#wanting.add(line);
      this.#send(line, conversation);
    }
  }

  #send(line: WebhookLine, conversation: string): void {
    const run = this.#deliver(line, conversation)
      .catch((error: unknown): GoesOn => {
        // The store refused: the update keeps its place and goes again, at least once.
        this.#deps.logger.error({ err: error, botId: line.botId }, 'a delivery could not be recorded');
        return { hasMore: true, notBeforeMs: this.#deps.clock.monotonic() + STORE_RETRY_MS };
      })
      .then((goesOn) => {
        this.#attempts.delete(run);
        line.turns.done(conversation, goesOn);
        this.#forgetIdle(line.botId);
        this.#want(line);
      });
    this.#attempts.add(run);
  }

  async #deliver(line: WebhookLine, conversation: string): Promise<GoesOn> {
    const { store, client, updates, links, clock, version } = this.#deps;
    const { botId, webhook } = line;
    if (!webhook) return { hasMore: true };
    const head = await updates.head(botId, conversation, typesAskedFor(webhook.types));
    if (!head) return { hasMore: false };
    const { update, hasMore } = head;
    await store.durable();
    const startedAtMs = clock.monotonic();
    const handed = { ...update, data: links(update.data) };
    const { verdict, seen } = await attempt(client, webhook, handed, clock, version);
    return this.#settling.settle({ line, webhook, update, startedAtMs, seen }, verdict, hasMore);
  }
}
