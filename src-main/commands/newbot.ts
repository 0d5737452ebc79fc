import { BOTS_PER_OWNER } from '../engine/bots/bot-service.ts';
import { defineCommand } from './define-command.ts';
import { someText } from './parse.ts';

export const newbot = defineCommand({
  name: 'newbot',
  summary: 'newbot.summary',
  usage: 'newbot.usage',
  example: 'newbot.example',
  args: someText,
  async run({ tx, owner, caller, args: name, t, bots, apiUrl }) {
    const { bot, token } = await bots.create(tx, { name, owner: owner.jid, mode: 'personal' }, caller);
    return t('newbot.done', {
      id: bot.id,
      name: bot.name,
      mode: bot.mode,
      token,
      url: apiUrl,
      limit: BOTS_PER_OWNER,
    });
  },
});
