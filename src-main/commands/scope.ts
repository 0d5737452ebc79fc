import { refuse } from '../../src-shared/errors.ts';
import { defineCommand } from './define-command.ts';
import { aBot, aScope } from './fields.ts';

export const scope = defineCommand({
  name: 'scope',
  alsoMeant: ['setscope', 'bereich'],
  summary: 'scope.summary',
  usage: 'scope.usage',
  example: 'scope.example',
  fields: { id: aBot, scope: aScope },
  async run({ tx, owner, caller, args, t, bots, botSettings }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    const { id, name } = bot;
    if (bot.mode !== 'personal') throw refuse('bot.not-personal', { id });
    await botSettings.set(tx, bot, 'scope', args.scope, caller);
    return t('scope.done', { id, name, scope: args.scope, meaning: t(`scope.${args.scope}`) });
  },
});
