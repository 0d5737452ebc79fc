import type { ErrorCode } from '../../../src-shared/errors.ts';

const ADDRESS = ['jid.malformed', 'jid.has-resource'] as const;
const ONE_BOT = ['bot.not-found'] as const;

/**
 * What each route refuses by itself, besides what any request can meet. The tests hold every answer that they get
 * against the OpenAPI document, so a refusal that is missing here fails the test that reaches it.
 */
export const REFUSED_BY_ROUTE: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /bot/create': [
    ...ADDRESS,
    'bot.name',
    'account.unknown',
    'ejabberd.not-configured',
    'bot.limit',
    'bot.dedicated-unavailable',
  ],
  'GET /bot/list': ['jid.malformed'],
  'POST /bot/token': ONE_BOT,
  'POST /bot/ejabberd/settings': ['setting.invalid'],
  'POST /bot/sendMessage': [
    ...ADDRESS,
    'recipient.room',
    'recipient.own-bot',
    'text.not-xml',
    'text.too-long',
    'account.unknown',
    'account.offline',
  ],
  'GET /bot/getUpdates': ['updates.webhook-set', 'updates.second-poller'],
  'POST /bot/setWebhook': ['address.refused'],
  'POST /api/v1/accounts': [...ADDRESS, 'account.login-failed'],
  'PATCH /api/v1/accounts/:jid': ['jid.malformed', 'account.not-found'],
  'DELETE /api/v1/accounts/:jid': ['jid.malformed', 'account.not-found', 'account.has-bots'],
  'GET /api/v1/settings/:key': ['setting.unknown'],
  'PUT /api/v1/settings/:key': ['setting.unknown', 'setting.invalid'],
};
