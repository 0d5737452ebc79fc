import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import {
  type Attempt,
  BotActivity,
  Deliveries,
  type Delivery,
  DeliveryPage,
  DeliveryPath,
  OneDelivery,
  ReplaySome,
  WaitingUpdatePage,
  WaitingUpdates,
} from '../../src-shared/api/bot-activity.ts';
import { BotPath } from '../../src-shared/api/bot-resources.ts';
import { Replayed } from '../../src-shared/api/webhooks.ts';
import { causeOf } from '../../src-shared/text/reasons.ts';
import { SLOT_S } from '../engine/bots/bot-activity.ts';
import type { SeenDelivery } from '../engine/webhooks/delivery-views.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered, enveloped } from './views.ts';

/** What a bot did, what waits for it, and what became of what it was told: for the window. */
export const botDeliveryRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { activity, bots, deadLetters, deliveryViews, store, updates } = services;
  const ofBot = { params: BotPath };

  app.get(
    '/api/v1/bots/:id/activity',
    { schema: { ...ofBot, summary: 'What a bot did in the last day', response: { 200: BotActivity } } },
    async ({ params: { id } }) => {
      const bot = await bots.find(id);
      return answered({ ...(await activity.of(bot.id)), step_s: SLOT_S });
    },
  );

  app.get(
    '/api/v1/bots/:id/updates',
    {
      schema: {
        ...ofBot,
        summary: 'Updates that wait for a bot; looking takes none away',
        querystring: WaitingUpdatePage,
        response: { 200: WaitingUpdates },
      },
    },
    async ({ params: { id }, query }) => {
      const bot = await bots.find(id);
      const [page, { waiting }] = await Promise.all([updates.peek(bot.id, query), updates.counts(bot.id)]);
      await store.durable();
      return answered({
        waiting,
        updates: page.map((update) => ({
          update_id: update.updateId,
          type: update.type,
          conversation: update.conversation,
          created_at: update.createdAt,
          // Written by the engine as a JSON object.
          data: JSON.parse(update.data) as Record<string, unknown>,
        })),
      });
    },
  );

  app.get(
    '/api/v1/bots/:id/deliveries',
    {
      schema: {
        ...ofBot,
        summary: 'Updates on their way to the webhook, and what became of them',
        description: 'Kept for a day, 1000 of each bot; dead letters for a week.',
        querystring: DeliveryPage,
        response: { 200: Deliveries },
      },
    },
    async ({ params: { id }, query }) => {
      const { deliveries, next } = await deliveryViews.page(await bots.find(id), query);
      return answered({ deliveries: deliveries.map(deliveryView), next: next ?? null });
    },
  );

  app.get(
    '/api/v1/bots/:id/deliveries/:update_id',
    {
      schema: {
        params: DeliveryPath,
        summary: 'One delivery, with what was sent and answered at its last attempt',
        response: { 200: OneDelivery },
      },
    },
    async ({ params: { id, update_id } }) => {
      const { request, ...seen } = await deliveryViews.one(await bots.find(id), update_id);
      const { url, headers, body, answer } = request;
      return answered({
        ...deliveryView(seen),
        request: { url, headers, body: body ?? null },
        answer,
      });
    },
  );

  app.post(
    '/api/v1/bots/:id/deliveries/:update_id/replay',
    {
      schema: {
        params: DeliveryPath,
        summary: 'Put a dead letter back into the queue; its delivery id stays',
        response: { 200: Replayed },
      },
    },
    async (request) => {
      const { id, update_id } = request.params;
      return enveloped(await deadLetters.replay(await bots.find(id), update_id, callerOf(request)));
    },
  );

  app.post(
    '/api/v1/bots/:id/replay',
    {
      schema: {
        ...ofBot,
        summary: 'Put some dead letters, or all, back into the queue; their delivery ids stay',
        body: ReplaySome,
        response: { 200: Replayed },
      },
    },
    async (request) => {
      const bot = await bots.find(request.params.id);
      const { update_ids: wanted } = request.body;
      return enveloped(
        wanted === undefined
          ? await deadLetters.replay(bot, undefined, callerOf(request))
          : await deadLetters.replaySome(bot, wanted, callerOf(request)),
      );
    },
  );
};

const deliveryView = (seen: SeenDelivery): Delivery => ({
  update_id: seen.updateId,
  delivery_id: seen.deliveryId,
  update_type: seen.type,
  conversation: seen.conversation,
  state: seen.state,
  created_at: seen.createdAt,
  next_try: seen.nextTryAt === undefined ? null : Math.floor(seen.nextTryAt / 1_000),
  attempts: seen.attempts.map(
    ([number, at, ms, status, error]): z.infer<typeof Attempt> => ({
      number,
      at,
      ms,
      status,
      error,
      cause: causeOf(error),
    }),
  ),
  attempt_count: seen.attemptCount,
});
