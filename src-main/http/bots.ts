import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  ActivateBot,
  BotById,
  BotFilter,
  BotInfo,
  BotList,
  BotSwitched,
  CreateBot,
  CreatedBot,
  DeletedBot,
  Me,
  NewToken,
  ReplaceToken,
  RevokedToken,
} from '../../src-shared/api/bots.ts';
import { bareJidOnly } from '../../src-shared/jid.ts';
import { botOf } from './auth.ts';
import { botActs } from './bot-acts.ts';
import type { RouteDeps } from './server.ts';
import { botView, enveloped } from './views.ts';

export const botRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, apiUrl }) => {
  const { bots, botCommands } = services;
  const acts = botActs(services);

  app.post(
    '/bot/create',
    {
      schema: { summary: 'Create a bot', body: CreateBot, response: { 200: CreatedBot } },
      config: { caller: 'admin', needsBots: true },
    },
    async (request) => {
      const { bot, token } = await acts.create(request, request.body);
      return enveloped({
        id: bot.id,
        name: bot.name,
        token,
        mode: bot.mode,
        ...(bot.jid !== '' && { jid: bot.jid }),
        api_url: apiUrl(),
        hint: 'Use token as Bearer in Authorization header',
      });
    },
  );

  app.get(
    '/bot/list',
    {
      schema: { summary: 'List bots', querystring: BotFilter, response: { 200: BotList } },
      config: { caller: 'admin', needsBots: true },
    },
    async ({ query: { account } }) => {
      const found = await bots.list(account === undefined ? undefined : bareJidOnly(account));
      return { bots: await Promise.all(found.map((bot) => botView(services, bot))) };
    },
  );

  app.post(
    '/bot/delete',
    {
      schema: { summary: 'Delete a bot', body: BotById, response: { 200: DeletedBot } },
      config: { caller: 'admin', needsBots: true },
    },
    async (request) => {
      const { id } = request.body;
      return enveloped({ deleted: true as const, id, ...(await acts.delete(request, id)) });
    },
  );
  app.delete(
    '/bot/delete',
    {
      schema: { summary: 'Delete a bot', querystring: BotById, response: { 200: DeletedBot } },
      config: { caller: 'admin', needsBots: true },
    },
    async (request) => {
      const { id } = request.query;
      return enveloped({ deleted: true as const, id, ...(await acts.delete(request, id)) });
    },
  );

  app.post(
    '/bot/activate',
    {
      schema: { summary: 'Switch a bot on or off', body: ActivateBot, response: { 200: BotSwitched } },
      config: { caller: 'admin', needsBots: true },
    },
    async (request) => {
      const { id, active } = request.body;
      await acts.setActive(request, id, active);
      return enveloped({ id, status: active ? ('active' as const) : ('disabled' as const) });
    },
  );

  app.post(
    '/bot/token',
    {
      schema: {
        summary: 'Make a new token; the old one ends, at once or after `overlap_s`',
        body: ReplaceToken,
        response: { 200: NewToken },
      },
      config: { caller: 'admin', needsBots: true },
    },
    async (request) => {
      const { id, ...wish } = request.body;
      return enveloped({ id, ...(await acts.replaceToken(request, id, wish)) });
    },
  );

  app.post(
    '/bot/revoke',
    {
      schema: {
        summary: 'Take the token away and switch the bot off',
        body: BotById,
        response: { 200: RevokedToken },
      },
      config: { caller: 'admin', needsBots: true },
    },
    async (request) => {
      const { id } = request.body;
      await acts.revoke(request, id);
      return enveloped({ id, revoked: true as const, status: 'disabled' as const });
    },
  );

  app.get(
    '/bot/getMe',
    { schema: { summary: 'The bot behind the token', response: { 200: Me } }, config: { caller: 'bot' } },
    async (request) => enveloped(await botView(services, botOf(request))),
  );

  app.get(
    '/bot/getInfo',
    {
      schema: { summary: 'The bot, its commands and its connections', response: { 200: BotInfo } },
      config: { caller: 'bot' },
    },
    async (request) => {
      const bot = botOf(request);
      return enveloped({
        bot: await botView(services, bot),
        commands: await botCommands.of(bot.id),
        active_sessions: bots.stateOf(bot) === 'online' ? 1 : 0,
      });
    },
  );
};
