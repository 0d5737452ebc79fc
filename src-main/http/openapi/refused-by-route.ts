import type { ErrorCode } from '../../../src-shared/errors.ts';

const ADDRESS = ['jid.malformed', 'jid.has-resource'] as const;
const ONE_BOT = ['bot.not-found'] as const;
const BOT_SETTING = ['bot.not-found', 'setting.unknown', 'setting.invalid'] as const;
const AVATAR = [
  'avatar.not-base64',
  'avatar.format',
  'avatar.too-large',
  'avatar.too-many-pixels',
  'avatar.broken',
  'avatar.too-slow',
] as const;
const PORT = ['setting.port-taken', 'setting.port-forbidden'] as const;
const CERTIFICATE = [
  'certificate.missing',
  'certificate.unreadable',
  'certificate.no-file',
  'certificate.too-large',
  'certificate.no-certificate',
  'certificate.no-names',
  'certificate.not-for-servers',
  'certificate.no-key',
  'certificate.key-locked',
  'certificate.key-mismatch',
  'certificate.unusable',
  'certificate.expired',
  'certificate.not-yet',
] as const;
/** What making and removing accounts can meet, whichever way is set. */
const PROVISIONING = [
  'ejabberd.not-configured',
  'ejabberd.incomplete',
  'ejabberd.unreachable',
  'ejabberd.foreign',
  'ejabberd.credentials',
  'ejabberd.rights',
  'ejabberd.no-command',
  'ejabberd.host-unknown',
  'ejabberd.failed',
  'provisioning.unreachable',
  'provisioning.rights',
  'provisioning.no-registration',
  'provisioning.too-fast',
  'provisioning.failed',
] as const;
const NEW_BOT = [
  ...ADDRESS,
  ...AVATAR,
  'bot.name',
  'bot.owner-is-bot',
  'account.unknown',
  'bot.limit',
  ...PROVISIONING,
  'provisioning.names-taken',
] as const;
const COMMANDS = [
  'commands.name',
  'commands.twice',
  'commands.too-many',
  'commands.description',
  'text.not-xml',
] as const;
/** What keeps a bot from sending at all. */
const SPEAKING = ['account.offline', 'account.switched-off'] as const;
const SENDING = [...ADDRESS, ...SPEAKING, 'recipient.own-bot', 'recipient.not-allowed'] as const;
/** What is encrypted is encrypted or not sent. */
const SEALING = ['omemo.no-device', 'omemo.not-here', 'text.too-long-encrypted'] as const;
/** What keeps a bot from saying something in a room, or to one person in the place of a room. */
const TO_ROOM = [
  'room.not-joined',
  'room.out',
  'room.not-back',
  'room.is-room',
  'omemo.no-device-in-room',
] as const;
const LEAVING = [...ADDRESS, ...SPEAKING, 'bot.cloud-unavailable', 'room.not-joined'] as const;
const JOINING = [
  ...ADDRESS,
  ...SPEAKING,
  'bot.cloud-unavailable',
  'text.not-xml',
  'room.nick',
  'room.password-needed',
  'room.password-wrong',
  'room.members-only',
  'room.banned',
  'room.nick-taken',
  'room.nick-held',
  'room.nick-refused',
  'room.not-found',
  'room.no-creation',
  'room.full',
  'room.unreachable',
  'room.refused',
  'room.too-many',
] as const;
const DEVICE = ['omemo.unknown-device', 'omemo.no-keys'] as const;

/**
 * What each route refuses by itself, besides what any request can meet. The tests hold every answer that they get
 * against the OpenAPI document, so a refusal that is missing here fails the test that reaches it.
 */
export const REFUSED_BY_ROUTE: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /bot/create': [...NEW_BOT, 'bots.disabled'],
  'GET /bot/list': ['jid.malformed', 'bots.disabled'],
  'POST /bot/delete': [...ONE_BOT, 'bots.disabled'],
  'DELETE /bot/delete': [...ONE_BOT, 'bots.disabled'],
  'POST /bot/activate': [...ONE_BOT, 'bots.disabled', 'bot.cloud-unavailable'],
  'POST /bot/token': [...ONE_BOT, 'bots.disabled'],
  'POST /bot/revoke': [...ONE_BOT, 'bots.disabled'],
  'GET /bot/account/status': [...ADDRESS, 'account.not-found'],
  'POST /bot/account/status': [...ADDRESS, 'account.not-found'],
  'POST /bot/ejabberd/settings': ['setting.invalid', 'setting.secret-bound'],
  'POST /bot/ejabberd/test': [...PROVISIONING, 'ejabberd.password-needed'],
  'GET /bot/settings': ONE_BOT,
  'POST /bot/settings': [
    ...BOT_SETTING,
    ...AVATAR,
    ...PORT,
    ...CERTIFICATE,
    'bot.description',
    'setting.secret-bound',
  ],

  'POST /bot/sendMessage': [
    ...SENDING,
    ...SEALING,
    ...TO_ROOM,
    'text.not-xml',
    'text.too-long',
    'message.too-large',
    'message.unknown',
    'idempotency.other-request',
  ],
  'POST /bot/sendFile': [
    ...SENDING,
    ...SEALING,
    ...TO_ROOM,
    'text.not-xml',
    'text.too-long',
    'message.too-large',
    'address.refused',
    'idempotency.other-request',
    'file.too-large',
    'file.too-large-for-server',
    'file.empty',
    'file.no-service',
    'file.upload-quota',
    'file.upload-failed',
    'file.not-fetched',
    'file.other-encryption',
    'file.busy',
  ],
  'GET /bot/file/:token': [
    'file.not-found',
    'file.too-large',
    'file.not-fetched',
    'file.broken',
    'file.busy',
    'bot.disabled',
    'bots.disabled',
  ],
  'GET /bot/getMessageState': ['message.not-found'],
  'POST /bot/sendChatState': [...SENDING, 'room.is-room'],
  'POST /bot/joinRoom': JOINING,
  'POST /bot/leaveRoom': LEAVING,
  'POST /bot/deleteMessage': [...SPEAKING, ...SEALING, ...TO_ROOM, 'message.not-found', 'message.not-own'],
  'POST /bot/sendReaction': [
    ...SENDING,
    ...SEALING,
    ...TO_ROOM,
    'reaction.not-emoji',
    'omemo.reaction-stays',
    'message.unknown',
  ],
  'GET /bot/getUpdates': ['updates.webhook-set', 'updates.second-poller'],
  'GET /bot/events': ['updates.webhook-set'],
  'POST /bot/setWebhook': ['address.refused'],
  'POST /bot/setCommands': COMMANDS,
  'GET /bot/omemo/devices': [...ONE_BOT, 'bot.not-dedicated'],
  'POST /bot/omemo/devices': [...ONE_BOT, ...DEVICE, 'bot.not-dedicated'],

  'POST /api/v1/accounts': [...ADDRESS, 'account.of-bot', 'account.login-failed'],
  'PATCH /api/v1/accounts/:jid': ['jid.malformed', 'account.not-found'],
  'DELETE /api/v1/accounts/:jid': ['jid.malformed', 'account.not-found', 'account.has-bots'],
  'GET /api/v1/omemo/:jid/devices': [...ADDRESS, 'account.not-found'],
  'PATCH /api/v1/omemo/:jid/devices': [...ADDRESS, ...DEVICE, 'account.not-found'],
  'POST /api/v1/omemo/:jid/reset': [...ADDRESS, 'account.not-found', 'omemo.no-own-device'],
  'GET /api/v1/settings/:key': ['setting.unknown'],
  'PUT /api/v1/settings/:key': [
    'setting.unknown',
    'setting.invalid',
    ...PORT,
    ...CERTIFICATE,
    'setting.secret-bound',
  ],
  'POST /api/v1/panel/login': ['panel.code'],
  'POST /api/v1/backup': ['backup.running'],
  'GET /api/v1/bots': ['jid.malformed'],
  'POST /api/v1/bots': NEW_BOT,
  'GET /api/v1/bots/:id': ONE_BOT,
  'PATCH /api/v1/bots/:id': [...ONE_BOT, ...AVATAR, 'bot.cloud-unavailable', 'bot.description'],
  'DELETE /api/v1/bots/:id': ONE_BOT,
  'POST /api/v1/bots/:id/token': ONE_BOT,
  'DELETE /api/v1/bots/:id/token': ONE_BOT,
  'GET /api/v1/bots/:id/connection': [...ONE_BOT, 'bot.not-dedicated'],
  'GET /api/v1/bots/:id/commands': ONE_BOT,
  'PUT /api/v1/bots/:id/commands': [...ONE_BOT, ...COMMANDS],
  'GET /api/v1/bots/:id/settings': ONE_BOT,
  'GET /api/v1/bots/:id/settings/:key': ['bot.not-found', 'setting.unknown'],
  'PUT /api/v1/bots/:id/settings/:key': [...BOT_SETTING, ...AVATAR, 'bot.description'],
  'GET /api/v1/bots/:id/dead-letters': ONE_BOT,
  'POST /api/v1/bots/:id/dead-letters': [...ONE_BOT, 'dead-letter.not-found'],
  'GET /api/v1/bots/:id/rooms': ONE_BOT,
  'POST /api/v1/bots/:id/rooms': [...ONE_BOT, ...JOINING],
  'DELETE /api/v1/bots/:id/rooms/:room': [...ONE_BOT, ...LEAVING],
  'GET /api/v1/bots/:id/avatar': [...ONE_BOT, 'bot.no-avatar'],
  'PUT /api/v1/bots/:id/avatar': [...ONE_BOT, ...AVATAR],
  'DELETE /api/v1/bots/:id/avatar': ONE_BOT,
};
