import { defineCommand } from './define-command.ts';
import { aBot, confirmed } from './fields.ts';

export const deletebot = defineCommand({
  name: 'deletebot',
  alsoMeant: ['delete', 'removebot', 'löschen', 'botlöschen'],
  summary: 'deletebot.summary',
  usage: 'deletebot.usage',
  example: 'deletebot.example',
  fields: { id: aBot, confirmed },
  async run({ tx, owner, caller, args, t, bots, dedicated }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    const { id, name } = bot;
    if (!args.confirmed) {
      return { question: t('deletebot.question', { id, name }), confirmWith: t('deletebot.confirm', { id }) };
    }
    await dedicated.delete(tx, bot, caller);
    return t('deletebot.done', { id, name });
  },
});
