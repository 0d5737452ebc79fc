import { BOTS_PER_OWNER } from '../engine/bots/bot-service.ts';
import { defineCommand } from './define-command.ts';
import { aLine } from './fields.ts';

export const newbot = defineCommand({
  name: 'newbot',
  alsoMeant: ['neuerbot', 'createbot', 'addbot'],
  summary: 'newbot.summary',
  usage: 'newbot.usage',
  example: 'newbot.example',
  answersSecret: true,
  fields: { name: aLine('field.name') },
  async run({ tx, owner, caller, args: { name }, t, bots, botSettings, apiUrl }) {
    const { bot, token } = await bots.create(tx, { name, owner: owner.jid, mode: 'personal' }, caller);
    const scope = botSettings.get(bot.id, 'scope');
    return t('newbot.done', {
      id: bot.id,
      name: bot.name,
      mode: bot.mode,
      token,
      url: apiUrl,
      limit: BOTS_PER_OWNER,
      scope,
      meaning: t(`scope.${scope}`),
    });
  },
});
