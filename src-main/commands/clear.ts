import { defineCommand } from './define-command.ts';
import { confirmed } from './fields.ts';

/**
 * Forgets what the person told the AI of the selected bot, and after a question deletes this conversation in our window; what servers and
 * other apps keep is never touched from here.
 */
export const clear = defineCommand({
  name: 'clear',
  aliases: ['leeren'],
  summary: 'clear.summary',
  usage: 'clear.usage',
  fields: { confirmed },
  async run({ tx, owner, caller, args, t, ai, bots, chats }) {
    const bot = await bots.selectedOf(owner.jid, tx);
    const forgotten = bot && (await ai.clear(tx, bot, owner.jid, caller)) > 0 ? [t('clear.ai')] : [];
    if (!args.confirmed)
      return {
        question: [...forgotten, t('clear.question')].join('\n'),
        confirmWith: t('clear.confirm'),
      };
    await chats.log.clear(tx, owner, owner.jid);
    return [...forgotten, t('clear.done')].join('\n');
  },
});
