import type { BotAi } from '../../src-shared/api/ai.ts';
import type { BotTelegram } from '../../src-shared/api/telegram.ts';
import type { Translate } from '../../src-shared/text/translate.ts';
import type { Services } from '../engine/engine.ts';
import type { Bot } from '../store/bot-repository.ts';
import { defineCommand } from './define-command.ts';
import { aiLine } from './ki/state-words.ts';
import { telegramLine } from './telegram/state-words.ts';

/** What a bot is, as its owner knows it: in its own chat and in the chat with oneself. */
export function describeBot(
  bot: Bot,
  { ai, telegram, stateOf }: { ai: BotAi; telegram: BotTelegram; stateOf: Services['bots']['stateOf'] },
  t: Translate,
): string {
  return [
    t('bot.name', { name: bot.name }),
    `ID: ${bot.id}`,
    bot.jid ? `JID: ${bot.jid}` : t('bot.owners-jid', { jid: bot.owner }),
    t('bot.mode', { mode: bot.mode }),
    t('bot.status', { status: t(`status.${bot.status}`) }),
    t('bot.state', { state: t(`state.${stateOf(bot)}`) }),
    aiLine(ai, t),
    telegramLine(telegram, t),
    ...(bot.description ? [t('bot.description', { description: bot.description })] : []),
    ...(bot.mode === 'dedicated' ? [t('menu.encryption')] : []),
  ].join('\n');
}

/** The bot that is selected. */
export const info = defineCommand({
  name: 'info',
  summary: 'info.summary',
  usage: 'info.usage',
  fields: {},
  async runAhead({ owner, ai, telegram, bots, t }) {
    const bot = await bots.selectedOf(owner.jid);
    if (!bot) return t('status.none-selected');
    const shown = { ai: await ai.shown(bot), telegram: await telegram.shown(bot) };
    return describeBot(bot, { ...shown, stateOf: bots.stateOf }, t);
  },
});
