import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Done, SetWebhook, WebhookSet } from '../../src-shared/api/webhooks.ts';
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
};
