import { isProviderName } from '../../../src-shared/api/ai.ts';
import { type MenuPage, RULE, TITLE_RULE } from '../answer.ts';
import { itemOf, subcommands, usagesOf } from '../subcommands.ts';
import { begunLines } from './drafts.ts';
import { hasKeyLike, sayable } from './key-like.ts';
import { limit } from './limit-pages.ts';
import { model, system } from './model-pages.ts';
import type { KiPage, KiRequest } from './request.ts';
import { provider, providers, setup, token, url } from './setup-pages.ts';
import { aiLines, quickStart, stateOf } from './state-words.ts';
import { ask, clear, off, on, status, stop, test, trigger } from './talk-pages.ts';

/** In the order in which they are offered. */
const kiPages: readonly KiPage[] = [
  on,
  off,
  status,
  setup,
  model,
  system,
  limit,
  clear,
  providers,
  provider,
  url,
  token,
  ask,
  trigger,
  stop,
  test,
];

/** What can be chosen from the menu, by how it stands. */
const OFFERED: Readonly<Record<ReturnType<typeof stateOf>, readonly KiPage[]>> = {
  none: [setup, providers],
  off: [on, status, test, model, system, setup, providers],
  on: [off, status, test, model, system, clear, stop, setup, providers],
};

/** `/ki` alone: how it stands, and what there is to do. */
async function overview({ services: { ai }, bot, t }: KiRequest): Promise<MenuPage> {
  const shown = await ai.shown(bot);
  const items = OFFERED[stateOf(shown)].map((page) => itemOf('/ki', page, t));
  const begun = begunLines(await ai.begun(bot), shown, t);
  const text = [
    t('ki.title', { name: bot.name }),
    TITLE_RULE,
    ...aiLines(shown, t),
    RULE,
    ...(begun.length > 0 ? begun : [quickStart(shown, t)]),
    RULE,
    t('ki.more'),
    ...usagesOf(kiPages, t),
  ].join('\n');
  return { text, items };
}

export const kiSubcommands = subcommands({
  command: '/ki',
  pages: kiPages,
  overview,
  unknown: 'ki.unknown',
  sayable,
  // `/ki groq ...` can only mean one thing.
  implied: (word) => (isProviderName(word) ? setup : undefined),
  // Whoever forgot the word for it has typed a key all the same.
  isSecret: hasKeyLike,
});
