import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  BotConnection,
  BotPath,
  BotResources,
  BotSettingList,
  BotSettingPath,
  ChangeBot,
  CreateBotResource,
  Errands,
  NewBot,
  OneBot,
  OneBotSetting,
  Picture,
  SetAvatar,
  ShownToken,
  TokenChange,
} from '../../src-shared/api/bot-resources.ts';
import { BotCommands, BotFilter, SetCommands } from '../../src-shared/api/bots.ts';
import { Done } from '../../src-shared/api/common.ts';
import { SettingChange } from '../../src-shared/api/settings.ts';
import { bareJidOnly } from '../../src-shared/jid.ts';
import { reasonIn } from '../../src-shared/text/reasons.ts';
import { readAvatar } from '../engine/bots/bot-avatars.ts';
import { prepareSetting } from '../engine/bots/bot-settings.ts';
import type { BotOverview } from '../store/bot-overview-repository.ts';
import type { Bot } from '../store/bot-repository.ts';
import { callerOf } from './auth.ts';
import { botActs } from './bot-acts.ts';
import { wishedLanguage, worded } from './language.ts';
import type { RouteDeps } from './server.ts';
import { answered, botView, countsView } from './views.ts';

/** Bots for the window, the panel and the CLI: the same acts as under `/bot/…`, and what only people need. */
export const botResourceRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, apiUrl }) => {
  const {
    bots,
    botCommands,
    botConnection,
    botSettings,
    botAvatars,
    deliveries,
    errands,
    overviews,
    tokens,
  } = services;
  const acts = botActs(services);
  const overviewOf = async ({ id }: Bot) => (await overviews(id)).get(id);
  const view = async (bot: Bot, known?: BotOverview) => ({
    ...(await botView(services, bot)),
    ...countsView(known ?? (await overviewOf(bot)), deliveries.stateOf(bot.id)?.nextTryAt),
    owner: bot.owner,
    has_picture: botAvatars.isGiven(bot.id),
    tokens: (await tokens.inUse(bot.id)).map(({ scopes, usedAt, endsAt }) => ({
      scopes: [...scopes],
      last_used: usedAt ?? null,
      ends: endsAt ?? null,
    })),
  });

  app.get(
    '/api/v1/bots',
    { schema: { summary: 'List bots', querystring: BotFilter, response: { 200: BotResources } } },
    async ({ query: { account } }) => {
      const found = await bots.list(account === undefined ? undefined : bareJidOnly(account));
      const known = await overviews();
      return answered(await Promise.all(found.map((bot) => view(bot, known.get(bot.id)))));
    },
  );
  app.post(
    '/api/v1/bots',
    { schema: { summary: 'Create a bot', body: CreateBotResource, response: { 200: NewBot } } },
    async (request) => {
      const { bot, token, webhook } = await acts.create(request, request.body);
      return answered({
        id: bot.id,
        name: bot.name,
        token,
        mode: bot.mode,
        ...(bot.jid !== '' && { jid: bot.jid }),
        api_url: apiUrl(),
        ...(webhook && { webhook }),
      });
    },
  );

  const schema = { params: BotPath };
  app.get(
    '/api/v1/bots/:id',
    { schema: { ...schema, summary: 'One bot', response: { 200: OneBot } } },
    async ({ params: { id } }) => answered(await view(await bots.find(id))),
  );
  app.patch(
    '/api/v1/bots/:id',
    { schema: { ...schema, summary: 'Change a bot', body: ChangeBot, response: { 200: OneBot } } },
    async (request) => {
      const { active, description, avatar: picture } = request.body;
      const avatar = picture ? await readAvatar(picture) : undefined;
      await acts.change(request.params.id, async (tx, bot) => {
        if (active !== undefined) await bots.setActive(tx, bot, active, callerOf(request));
        if (description !== undefined) await bots.setDescription(tx, bot, description, callerOf(request));
        if (picture !== undefined) await botAvatars.set(tx, bot, avatar, callerOf(request));
      });
      return answered(await view(await bots.find(request.params.id)));
    },
  );
  app.delete(
    '/api/v1/bots/:id',
    { schema: { ...schema, summary: 'Delete a bot', response: { 200: Done } } },
    async (request) => {
      await acts.delete(request, request.params.id);
      return answered(true as const);
    },
  );

  app.get(
    '/api/v1/bots/:id/connection',
    {
      schema: {
        ...schema,
        summary: 'How a dedicated bot stands with its server',
        response: { 200: BotConnection },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { jid, state, reason, deviceId, isPublished, ownerDevices, waiting } = await botConnection(
        await bots.find(id),
      );
      return answered({
        jid,
        state,
        reason: reasonIn(wishedLanguage(request), reason ?? null),
        device: deviceId ?? null,
        published: isPublished ?? null,
        owner_devices: ownerDevices,
        waiting_devices: waiting,
      });
    },
  );
  app.get(
    '/api/v1/errands',
    {
      schema: {
        summary: 'What could not be done yet about the accounts of bots',
        response: { 200: Errands },
      },
    },
    async () =>
      answered(
        (await errands.waiting()).map(({ jid, owner, kind, attempts, reason, dueAt }) => ({
          jid,
          owner,
          kind,
          attempts,
          reason: reason ?? null,
          next_try: Math.floor(dueAt / 1_000),
        })),
      ),
  );

  app.post(
    '/api/v1/bots/:id/token',
    { schema: { ...schema, summary: 'Make a new token', body: TokenChange, response: { 200: ShownToken } } },
    async (request) => {
      return answered(await acts.replaceToken(request, request.params.id, request.body));
    },
  );
  app.delete(
    '/api/v1/bots/:id/token',
    { schema: { ...schema, summary: 'Take the token away; the bot is off', response: { 200: Done } } },
    async (request) => {
      await acts.revoke(request, request.params.id);
      return answered(true as const);
    },
  );

  app.get(
    '/api/v1/bots/:id/commands',
    { schema: { ...schema, summary: 'The commands of a bot', response: { 200: BotCommands } } },
    async ({ params: { id } }) => answered(await botCommands.of((await bots.find(id)).id)),
  );
  app.put(
    '/api/v1/bots/:id/commands',
    {
      schema: {
        ...schema,
        summary: 'Replace the commands of a bot',
        body: SetCommands,
        response: { 200: BotCommands },
      },
    },
    async (request) => {
      const { commands } = request.body;
      return answered(
        await acts.change(request.params.id, (tx, bot) =>
          botCommands.set(tx, bot, commands, callerOf(request)),
        ),
      );
    },
  );

  app.get(
    '/api/v1/bots/:id/settings',
    { schema: { ...schema, summary: 'The settings of a bot', response: { 200: BotSettingList } } },
    async (request) => {
      const shown = botSettings.list(await bots.find(request.params.id));
      return answered(shown.map((one) => worded(request, one)));
    },
  );
  app.get(
    '/api/v1/bots/:id/settings/:key',
    {
      schema: { summary: 'One setting of a bot', params: BotSettingPath, response: { 200: OneBotSetting } },
    },
    async (request) => {
      const { id, key } = request.params;
      return answered(worded(request, botSettings.show(await bots.find(id), key)));
    },
  );
  app.put(
    '/api/v1/bots/:id/settings/:key',
    {
      schema: {
        summary: 'Change a setting of a bot',
        params: BotSettingPath,
        body: SettingChange,
        response: { 200: OneBotSetting },
      },
    },
    async (request) => {
      const { id, key } = request.params;
      const value = await prepareSetting(key, request.body.value);
      await acts.change(id, (tx, bot) => botSettings.set(tx, bot, key, value, callerOf(request)));
      return answered(worded(request, botSettings.show(await bots.find(id), key)));
    },
  );

  app.get(
    '/api/v1/bots/:id/avatar',
    { schema: { ...schema, summary: 'The picture of a bot', response: { 200: Picture } } },
    async ({ params: { id } }, reply) => {
      const { type, image } = await botAvatars.of(await bots.find(id));
      return reply.type(type).header('x-content-type-options', 'nosniff').send(image);
    },
  );
  app.put(
    '/api/v1/bots/:id/avatar',
    { schema: { ...schema, summary: 'Give a bot a picture', body: SetAvatar, response: { 200: Done } } },
    async (request) => {
      const avatar = await readAvatar(request.body.avatar);
      await acts.change(request.params.id, (tx, bot) => botAvatars.set(tx, bot, avatar, callerOf(request)));
      return answered(true as const);
    },
  );
  app.delete(
    '/api/v1/bots/:id/avatar',
    { schema: { ...schema, summary: 'Take the picture of a bot away', response: { 200: Done } } },
    async (request) => {
      await acts.change(request.params.id, (tx, bot) =>
        botAvatars.set(tx, bot, undefined, callerOf(request)),
      );
      return answered(true as const);
    },
  );
};
