import type { MenuCommand } from './define-menu.ts';

/** What the bot is, as its owner knows it from the self-chat. */
export const info: MenuCommand = {
  name: 'info',
  usage: 'menu.info.usage',
  summary: 'menu.info.summary',
  async run({ bot, account, services, t }) {
    return [
      t('bot.name', { name: bot.name }),
      `ID: ${bot.id}`,
      `JID: ${account.jid}`,
      t('bot.mode', { mode: bot.mode }),
      t('bot.status', { status: t(`status.${bot.status}`) }),
      t('bot.state', { state: t(`state.${services.bots.stateOf(bot)}`) }),
      ...(bot.description ? [t('bot.description', { description: bot.description })] : []),
      t('menu.encryption'),
    ].join('\n');
  },
};
