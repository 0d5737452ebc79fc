import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  BotWebhook,
  BotWebhookQuery,
  BotWebhookSet,
  TestWebhook,
  WebhookTested,
} from '../../src-shared/api/bot-activity.ts';
import { BotPath } from '../../src-shared/api/bot-resources.ts';
import { Done } from '../../src-shared/api/common.ts';
import { SetWebhook } from '../../src-shared/api/webhooks.ts';
import { causeOf } from '../../src-shared/text/reasons.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';
import { webhookView } from './webhooks.ts';

/** A bot's webhook for the window: the same acts that its program has, and trying it out. */
export const botWebhookRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { bots, store, webhooks, webhookTrials } = services;
  const path = '/api/v1/bots/:id/webhook';
  const ofBot = { params: BotPath };

  app.get(
    path,
    {
      schema: {
        ...ofBot,
        summary: 'How the webhook of a bot is doing; with `secret` also what signs',
        querystring: BotWebhookQuery,
        response: { 200: BotWebhook },
      },
    },
    async ({ params: { id }, query }) => {
      const bot = await bots.find(id);
      const secret = query.secret ? ((await webhooks.secretOf(bot)) ?? null) : undefined;
      return answered({ ...webhookView(await webhooks.info(bot)), ...(secret !== undefined && { secret }) });
    },
  );

  app.post(
    path,
    {
      schema: {
        ...ofBot,
        summary: 'Have updates of a bot posted to an address',
        body: SetWebhook,
        response: { 200: BotWebhookSet },
      },
    },
    async (request) => {
      const { url, allowed_updates: types, secret, rotate_secret: rotateSecret } = request.body;
      const set = await store.write(async (tx) => {
        const bot = await bots.find(request.params.id, undefined, tx);
        return webhooks.set(tx, bot, { url, types, secret, rotateSecret }, callerOf(request));
      });
      return answered({ webhook_url: set.url, secret: set.secret });
    },
  );

  app.delete(
    path,
    { schema: { ...ofBot, summary: 'End the webhook of a bot', response: { 200: Done } } },
    async (request) => {
      await store.write(async (tx) => {
        await webhooks.end(tx, await bots.find(request.params.id, undefined, tx), callerOf(request));
      });
      return answered(true as const);
    },
  );

  app.post(
    `${path}/test`,
    {
      schema: {
        ...ofBot,
        summary: 'Post a test to an address that need not be set',
        description:
          'One signed update of type `test`, numbered 0. It is signed with `secret`, else with that of the same address, else with one that nobody knows.',
        body: TestWebhook,
        response: { 200: WebhookTested },
      },
    },
    async ({ params: { id }, body: { url, secret } }) => {
      const { isDelivered, status, tookMs, error } = await webhookTrials.test(await bots.find(id), {
        url,
        secret,
      });
      return answered({
        delivered: isDelivered,
        status: status ?? null,
        ms: tookMs,
        error: error ?? null,
        cause: causeOf(error),
      });
    },
  );

  app.post(
    `${path}/probe`,
    {
      schema: {
        ...ofBot,
        summary: 'Try the webhook now, although its address rests after failures',
        response: { 200: Done },
      },
    },
    async ({ params: { id } }) => {
      webhookTrials.probe(await bots.find(id));
      return answered(true as const);
    },
  );
};
