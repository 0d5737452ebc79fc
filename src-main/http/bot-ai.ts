import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AiDraft,
  AiModels,
  AiUsageOf,
  AiUse,
  ChangeBotAi,
  ClearBotAi,
  OneBotAi,
  OneChangedBotAi,
  TestBotAi,
} from '../../src-shared/api/ai.ts';
import { BotPath } from '../../src-shared/api/bot-resources.ts';
import { answer, Done, EventStream } from '../../src-shared/api/common.ts';
import { DomainError, refuse } from '../../src-shared/errors.ts';
import { callerOf } from './auth.ts';
import { failureOf, wordsFor } from './error-handler.ts';
import type { RouteDeps } from './server.ts';
import { setUpSaid } from './set-up-said.ts';
import { beginStream, onHungUp, writeNow } from './sse.ts';
import { answered } from './views.ts';

/** The AI of a bot for window, panel and CLI. */
export const botAiRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, clock }) => {
  const { ai, bots, store } = services;
  const path = '/api/v1/bots/:id/ai';
  const ofBot = { params: BotPath };

  app.get(
    path,
    { schema: { ...ofBot, summary: 'The AI of a bot', response: { 200: OneBotAi } } },
    async ({ params: { id } }) => answered(await ai.shown(await bots.find(id))),
  );
  app.patch(
    path,
    {
      schema: {
        ...ofBot,
        summary: 'Change the AI of a bot',
        description:
          'What is absent stays. A model that is not in the live list of its provider is refused, unless `force`.',
        body: ChangeBotAi,
        response: { 200: OneChangedBotAi },
      },
    },
    async (request) => {
      const bot = await bots.find(request.params.id);
      const now = await ai.change(bot, request.body, callerOf(request));
      return answered({ ...now, ...setUpSaid(request, now) });
    },
  );
  app.delete(
    path,
    {
      schema: {
        ...ofBot,
        summary: 'Forget the AI of a bot: keys, prompt and conversations',
        response: { 200: Done },
      },
    },
    async (request) => {
      await store.write(async (tx) =>
        ai.forget(tx, await bots.find(request.params.id, undefined, tx), callerOf(request)),
      );
      return answered(true as const);
    },
  );

  app.post(
    `${path}/models`,
    {
      schema: {
        ...ofBot,
        summary: 'The models that the provider has now, with values that need not be saved',
        body: AiDraft,
        response: { 200: AiModels },
      },
    },
    async (request, reply) => {
      const bot = await bots.find(request.params.id);
      const { models, readAt } = await ai.models(bot, request.body, goneOf(reply.raw));
      return answered({ models: [...models], read_at: readAt });
    },
  );

  app.post(
    `${path}/test`,
    {
      schema: {
        ...ofBot,
        summary: 'Ask the AI with values that need not be saved',
        description:
          'Server-sent events: `text` with a `piece` of the answer as it is written, then `done` with the whole of it, or `failed` with what went wrong. Nothing is kept of it but that it was used.',
        body: TestBotAi,
        response: { 200: EventStream },
      },
    },
    async (request, reply) => {
      const bot = await bots.find(request.params.id);
      const { question, ...draft } = request.body;
      const { raw, scope } = beginStream(request, reply, { first: ': asking\n\n', clock });
      const signal = goneOf(raw);
      const tell = (name: string, data: unknown) => {
        if (!signal.aborted) writeNow(raw, `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      };
      try {
        const onText = (piece: string) => tell('text', { piece });
        tell('done', await ai.test(bot, draft, question, { signal, onText }));
      } catch (error) {
        if (!(error instanceof DomainError)) request.log.error({ err: error }, 'a test of the AI failed');
        const refusal = error instanceof DomainError ? error : refuse('internal', {});
        tell('failed', failureOf(refusal, wordsFor(request, refusal)));
      } finally {
        await scope.close();
        raw.end();
      }
    },
  );

  app.post(
    `${path}/stop`,
    {
      schema: {
        ...ofBot,
        summary: 'End every question that is being answered or waits',
        response: { 200: answer(z.object({ stopped: z.number() })) },
      },
    },
    async ({ params: { id } }) => answered({ stopped: await ai.stop(await bots.find(id)) }),
  );
  app.post(
    `${path}/clear`,
    {
      schema: {
        ...ofBot,
        summary: 'Forget the conversation with one person, or with everybody',
        body: ClearBotAi,
        response: { 200: answer(z.object({ cleared: z.number() })) },
      },
    },
    async (request) => {
      const { person } = request.body;
      const cleared = await store.write(async (tx) =>
        ai.clear(tx, await bots.find(request.params.id, undefined, tx), person, callerOf(request)),
      );
      return answered({ cleared });
    },
  );
  app.get(
    `${path}/usage`,
    {
      schema: {
        ...ofBot,
        summary: 'What the AI of a bot has used',
        querystring: AiUsageOf,
        response: { 200: answer(AiUse) },
      },
    },
    async ({ params: { id }, query: { days } }) => answered(await ai.usage(await bots.find(id), days)),
  );
};

/** Says when the other side has gone: nobody pays for an answer that nobody reads. */
function goneOf(raw: Parameters<typeof onHungUp>[0]): AbortSignal {
  const gone = new AbortController();
  onHungUp(raw, () => gone.abort());
  return gone.signal;
}
