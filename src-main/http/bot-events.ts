import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventStream } from '../../src-shared/api/common.ts';
import { FollowHeaders, FollowUpdates } from '../../src-shared/api/updates.ts';
import { DomainError, refuse } from '../../src-shared/errors.ts';
import { describeForPrograms } from '../../src-shared/text/describe-refusal.ts';
import { DEFAULT_UPDATE_TYPES } from '../engine/updates/wanted-types.ts';
import type { Update } from '../store/update-repository.ts';
import { botOf } from './auth.ts';
import { failureOf } from './error-handler.ts';
import { recheckReaderOf } from './recheck.ts';
import type { RouteDeps } from './server.ts';
import { beginStream, HungUp, onHungUp, writeWhenRead } from './sse.ts';

/** When to call again: after a stream that ended as it should, and after one that was refused. */
const RETRY = { soon: 100, later: 10_000 };

/**
 * The updates of getUpdates as server-sent events, as they come. A stream forgets nothing by itself: connecting again
 * with `Last-Event-ID` (or `offset`) confirms what came before, and every stream ends after a while so that this happens.
 */
export const botEventRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, clock, logger }) => {
  app.get(
    '/bot/events',
    {
      schema: {
        summary: 'Updates as an event stream',
        querystring: FollowUpdates,
        headers: FollowHeaders,
        response: { 200: EventStream },
      },
      config: { caller: 'bot' },
    },
    async (request, reply) => {
      const { offset, allowed_updates: types = DEFAULT_UPDATE_TYPES } = request.query;
      const bot = botOf(request);
      await services.wantedTypes.note(bot, types);
      const lastId = request.headers['last-event-id'];
      const hungUp = new AbortController();
      const pages = services.updates.follow(bot, {
        // An event source repeats the address it was made with, and with it an offset that is old by then.
        offset: lastId === undefined ? offset : Math.max(lastId, offset ?? 0),
        types,
        signal: hungUp.signal,
        recheck: recheckReaderOf(request, services),
      });
      const first = `retry: ${RETRY.soon}\n\n`;
      const { raw, scope } = beginStream(request, reply, { first, clock });
      onHungUp(raw, () => hungUp.abort());
      try {
        for await (const page of pages) {
          for (const update of page) await writeWhenRead(raw, eventOf(update), clock);
        }
        raw.end();
      } catch (error) {
        if (error instanceof HungUp) return;
        if (!(error instanceof DomainError)) logger.error({ err: error }, 'an event stream failed');
        const refusal = error instanceof DomainError ? error : refuse('internal', {});
        const said = failureOf(refusal, describeForPrograms(refusal));
        raw.end(`retry: ${RETRY.later}\nevent: error\ndata: ${JSON.stringify(said)}\n\n`);
      } finally {
        await scope.close();
      }
    },
  );
};

// `data` was written by the engine as a JSON object on one line.
const eventOf = ({ updateId, type, data }: Update) =>
  `id: ${updateId}\ndata: {"update_id":${updateId},"type":${JSON.stringify(type)},"data":${data}}\n\n`;
