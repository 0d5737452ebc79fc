import { NONE } from './command-list.ts';
import { defineCommand } from './define-command.ts';
import { aBot, someLines } from './fields.ts';

export const setdescription = defineCommand({
  name: 'setdescription',
  alsoMeant: ['description', 'beschreibung'],
  summary: 'setdescription.summary',
  usage: 'setdescription.usage',
  example: 'setdescription.example',
  fields: { id: aBot, text: someLines('field.description') },
  async run({ tx, owner, caller, args, t, bots }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    await bots.setDescription(tx, bot, args.text === NONE ? '' : args.text, caller);
    return t('setdescription.done', { id: bot.id, name: bot.name });
  },
});
