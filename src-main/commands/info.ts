import type { Translate } from '../../src-shared/text/translate.ts';
import type { Services } from '../engine/engine.ts';
import type { Bot } from '../store/bot-repository.ts';
import { defineCommand } from './define-command.ts';

/** What a bot is, as its owner knows it: in its own chat and in the chat with oneself. */
export function describeBot(bot: Bot, stateOf: Services['bots']['stateOf'], t: Translate): string {
  return [
    t('bot.name', { name: bot.name }),
    `ID: ${bot.id}`,
    bot.jid ? `JID: ${bot.jid}` : t('bot.owners-jid', { jid: bot.owner }),
    t('bot.mode', { mode: bot.mode }),
    t('bot.status', { status: t(`status.${bot.status}`) }),
    t('bot.state', { state: t(`state.${stateOf(bot)}`) }),
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
  async run({ tx, owner, bots, t }) {
    const bot = await bots.selectedOf(owner.jid, tx);
    return bot ? describeBot(bot, bots.stateOf, t) : t('status.none-selected');
  },
});
