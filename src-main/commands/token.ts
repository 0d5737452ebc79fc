import { defineCommand } from './define-command.ts';
import { botId } from './parse.ts';

export const token = defineCommand({
  name: 'token',
  summary: 'token.summary',
  usage: 'token.usage',
  example: 'token.example',
  args: botId,
  async run({ tx, owner, caller, args: id, t, bots }) {
    const made = await bots.replaceToken(tx, id, owner.jid, caller);
    return t('token.done', { name: made.bot.name, token: made.token });
  },
});
