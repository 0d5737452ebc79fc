import { defineCommand } from './define-command.ts';

export const mybots = defineCommand({
  name: 'mybots',
  alsoMeant: ['bots', 'listbots', 'meinebots'],
  summary: 'mybots.summary',
  usage: 'mybots.usage',
  fields: {},
  async run({ tx, owner, t, bots }) {
    const own = await bots.list(owner.jid, tx);
    if (own.length === 0) return t('mybots.none');
    const lines = own.map(({ id, name, mode, status, jid }) =>
      t(jid ? 'mybots.line-jid' : 'mybots.line', { id, name, mode, status: t(`status.${status}`), jid }),
    );
    return [t('mybots.title'), ...lines].join('\n');
  },
});
