import { apiAnswer } from '../api/pages.ts';
import { omemoAnswer } from '../omemo-answer.ts';
import type { MenuCommand } from './define-menu.ts';
import { help, start } from './help.ts';
import { info } from './info.ts';

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

const clear: MenuCommand = {
  name: 'clear',
  aliases: ['leeren'],
  usage: 'clear.usage',
  summary: 'clear.summary',
  run: async ({ t }) => t('clear.nothing'),
};

/** Its name is taken already: nothing typed for it, such as a key, may go to the bot's program. */
const notYet = (name: 'ki' | 'telegram'): MenuCommand => ({
  name,
  usage: `not-yet.${name}`,
  summary: `not-yet.${name}`,
  isHidden: true,
  run: async ({ t }) => t(`not-yet.${name}`),
});

/** What a dedicated bot answers itself, in the order in which /help shows it. */
export const menuCommands: readonly MenuCommand[] = [
  api,
  help(() => menuCommands),
  start(() => menuCommands),
  info,
  clear,
  omemo,
  notYet('ki'),
  notYet('telegram'),
];
