import type { Caller } from '../../../src-shared/access.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { UpdateRepository } from '../../store/update-repository.ts';
import {
  type EndpointHealth,
  HEALTHY,
  type WebhookEndpointRepository,
} from '../../store/webhook-endpoint-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import { typesAskedFor } from '../updates/wanted-types.ts';
import { checkAddress } from './check-address.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { DeliveryRunner } from './delivery-runner.ts';
import { newWebhookSecret } from './signature.ts';

interface WebhookServiceDeps {
  bots: BotRepository;
  endpoints: WebhookEndpointRepository;
  updates: UpdateRepository;
  deadLetters: DeadLetters;
  deliveries: DeliveryRunner;
  changes: SensitiveChanges;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  policy: () => AddressPolicy;
}

export interface WebhookRequest {
  url: string;
  types: readonly string[] | undefined;
  /** A secret of the program's own choice; undefined: kept for the same address, else made anew. */
  secret: string | undefined;
  rotateSecret: boolean;
}

/** How a bot's webhook is doing. Instants are Unix milliseconds. */
export interface WebhookInfo {
  /** Undefined when none is set. */
  url: string | undefined;
  types: readonly string[];
  health: EndpointHealth;
  nextTryAt: number | undefined;
  pending: number;
  dropped: number;
  deadLetters: number;
}

/** Sets and ends a bot's webhook. Setting the same address again keeps its secret. */
export function webhookService(deps: WebhookServiceDeps) {
  const { bots, endpoints, updates, deadLetters, deliveries, changes, audit, events, policy } = deps;

  return {
    /** Refuses an address that could not be set. */
    check: (url: string): void => void checkAddress(url, policy()),

    /**
     * Resolves with the secret that signs from now on. Refuses an address that must not be reached. The owner is told
     * when messages go to another host from now on. The same address again is tried at once, also when it rests.
     */
    async set(
      tx: Tx,
      bot: Bot,
      request: WebhookRequest,
      caller: Caller,
    ): Promise<{ url: string; secret: string }> {
      const { url, types } = request;
      const { host, origin } = checkAddress(url, policy());
      const before = await bots.webhookOf(bot.id, tx);
      const kept = before?.url === url && !request.rotateSecret ? before.secret : undefined;
      const secret = request.secret ?? kept ?? newWebhookSecret();
      await bots.setWebhook(tx, bot.id, { url, secret, types });
      const health = before?.url === url ? await endpoints.of(bot.id, tx) : HEALTHY;
      await endpoints.save(tx, bot.id, { ...health, pausedUntil: 0 });
      const hostBefore = before && new URL(before.url).host;
      if (host !== hostBefore) {
        await changes.tell(tx, bot.id, 'webhook-host', caller, { host, before: hostBefore ?? '-' });
      }
      await audit.note(tx, caller, { action: 'webhook.set', botId: bot.id, details: origin });
      tx.afterCommit(() => events.emit('webhook.changed', { botId: bot.id, isSet: true }));
      return { url, secret };
    },

    /** Ends delivery; what was not delivered stays in the queue for getUpdates. */
    async end(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await bots.disableWebhook(tx, bot.id);
      await audit.note(tx, caller, { action: 'webhook.end', botId: bot.id });
      tx.afterCommit(() => events.emit('webhook.changed', { botId: bot.id, isSet: false }));
    },

    /** What signs; undefined when no webhook is set. */
    async secretOf(bot: Bot): Promise<string | undefined> {
      const webhook = await bots.webhookOf(bot.id);
      return webhook?.isEnabled ? webhook.secret : undefined;
    },

    /** How the webhook is doing, by the minute of the last delivery and the second of the next probe. */
    async info(bot: Bot): Promise<WebhookInfo> {
      const [webhook, stored, { waiting, dropped }, buried] = await Promise.all([
        bots.webhookOf(bot.id),
        endpoints.of(bot.id),
        updates.counts(bot.id),
        deadLetters.count(bot.id),
      ]);
      const live = deliveries.stateOf(bot.id);
      return {
        url: webhook?.isEnabled ? webhook.url : undefined,
        types: typesAskedFor(webhook?.isEnabled ? webhook.types : undefined),
        health: live?.health ?? stored,
        nextTryAt: live?.nextTryAt,
        pending: waiting,
        dropped,
        deadLetters: buried,
      };
    },
  };
}
export type WebhookService = ReturnType<typeof webhookService>;
