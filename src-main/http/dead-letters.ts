import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  DeadLetterPage,
  DeadLetterPath,
  DeadLetters,
  Replay,
  Replayed,
} from '../../src-shared/api/webhooks.ts';
import { causeOf } from '../../src-shared/text/reasons.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered, enveloped } from './views.ts';

export const deadLetterRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { bots, deadLetters } = services;
  const path = '/api/v1/bots/:id/dead-letters';

  app.get(
    path,
    {
      schema: {
        summary: 'Updates that a webhook would not take',
        params: DeadLetterPath,
        querystring: DeadLetterPage,
        response: { 200: DeadLetters },
      },
      config: { caller: 'admin' },
    },
    async ({ params, query }) => {
      const bot = await bots.find(params.id, undefined);
      const page = await deadLetters.page(bot.id, query);
      return answered(
        page.map((letter) => ({
          update_id: letter.updateId,
          update_type: letter.type,
          conversation: letter.conversation,
          // Written by the engine as a JSON object.
          data: JSON.parse(letter.data) as Record<string, unknown>,
          attempts: letter.attempts,
          reason: letter.reason,
          cause: causeOf(letter.reason),
          created_at: letter.createdAt,
          dead_since: letter.buriedAt,
        })),
      );
    },
  );

  app.post(
    path,
    {
      schema: {
        summary: 'Put one dead letter, or all, back into the queue',
        params: DeadLetterPath,
        body: Replay,
        response: { 200: Replayed },
      },
      config: { caller: 'admin' },
    },
    async (request) => {
      const bot = await bots.find(request.params.id, undefined);
      return enveloped(await deadLetters.replay(bot, request.body.update_id, callerOf(request)));
    },
  );
};
