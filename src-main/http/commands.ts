import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { BotCommands, SetCommands } from '../../src-shared/api/bots.ts';
import { Done } from '../../src-shared/api/common.ts';
import { botOf, callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

/** The slash commands that a bot's program takes. */
export const commandRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { botCommands, store } = services;

  app.post(
    '/bot/setCommands',
    {
      schema: { summary: 'Replace the commands of the bot', body: SetCommands, response: { 200: Done } },
      config: { caller: 'bot' },
    },
    async (request) => {
      const { commands } = request.body;
      await store.write((tx) => botCommands.set(tx, botOf(request), commands, callerOf(request)));
      return answered(true as const);
    },
  );

  app.get(
    '/bot/getCommands',
    {
      schema: { summary: 'The commands of the bot', response: { 200: BotCommands } },
      config: { caller: 'bot' },
    },
    async (request) => answered(await botCommands.of(botOf(request).id)),
  );
};
