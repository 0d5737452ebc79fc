import { ChatId } from '../../../src-shared/api/telegram.ts';
import { DomainError } from '../../../src-shared/errors.ts';
import { describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import { isYes } from '../fields.ts';
import { usageOnly, wordsIn } from '../subcommands.ts';
import { chatMenu } from './chat-menu.ts';
import { begunOf } from './drafts.ts';
import type { TelegramPage } from './request.ts';
import { setUp } from './setup-pages.ts';
import { back, removal } from './state-words.ts';

export const chats: TelegramPage = {
  name: 'chats',
  aliases: [],
  summary: 'telegram.chats.summary',
  takesNothing: true,
  act: () => ({
    place: 'beside',
    async run(request) {
      const { services, bot, signal, language, t } = request;
      const begun = await begunOf(request);
      const known = begun ? services.telegram.check(bot, begun, signal) : services.telegram.shown(bot);
      try {
        return await chatMenu(request, (await known).username);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'telegram.webhook-hides') throw error;
        return { text: describeRefusal(error, language), items: [removal(t), back(t)] };
      }
    },
  }),
};

export const chat: TelegramPage = {
  name: 'chat',
  aliases: [],
  usage: 'telegram.chat.usage',
  summary: 'telegram.chat.summary',
  act(rest) {
    const [word, ...more] = wordsIn(rest);
    if (word === undefined || more.length > 0) return usageOnly('telegram.chat.usage');
    const id = ChatId.safeParse(word);
    return {
      place: 'holding',
      async run(request) {
        if (!id.success) return request.t('telegram.setup.bad-chat');
        return setUp(request, { ...(await begunOf(request)), chat_id: id.data, force: false });
      },
    };
  },
};

export const webhook: TelegramPage = {
  name: 'webhook',
  aliases: [],
  summary: 'telegram.webhook.summary',
  act(rest) {
    const [word, ...more] = wordsIn(rest.toLowerCase());
    if (word === undefined) {
      return {
        place: 'beside',
        async run(request) {
          const { services, bot, signal, t } = request;
          const draft = { token: (await begunOf(request))?.token };
          const { webhook: host } = await services.telegram.check(bot, draft, signal);
          if (host === null) return t('telegram.webhook.none');
          return { text: t('telegram.webhook.there', { host }), items: [removal(t)] };
        },
      };
    }
    if (more.length > 0 || !['remove', 'entfernen'].includes(word))
      return usageOnly('telegram.webhook.usage');
    return {
      place: 'beside',
      async run(request) {
        const { services, bot, caller, signal, t } = request;
        const begun = await begunOf(request);
        await services.telegram.removeWebhook(bot, caller, signal, { token: begun?.token });
        if (!begun) return t('telegram.webhook.done');
        // Who writes there now can be chosen.
        const next = { command: '/telegram chats', label: t('telegram.chats.summary') };
        return { text: t('telegram.webhook.done'), items: [next] };
      },
    };
  },
};

export const forget: TelegramPage = {
  name: 'forget',
  aliases: ['vergessen'],
  summary: 'telegram.forget.summary',
  act: (rest) => ({
    place: 'unit',
    async run({ tx, services: { telegram }, drafts, bot, caller, t }) {
      if (!isYes(rest))
        return { question: t('telegram.forget.question'), confirmWith: t('telegram.forget.confirm') };
      await telegram.forget(tx, bot, caller);
      drafts.forget(bot);
      return t('telegram.forget.done');
    },
  }),
};
