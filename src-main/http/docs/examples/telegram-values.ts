import type { RouteValues } from './values.ts';

const TOKEN = '123456789:ABCdef_ghijk';
const CHAT = { id: '987654321', kind: 'private', title: 'Ann Lee', username: 'ann_lee' };
const TELEGRAM_BOT = {
  id: '123456789',
  username: 'mybot_bot',
  name: 'MyBot',
  reads_groups: false,
  webhook: null,
  ms: 84,
};
/** The bridge of a bot that works. */
const BRIDGE = {
  enabled: true,
  configured: true,
  token: '123456789:…hijk',
  username: 'mybot_bot',
  chat: CHAT,
  mode: 'bridge',
  ai_answers: true,
  state: 'online',
  trouble: null,
  webhook: null,
  waiting: 0,
  last_received: 1763722800,
  last_sent: 1763722860,
  recent: [{ at: 1763722860, to: 'telegram', from: 'you@server.example', text: 'Hi there!', state: 'done' }],
};

/** The routes of the Telegram bridge of bots. */
export const TELEGRAM_ROUTE_VALUES: Readonly<Record<string, RouteValues>> = {
  'POST /bot/telegram/setup': {
    body: { token: TOKEN, chat_id: CHAT.id, mode: 'bridge' },
    answer: {
      configured: true,
      chat_id: CHAT.id,
      mode: 'bridge',
      warning:
        'It is stored, but not tried yet: Telegram could not be reached. Look at the connection of this computer, and try again.',
    },
  },
  'GET /bot/telegram/status': {
    answer: {
      enabled: true,
      configured: true,
      chat_id: CHAT.id,
      mode: 'bridge',
      username: 'mybot_bot',
      trouble: null,
      waiting: 0,
    },
  },
  'POST /bot/telegram/enable': { body: { enabled: true }, answer: { enabled: true } },
  'POST /bot/telegram/send': { body: { text: 'Hello Telegram!' } },
  'POST /bot/telegram/test': {
    answer: { info: 'Telegram connected!\nBot: MyBot (@mybot_bot)', username: 'mybot_bot' },
  },
  'GET /api/v1/bots/{id}/telegram': { answer: BRIDGE },
  'PATCH /api/v1/bots/{id}/telegram': {
    body: { token: TOKEN, chat_id: CHAT.id, mode: 'bridge' },
    answer: { ...BRIDGE, warning: null },
  },
  'POST /api/v1/bots/{id}/telegram/check': { body: { token: TOKEN }, answer: TELEGRAM_BOT },
  'POST /api/v1/bots/{id}/telegram/chats': { body: { token: TOKEN }, answer: CHAT },
  'POST /api/v1/bots/{id}/telegram/hello': {
    body: { token: TOKEN, chat_id: CHAT.id },
    answer: { chat: CHAT, ms: 120 },
  },
  'POST /api/v1/bots/{id}/telegram/send': { body: { text: 'Hello Telegram!' } },
  'POST /api/v1/bots/{id}/telegram/webhook/remove': { body: { token: TOKEN } },
};
