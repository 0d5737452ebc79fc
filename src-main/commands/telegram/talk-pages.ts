import { TELEGRAM_MODES } from '../../../src-shared/api/telegram.ts';
import { usageOnly, wordsIn } from '../subcommands.ts';
import type { TelegramPage } from './request.ts';
import { modeNamed } from './setup-pages.ts';
import { activityLines, modeWords, telegramLines, telegramPage } from './state-words.ts';

export const on: TelegramPage = {
  name: 'on',
  aliases: ['ein', 'an', 'einschalten', 'aktivieren'],
  summary: 'telegram.on.summary',
  takesNothing: true,
  act: () => ({
    place: 'unit',
    async run({ tx, services: { telegram }, bot, caller, t }) {
      await telegram.setEnabled(tx, bot, true, caller);
      return t('telegram.on.done');
    },
  }),
};

export const off: TelegramPage = {
  name: 'off',
  aliases: ['aus', 'ausschalten', 'deaktivieren'],
  summary: 'telegram.off.summary',
  takesNothing: true,
  act: () => ({
    place: 'unit',
    async run({ tx, services: { telegram }, bot, caller, t }) {
      await telegram.setEnabled(tx, bot, false, caller);
      return t('telegram.off.done');
    },
  }),
};

export const status: TelegramPage = {
  name: 'status',
  aliases: ['zustand'],
  summary: 'telegram.status.summary',
  takesNothing: true,
  act: () => ({
    place: 'ahead',
    async run({ services: { telegram }, bot, t }) {
      const shown = await telegram.shown(bot);
      const lines = [...telegramLines(shown, t), ...(shown.configured ? activityLines(shown, t) : [])];
      return telegramPage(t, t('telegram.title', { name: bot.name }), lines, []);
    },
  }),
};

export const mode: TelegramPage = {
  name: 'mode',
  aliases: ['modus'],
  usage: 'telegram.mode.usage',
  summary: 'telegram.mode.summary',
  act(rest) {
    const [word, ...more] = wordsIn(rest);
    if (word === undefined) {
      return {
        place: 'ahead',
        async run({ services: { telegram }, bot, t }) {
          const { mode: now } = await telegram.shown(bot);
          const title = t('telegram.status.mode', { mode: modeWords(now, t) });
          const others = TELEGRAM_MODES.filter((one) => one !== now);
          const items = others.map((one) => ({
            command: `/telegram mode ${one}`,
            label: t(`telegram.mode.${one}`),
          }));
          return telegramPage(t, title, [t('telegram.mode.switch')], items);
        },
      };
    }
    if (more.length > 0) return usageOnly('telegram.mode.usage');
    const wanted = modeNamed(word);
    return {
      place: 'unit',
      async run({ tx, services: { telegram }, bot, caller, t }) {
        if (!wanted) return t('telegram.mode.unknown');
        await telegram.setMode(tx, bot, wanted, caller);
        return t('telegram.status.mode', { mode: modeWords(wanted, t) });
      },
    };
  },
};

export const test: TelegramPage = {
  name: 'test',
  aliases: ['testen', 'probe'],
  summary: 'telegram.test.summary',
  takesNothing: true,
  act: () => ({
    place: 'beside',
    async run({ services: { telegram }, bot, signal, t }) {
      const { name, username, webhook, reads_groups: readsGroups } = await telegram.check(bot, {}, signal);
      const { chat } = await telegram.shown(bot);
      const isGroup = chat?.kind === 'group' || chat?.kind === 'supergroup';
      return [
        t('telegram.test.done', { name, username }),
        ...(webhook === null ? [] : [t('telegram.webhook.there', { host: webhook })]),
        ...(isGroup && !readsGroups ? [t('telegram.test.privacy')] : []),
      ].join('\n');
    },
  }),
};

export const send: TelegramPage = {
  name: 'send',
  aliases: ['senden', 'sende', 'schick'],
  usage: 'telegram.send.usage',
  summary: 'telegram.send.summary',
  act: (rest) =>
    rest === ''
      ? usageOnly('telegram.send.usage')
      : {
          place: 'unit',
          async run({ tx, services: { telegram }, bot, t }) {
            await telegram.send(tx, bot, { from: bot.owner, text: rest });
            return t('telegram.send.done');
          },
        },
};
