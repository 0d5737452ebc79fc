import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { Done } from '../../src-shared/api/common.ts';
import { SetWebhook, WebhookInfo, WebhookSet } from '../../src-shared/api/webhooks.ts';
import { causeOf } from '../../src-shared/text/reasons.ts';
import type { WebhookInfo as WebhookState } from '../engine/webhooks/webhook-service.ts';
import { botOf, callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered, enveloped } from './views.ts';

export const webhookRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { store, webhooks } = services;

  app.post(
    '/bot/setWebhook',
    {
      schema: {
        summary: 'Have updates posted to an address',
        body: SetWebhook,
        response: { 200: WebhookSet },
      },
      config: { caller: 'bot' },
    },
    async (request) => {
      const { url, allowed_updates: types, secret, rotate_secret: rotateSecret } = request.body;
      const wanted = { url, types, secret, rotateSecret };
      const set = await store.write((tx) => webhooks.set(tx, botOf(request), wanted, callerOf(request)));
      return enveloped({ webhook_url: set.url, secret: set.secret });
    },
  );

  app.post(
    '/bot/deleteWebhook',
    { schema: { summary: 'End the webhook', response: { 200: Done } }, config: { caller: 'bot' } },
    async (request) => {
      await store.write((tx) => webhooks.end(tx, botOf(request), callerOf(request)));
      return answered(true as const);
    },
  );

  app.get(
    '/bot/getWebhookInfo',
    {
      schema: { summary: 'How the webhook is doing', response: { 200: WebhookInfo } },
      config: { caller: 'bot' },
    },
    async (request) => {
      return enveloped(webhookView(await webhooks.info(botOf(request))));
    },
  );
};

/** How a webhook is doing, as the API shows it. */
export const webhookView = (info: WebhookState): z.infer<typeof WebhookInfo>['result'] => ({
  url: info.url ?? '',
  allowed_updates: [...info.types],
  pending: info.pending,
  last_error: info.health.lastError ?? null,
  cause: causeOf(info.health.lastError),
  last_error_at: seconds(info.health.lastErrorAt),
  last_success: seconds(info.health.lastSuccessAt),
  failing_since: seconds(info.health.failingSince),
  next_try: seconds(info.nextTryAt),
  dead_letters: info.deadLetters,
  dropped: info.dropped,
});

const seconds = (ms: number | undefined) => (ms === undefined ? null : Math.floor(ms / 1_000));
