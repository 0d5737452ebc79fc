import { defineCommand } from './define-command.ts';
import { aBot } from './fields.ts';

export const activate = defineCommand({
  name: 'activate',
  alsoMeant: ['enable', 'aktivieren'],
  summary: 'activate.summary',
  usage: 'activate.usage',
  example: 'activate.example',
  fields: { id: aBot },
  async run({ tx, owner, caller, args, t, bots, tokens }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    const { id, name } = bot;
    const isNew = bot.status !== 'active';
    if (isNew) await bots.setActive(tx, bot, true, caller);
    const answer = t(isNew ? 'activate.done' : 'activate.already', { id, name });
    // Without a token its program cannot do anything.
    return (await tokens.of(id, tx)) ? answer : `${answer}\n${t('activate.no-token', { id })}`;
  },
});

export const deactivate = defineCommand({
  name: 'deactivate',
  alsoMeant: ['disable', 'deaktivieren'],
  summary: 'deactivate.summary',
  usage: 'deactivate.usage',
  example: 'deactivate.example',
  fields: { id: aBot },
  async run({ tx, owner, caller, args, t, bots }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    const { id, name } = bot;
    if (bot.status !== 'active') return t('deactivate.already', { id, name });
    await bots.setActive(tx, bot, false, caller);
    return t('deactivate.done', { id, name });
  },
});
