import { readCommandList } from './command-list.ts';
import { defineCommand } from './define-command.ts';
import { aBot, someLines } from './fields.ts';

export const setcommands = defineCommand({
  name: 'setcommands',
  alsoMeant: ['befehle', 'mycommands'],
  summary: 'setcommands.summary',
  usage: 'setcommands.usage',
  example: 'setcommands.example',
  fields: { id: aBot, commands: someLines('field.commands') },
  async run({ tx, owner, caller, args, t, bots, botCommands }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    const stored = await botCommands.set(tx, bot, readCommandList(args.commands), caller);
    const { id, name } = bot;
    const lines = stored.map(({ command, description }) =>
      description ? `/${command} - ${description}` : `/${command}`,
    );
    return [t('setcommands.done', { id, name, number: stored.length }), ...lines].join('\n');
  },
});
