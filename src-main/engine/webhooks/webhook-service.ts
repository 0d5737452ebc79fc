import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import { type AddressPolicy, AddressRefused, checkUrl } from '../../base/address-guard.ts';
import type { Emitter } from '../../base/emitter.ts';
import { redact } from '../../base/logger.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import { HEALTHY, type WebhookEndpointRepository } from '../../store/webhook-endpoint-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { newWebhookSecret } from './signature.ts';

interface WebhookServiceDeps {
  bots: BotRepository;
  endpoints: WebhookEndpointRepository;
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

/** Sets and ends a bot's webhook. Setting the same address again keeps its secret. */
export function webhookService({ bots, endpoints, audit, events, policy }: WebhookServiceDeps) {
  return {
    /** Resolves with the secret that signs from now on. Refuses an address that must not be reached. */
    async set(
      tx: Tx,
      bot: Bot,
      request: WebhookRequest,
      caller: Caller,
    ): Promise<{ url: string; secret: string }> {
      const { url, types } = request;
      try {
        checkUrl(url, policy());
      } catch (error) {
        if (error instanceof AddressRefused)
          throw refuse('address.refused', { url: redact(url), reason: error.message });
        throw error;
      }
      const before = await bots.webhookOf(bot.id, tx);
      const kept = before?.url === url && !request.rotateSecret ? before.secret : undefined;
      const secret = request.secret ?? kept ?? newWebhookSecret();
      await bots.setWebhook(tx, bot.id, { url, secret, types });
      if (before?.url !== url) await endpoints.save(tx, bot.id, HEALTHY);
      await audit.note(tx, caller, { action: 'webhook.set', botId: bot.id, details: new URL(url).origin });
      tx.afterCommit(() => events.emit('webhook.changed', { botId: bot.id, isSet: true }));
      return { url, secret };
    },

    /** Ends delivery; what was not delivered stays in the queue for getUpdates. */
    async end(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await bots.disableWebhook(tx, bot.id);
      await audit.note(tx, caller, { action: 'webhook.end', botId: bot.id });
      tx.afterCommit(() => events.emit('webhook.changed', { botId: bot.id, isSet: false }));
    },
  };
}
export type WebhookService = ReturnType<typeof webhookService>;
