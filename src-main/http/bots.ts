import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  BotById,
  BotFilter,
  BotList,
  CreateBot,
  CreatedBot,
  Me,
  NewToken,
} from '../../src-shared/api/bots.ts';
import { bareJid, bareJidOnly } from '../../src-shared/jid.ts';
import { botOf, callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { botView, enveloped } from './views.ts';

export const botRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, apiUrl }) => {
  const { bots, tokens, store } = services;

  app.post(
    '/bot/create',
    {
      schema: { summary: 'Create a bot', body: CreateBot, response: { 200: CreatedBot } },
      config: { caller: 'admin' },
    },
    async (request) => {
      const { name, mode, account, owner } = request.body;
      const ownerJid = bareJidOnly(account ?? owner ?? '');
      const made = await store.write((tx) =>
        bots.create(tx, { name, owner: ownerJid, mode }, callerOf(request)),
      );
      return enveloped({
        id: made.bot.id,
        name: made.bot.name,
        token: made.token,
        mode: made.bot.mode,
        api_url: apiUrl(),
        hint: 'Use token as Bearer in Authorization header',
      });
    },
  );

  app.get(
    '/bot/list',
    {
      schema: { summary: 'List bots', querystring: BotFilter, response: { 200: BotList } },
      config: { caller: 'admin' },
    },
    async ({ query: { account } }) => {
      const found = await bots.list(account === undefined ? undefined : bareJid(account));
      return { bots: await Promise.all(found.map((bot) => botView(services, bot))) };
    },
  );

  app.post(
    '/bot/token',
    {
      schema: { summary: 'Make a new token; the old one ends', body: BotById, response: { 200: NewToken } },
      config: { caller: 'admin' },
    },
    async (request) => {
      const { id } = request.body;
      const token = await store.write(async (tx) =>
        tokens.replace(tx, await bots.find(id, undefined, tx), callerOf(request)),
      );
      return enveloped({ id, token });
    },
  );

  app.get(
    '/bot/getMe',
    { schema: { summary: 'The bot behind the token', response: { 200: Me } }, config: { caller: 'bot' } },
    async (request) => enveloped(await botView(services, botOf(request))),
  );
};
