import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { BotPath } from '../../src-shared/api/bot-resources.ts';
import { Done } from '../../src-shared/api/common.ts';
import {
  ChangeBotTelegram,
  ChangedBotTelegram,
  CheckedTelegram,
  OneBotTelegram,
  SendToTelegram,
  TelegramChats,
  TelegramDraft,
  TelegramHello,
  TestTelegram,
} from '../../src-shared/api/telegram.ts';
import { checkCharacters } from '../../src-shared/xml-text.ts';
import { callerOf } from './auth.ts';
import { goneSignal } from './gone-signal.ts';
import { wishedLanguage } from './language.ts';
import type { RouteDeps } from './server.ts';
import { FROM_PROGRAM } from './telegram.ts';
import { answered } from './views.ts';

/** The Telegram bridge of a bot for window, panel and CLI. */
export const botTelegramRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { bots, store, telegram } = services;
  const path = '/api/v1/bots/:id/telegram';
  const ofBot = { params: BotPath };

  app.get(
    path,
    { schema: { ...ofBot, summary: 'The Telegram bridge of a bot', response: { 200: OneBotTelegram } } },
    async ({ params: { id } }) => answered(await telegram.shown(await bots.find(id))),
  );
  app.patch(
    path,
    {
      schema: {
        ...ofBot,
        summary: 'Change the Telegram bridge of a bot',
        description:
          'What is absent stays. What Telegram refuses changes nothing; while it cannot be reached the change is stored all the same, with a `warning`.',
        body: ChangeBotTelegram,
        response: { 200: ChangedBotTelegram },
      },
    },
    async (request) => {
      const bot = await bots.find(request.params.id);
      const change = await telegram.change(bot, request.body, callerOf(request), {
        wished: wishedLanguage(request),
      });
      return answered(change);
    },
  );
  app.delete(
    path,
    {
      schema: {
        ...ofBot,
        summary: 'Forget the Telegram bridge of a bot: token, chat and what waits',
        response: { 200: Done },
      },
    },
    async (request) => {
      await store.write(async (tx) =>
        telegram.forget(tx, await bots.find(request.params.id, undefined, tx), callerOf(request)),
      );
      return answered(true as const);
    },
  );

  app.post(
    `${path}/check`,
    {
      schema: {
        ...ofBot,
        summary: 'Ask Telegram about a token, which need not be saved',
        body: TelegramDraft,
        response: { 200: CheckedTelegram },
      },
    },
    async (request, reply) => {
      const bot = await bots.find(request.params.id);
      return answered(await telegram.check(bot, request.body, goneSignal(reply)));
    },
  );
  app.post(
    `${path}/chats`,
    {
      schema: {
        ...ofBot,
        summary: 'Chats that wrote to the Telegram bot lately, to choose one',
        body: TelegramDraft,
        response: { 200: TelegramChats },
      },
    },
    async (request, reply) => {
      const bot = await bots.find(request.params.id);
      return answered([...(await telegram.chats(bot, request.body, goneSignal(reply)))]);
    },
  );
  app.post(
    `${path}/hello`,
    {
      schema: {
        ...ofBot,
        summary: 'Say hello in the chat, with values that need not be saved',
        body: TestTelegram,
        response: { 200: TelegramHello },
      },
    },
    async (request, reply) => {
      const bot = await bots.find(request.params.id);
      return answered(await telegram.hello(bot, request.body, goneSignal(reply)));
    },
  );
  app.post(
    `${path}/send`,
    {
      schema: {
        ...ofBot,
        summary: 'Send a text to the linked chat, as a program of the bot would',
        body: SendToTelegram,
        response: { 200: Done },
      },
    },
    async (request) => {
      const { text } = request.body;
      checkCharacters('text', text);
      await store.write(async (tx) => {
        const bot = await bots.find(request.params.id, undefined, tx);
        await telegram.send(tx, bot, { from: FROM_PROGRAM, text });
      });
      return answered(true as const);
    },
  );
  app.post(
    `${path}/webhook/remove`,
    {
      schema: {
        ...ofBot,
        summary: 'Take the webhook away that another program has set at Telegram',
        description: 'With a token that need not be saved.',
        body: TelegramDraft,
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      const bot = await bots.find(request.params.id);
      await telegram.removeWebhook(bot, callerOf(request), goneSignal(reply), request.body);
      return answered(true as const);
    },
  );
};
