import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { GetUpdates, Updates } from '../../src-shared/api/updates.ts';
import { DEFAULT_UPDATE_TYPES } from '../engine/updates/wanted-types.ts';
import { botOf } from './auth.ts';
import { mayBeCut } from './drain.ts';
import { recheckReaderOf } from './recheck.ts';
import type { RouteDeps } from './server.ts';
import { onHungUp } from './sse.ts';
import { answered } from './views.ts';

export const updateRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  app.get(
    '/bot/getUpdates',
    {
      schema: {
        summary: 'Fetch updates, waiting for them if asked',
        querystring: GetUpdates,
        response: { 200: Updates },
      },
      config: { caller: 'bot' },
    },
    async (request, reply) => {
      const { offset, limit, timeout, allowed_updates: types = DEFAULT_UPDATE_TYPES } = request.query;
      const bot = botOf(request);
      await services.wantedTypes.note(bot, types);
      const hungUp = new AbortController();
      if (timeout > 0) mayBeCut(request.raw);
      onHungUp(reply.raw, () => {
        // Who had the answer waits for nothing, and idle polls are to cost little.
        if (!reply.raw.writableFinished) hungUp.abort();
      });
      const found = await services.updates.poll(bot, {
        offset,
        limit,
        timeoutMs: timeout * 1_000,
        types,
        signal: hungUp.signal,
        recheck: recheckReaderOf(request, services),
      });
      return answered(
        found.map(({ updateId, type, data }) => ({
          update_id: updateId,
          type,
          // Written by the engine as a JSON object.
          data: JSON.parse(data) as Record<string, unknown>,
        })),
      );
    },
  );
};
