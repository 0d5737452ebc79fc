import { botSubcommands } from './bot-subcommands.ts';
import { telegramSubcommands } from './telegram/pages.ts';

/** The Telegram bridge of the bot that is selected. */
export const telegram = botSubcommands({
  name: 'telegram',
  alsoMeant: ['tg', 'bridge', 'brücke'],
  summary: 'telegram.summary',
  usage: 'telegram.usage',
  example: 'telegram.example',
  labels: { page: 'field.telegram', value: 'field.telegram-value' },
  asksBack: true,
  subcommands: telegramSubcommands,
  requestOf: ({ caller, language, t, telegram: bridge, telegramDrafts: drafts }, bot, signal) => ({
    services: { telegram: bridge },
    drafts,
    bot,
    caller,
    language,
    signal,
    t,
  }),
});
