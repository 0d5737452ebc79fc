import { defineCommand } from './define-command.ts';
import { botId } from './parse.ts';

export const token = defineCommand({
  name: 'token',
  summary: 'token.summary',
  usage: 'token.usage',
  example: 'token.example',
  args: botId,
  async run({ tx, owner, caller, args: id, t, bots, tokens }) {
    const bot = await bots.find(id, owner.jid, tx);
    return t('token.done', { name: bot.name, token: await tokens.replace(tx, bot, caller) });
  },
});
