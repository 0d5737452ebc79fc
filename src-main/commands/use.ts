import { refuse } from '../../src-shared/errors.ts';
import { defineCommand } from './define-command.ts';
import { aBot } from './fields.ts';

export const use = defineCommand({
  name: 'use',
  alsoMeant: ['select', 'benutzen', 'auswählen'],
  summary: 'use.summary',
  usage: 'use.usage',
  example: 'use.example',
  fields: { id: aBot },
  async run({ tx, owner, caller, args, t, bots }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    const { id, name } = bot;
    if (bot.mode !== 'personal') throw refuse('bot.not-personal', { id });
    if (bot.status !== 'active') throw refuse('bot.disabled', { id });
    await bots.select(tx, owner, bot, caller);
    return t('use.done', { id, name });
  },
});
