import { redact } from '../../base/redact.ts';
import { type MenuPage, RULE, TITLE_RULE } from '../answer.ts';
import { itemOf, subcommands, usagesOf, wordsIn } from '../subcommands.ts';
import { chat, chats, forget, webhook } from './chat-pages.ts';
import type { TelegramPage, TelegramRequest } from './request.ts';
import { setup } from './setup-pages.ts';
import { stateOf, telegramLines } from './state-words.ts';
import { mode, off, on, send, status, test } from './talk-pages.ts';

/** In the order in which they are offered. */
const telegramPages: readonly TelegramPage[] = [
  on,
  off,
  status,
  setup,
  mode,
  test,
  send,
  chats,
  chat,
  webhook,
  forget,
];

/** What can be chosen from the menu, by how it stands. */
const OFFERED: Readonly<Record<ReturnType<typeof stateOf>, readonly TelegramPage[]>> = {
  none: [setup],
  off: [on, status, mode, test, chats, setup, forget],
  on: [off, status, mode, test, chats, setup, forget],
  trouble: [off, status, mode, test, webhook, chats, setup, forget],
};

/** `/telegram` alone: how it stands, and what there is to do. */
async function overview({ services: { telegram }, drafts, bot, t }: TelegramRequest): Promise<MenuPage> {
  const shown = await telegram.shown(bot);
  // Who gave a token can choose a chat.
  const offered = drafts.of(bot) && !shown.configured ? [chats, setup] : OFFERED[stateOf(shown)];
  const text = [
    t('telegram.title', { name: bot.name }),
    TITLE_RULE,
    ...telegramLines(shown, t),
    RULE,
    t('telegram.more'),
    ...usagesOf(telegramPages, t),
  ].join('\n');
  return { text, items: offered.map((page) => itemOf('/telegram', page, t)) };
}

const SHOWN_LENGTH = 40;
const BEGINS_LIKE_TOKEN = /^\d{5,20}:\S+$/;
/** Also with brackets or a name around it. */
const IS_TOKEN = /\d{6,12}:[\w-]{30,}/;

const declared = subcommands({
  command: '/telegram',
  pages: telegramPages,
  overview,
  unknown: 'telegram.unknown',
  // Of a part of a secret nobody can tell any more that it is one.
  sayable: (word) => redact(word).slice(0, SHOWN_LENGTH),
  isSecret: (words) => words.some((word) => IS_TOKEN.test(word)),
  // `/telegram 123456789:ABC...` can only mean one thing.
  implied: (word) => (BEGINS_LIKE_TOKEN.test(word) ? setup : undefined),
});
export const telegramSubcommands = {
  ...declared,
  // Also behind a word that is mistyped.
  holdsSecret: (typed: string) =>
    declared.holdsSecret(typed) || wordsIn(typed).some((word) => IS_TOKEN.test(word)),
};
