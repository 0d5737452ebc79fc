import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  EnableTelegram,
  SendToTelegram,
  SentToTelegram,
  SetUpTelegram,
  TelegramEnabled,
  TelegramSetUp,
  TelegramStatus,
  TelegramTested,
} from '../../src-shared/api/telegram.ts';
import { translate } from '../../src-shared/text/translate.ts';
import { checkCharacters } from '../../src-shared/xml-text.ts';
import { botOf, callerOf } from './auth.ts';
import { goneSignal } from './gone-signal.ts';
import { wishedLanguage } from './language.ts';
import type { RouteDeps } from './server.ts';
import { enveloped } from './views.ts';

/** Whose text it is, as Telegram shows it. */
export const FROM_PROGRAM = 'API';

/** The Telegram bridge of a bot, for its program. */
export const telegramRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { telegram, store } = services;
  const config = { caller: 'bot' } as const;

  app.post(
    '/bot/telegram/setup',
    {
      schema: {
        summary: 'Link the bot with a chat of Telegram, and switch the bridge on',
        description:
          'Stored also while Telegram cannot be reached: then there is a `warning`. What Telegram itself refuses changes nothing; nor does a webhook of another program there, unless `force` takes it away.',
        body: SetUpTelegram,
        response: { 200: TelegramSetUp },
      },
      config,
    },
    async (request) => {
      const { body } = request;
      const change = { ...body, enabled: true };
      const { mode, warning } = await telegram.change(botOf(request), change, callerOf(request));
      const linked = { configured: true as const, chat_id: body.chat_id, mode };
      return enveloped({ ...linked, ...(warning !== null && { warning }) });
    },
  );

  app.get(
    '/bot/telegram/status',
    {
      schema: { summary: 'How the Telegram bridge is set up and doing', response: { 200: TelegramStatus } },
      config,
    },
    async (request) => {
      const shown = await telegram.shown(botOf(request));
      const { enabled, configured, chat, mode, username, trouble, waiting } = shown;
      return enveloped({
        enabled,
        configured,
        chat_id: chat?.id ?? null,
        mode,
        username,
        trouble: trouble?.kind ?? null,
        waiting,
      });
    },
  );

  app.post(
    '/bot/telegram/enable',
    {
      schema: {
        summary: 'Switch the Telegram bridge on or off',
        body: EnableTelegram,
        response: { 200: TelegramEnabled },
      },
      config,
    },
    async (request) => {
      const { enabled } = request.body;
      await store.write((tx) => telegram.setEnabled(tx, botOf(request), enabled, callerOf(request)));
      return enveloped({ enabled });
    },
  );

  app.post(
    '/bot/telegram/send',
    {
      schema: {
        summary: 'Send a text to the linked chat of Telegram',
        description:
          'There it stands under `[XMPP] API:`. 200 says that it is stored: it is sent in its turn, once, also after an outage.',
        body: SendToTelegram,
        response: { 200: SentToTelegram },
      },
      config,
    },
    async (request) => {
      const { text } = request.body;
      checkCharacters('text', text);
      await store.write((tx) => telegram.send(tx, botOf(request), { from: FROM_PROGRAM, text }));
      return enveloped({ sent: true as const });
    },
  );

  app.post(
    '/bot/telegram/test',
    {
      schema: {
        summary: 'Ask Telegram whether the token works',
        description: '`info` is for people, in the language of the header Accept-Language.',
        response: { 200: TelegramTested },
      },
      config,
    },
    async (request, reply) => {
      const { name, username } = await telegram.check(botOf(request), {}, goneSignal(reply));
      const info = translate(wishedLanguage(request))('telegram.test.done', { name, username });
      return enveloped({ connected: true as const, info, username });
    },
  );
};
