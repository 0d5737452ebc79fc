import { apiAnswer } from '../api/pages.ts';
import { isYes } from '../fields.ts';
import { kiSubcommands } from '../ki/pages.ts';
import { omemoAnswer } from '../omemo-answer.ts';
import { telegramSubcommands } from '../telegram/pages.ts';
import type { MenuCommand } from './define-menu.ts';
import { help, start } from './help.ts';
import { info } from './info.ts';
import { menuSubcommands } from './menu-subcommands.ts';

const omemo: MenuCommand = {
  name: 'omemo',
  usage: 'omemo.usage',
  summary: 'omemo.summary',
  async run({ services: { omemoDevices }, tx, account, caller, isEncrypted, words, t }) {
    // Whoever runs the server can write in the owner's name, but not from one of the owner's devices.
    if (words.length > 0 && !isEncrypted) return t('omemo.encrypted-only');
    return omemoAnswer({ tx, omemoDevices, account, caller, words, t });
  },
};

const api: MenuCommand = {
  name: 'api',
  usage: 'menu.api.usage',
  summary: 'api.summary',
  isMenu: true,
  runAhead: ({ account: chat, words, ...context }) => apiAnswer({ ...context, chat }, words),
};

const ki: MenuCommand = {
  name: 'ki',
  usage: 'menu.ki.usage',
  summary: 'ki.summary',
  ...menuSubcommands(kiSubcommands, ({ account: chat, services, bot, caller, signal, language, t }) => ({
    services,
    bot,
    chat,
    // Nobody else is heard here.
    person: bot.owner,
    caller,
    signal,
    language,
    t,
  })),
};
const telegram: MenuCommand = {
  name: 'telegram',
  usage: 'menu.telegram.usage',
  summary: 'telegram.summary',
  ...menuSubcommands(
    telegramSubcommands,
    ({ telegramDrafts: drafts, services, bot, caller, signal, language, t }) => ({
      services,
      drafts,
      bot,
      caller,
      signal,
      language,
      t,
    }),
  ),
};

const clear: MenuCommand = {
  name: 'clear',
  aliases: ['leeren'],
  usage: 'clear.usage',
  summary: 'clear.summary',
  async run({ services: { ai, chats }, tx, bot, person, account, caller, words, t }) {
    const forgotten = (await ai.clear(tx, bot, bot.owner, caller)) > 0 ? [t('clear.ai')] : [];
    const told = (text: string) => [...forgotten, text].join('\n');
    if (!person) return told(t('clear.nothing'));
    if (!isYes(words[0] ?? ''))
      return { question: told(t('clear.question')), confirmWith: t('clear.confirm') };
    await chats.log.clear(tx, person, account.jid);
    return told(t('clear.done'));
  },
};

/** What a dedicated bot answers itself, in the order in which /help shows it. */
export const menuCommands: readonly MenuCommand[] = [
  ki,
  telegram,
  api,
  help(() => menuCommands),
  start(() => menuCommands),
  info,
  clear,
  omemo,
];
