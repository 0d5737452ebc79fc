import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { askAddress } from '../../src-shared/ai-providers.ts';
import {
  AiAnswered,
  AiEnabled,
  AiSetUp,
  AiStatus,
  AiUsage,
  AiUsageOf,
  AskAi,
  AskAiAs,
  EnableAi,
  SetUpAi,
  USUAL_ASKER,
} from '../../src-shared/api/ai.ts';
import { refuse } from '../../src-shared/errors.ts';
import { botOf, callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { setUpSaid } from './set-up-said.ts';
import { onHungUp } from './sse.ts';
import { enveloped } from './views.ts';

/** The AI of a bot, for its program. */
export const aiRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { ai, store } = services;
  const config = { caller: 'bot' } as const;

  app.post(
    '/bot/ai/setup',
    {
      schema: {
        summary: 'Choose provider, key and model of the AI, and switch it on',
        description:
          'Nothing is changed when the provider has no such model. Without `api_key` the one stays that was given for this provider before. A key that the provider refuses is saved all the same, and so is a provider that is busy, cannot be reached or may not be asked there: `is_key_refused` and `warning` say so.',
        body: SetUpAi,
        response: { 200: AiSetUp },
      },
      config,
    },
    async (request) => {
      const { provider, api_key: key, model, endpoint, system } = request.body;
      const change = {
        provider,
        model,
        ...(key !== undefined && { key }),
        ...(endpoint !== undefined && { base_url: endpoint }),
        ...(system !== undefined && { system }),
      };
      const now = await ai.change(botOf(request), change, callerOf(request));
      return enveloped({
        configured: true as const,
        provider,
        model: now.model,
        ...setUpSaid(request, now),
      });
    },
  );

  app.get(
    '/bot/ai/status',
    { schema: { summary: 'How the AI is set up', response: { 200: AiStatus } }, config },
    async (request) => {
      const {
        enabled,
        configured,
        provider,
        model,
        base_url: baseUrl,
        system,
        key,
      } = await ai.shown(botOf(request));
      return enveloped({
        enabled,
        configured,
        type: provider,
        model: model === '' ? null : model,
        endpoint: provider === null ? null : askAddress(provider, baseUrl, model) || null,
        system,
        key,
      });
    },
  );

  app.post(
    '/bot/ai/enable',
    {
      schema: {
        summary: 'Switch the AI on or off; off forgets its conversations',
        body: EnableAi,
        response: { 200: AiEnabled },
      },
      config,
    },
    async (request) => {
      const { enabled } = request.body;
      await store.write((tx) => ai.setEnabled(tx, botOf(request), enabled, callerOf(request)));
      return enveloped({ enabled });
    },
  );

  app.post(
    '/bot/ai/ask',
    {
      schema: {
        summary: 'Ask the AI, in a conversation of its own',
        description:
          'The question is `message`, or `text`. Who asks with the same `from` goes on with the same conversation. The answer comes when it is whole; limits of the bot count. OpenClaw with the model `agent` answers later: then there is a `run_id`.',
        querystring: AskAiAs,
        body: AskAi,
        response: { 200: AiAnswered },
      },
      config,
    },
    async (request, reply) => {
      const { message, text } = request.body;
      const question = [message, text].find((one) => one !== undefined && one.trim() !== '');
      if (question === undefined) throw refuse('request.invalid', { reason: '`message` is missing' });
      const gone = new AbortController();
      onHungUp(reply.raw, () => gone.abort());
      const how = { signal: gone.signal, source: 'api' } as const;
      const answer = await ai.ask(botOf(request), request.query.from || USUAL_ASKER, question, how);
      return enveloped({
        response: answer.text,
        reasoning: answer.reasoning,
        sources: [...answer.sources],
        model: answer.model,
        tokens: answer.tokens,
        is_cut: answer.isCut,
        run_id: answer.runId,
      });
    },
  );

  app.get(
    '/bot/ai/usage',
    {
      schema: {
        summary: 'What the AI has used, and its limits',
        querystring: AiUsageOf,
        response: { 200: AiUsage },
      },
      config,
    },
    async (request) => enveloped(await ai.usage(botOf(request), request.query.days)),
  );
};
