import { refuse } from '../../src-shared/errors.ts';
import { defineCommand } from './define-command.ts';
import { aBot, maybeOverlap, maybeTokenScopes } from './fields.ts';
import { minute } from './minute.ts';

export const token = defineCommand({
  name: 'token',
  alsoMeant: ['newtoken', 'neuestoken'],
  summary: 'token.summary',
  usage: 'token.usage',
  example: 'token.example',
  answersSecret: true,
  // Some paste the token in place of the number.
  takesSecret: true,
  fields: { id: aBot, scopes: maybeTokenScopes, overlap: maybeOverlap },
  async run({ tx, owner, caller, args: { id, scopes, overlap }, t, bots, tokens }) {
    const bot = await bots.find(id, owner.jid, tx);
    const made = await tokens.replace(tx, bot, caller, { overlapS: overlap, scopes });
    const old = (await tokens.inUse(bot.id, tx)).find(({ endsAt }) => endsAt !== undefined);
    return [
      t('token.done', { name: bot.name, token: made }),
      old?.endsAt === undefined
        ? t('token.old-ended')
        : t('token.old-until', { at: minute(old.endsAt * 1_000) }),
      scopes && t('token.scopes', { scopes: scopes.join(', ') }),
      // A new token does not activate a bot; who revoked the old one has to know.
      bot.status !== 'active' && t('token.disabled', { id: bot.id }),
    ]
      .filter(Boolean)
      .join('\n');
  },
});

export const showtoken = defineCommand({
  name: 'showtoken',
  alsoMeant: ['gettoken', 'tokenzeigen'],
  summary: 'showtoken.summary',
  usage: 'showtoken.usage',
  example: 'showtoken.example',
  answersSecret: true,
  // Some paste the token in place of the number.
  takesSecret: true,
  fields: { id: aBot },
  async run({ tx, owner, caller, args, t, audit, bots, settings, tokens }) {
    const { id, name } = await bots.find(args.id, owner.jid, tx);
    if (!settings.get('token_display')) throw refuse('token.hidden', { id });
    const shown = await tokens.of(id, tx);
    if (!shown) return t('showtoken.revoked', { id, name });
    await audit.note(tx, caller, { action: 'bot.token-shown', botId: id });
    return t('showtoken.done', { id, name, token: shown });
  },
});

export const revoke = defineCommand({
  name: 'revoke',
  alsoMeant: ['revoketoken', 'widerrufen'],
  summary: 'revoke.summary',
  usage: 'revoke.usage',
  example: 'revoke.example',
  takesSecret: true,
  fields: { id: aBot },
  async run({ tx, owner, caller, args, t, bots }) {
    const bot = await bots.find(args.id, owner.jid, tx);
    await bots.revoke(tx, bot, caller);
    return t('revoke.done', { id: bot.id, name: bot.name });
  },
});
