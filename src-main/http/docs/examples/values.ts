import { botSettings } from '../../../../src-shared/api/bot-settings.ts';
import { settings } from '../../../../src-shared/api/settings.ts';
import { AI_ROUTE_VALUES } from './ai-values.ts';
import { TELEGRAM_ROUTE_VALUES } from './telegram-values.ts';

/** A small plum square, so that the examples with pictures can be run as they stand. */
export const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAMAAAAoLQ9TAAAAA1BMVEWtPX/ciNf6AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADUlEQVQY02NgGAXIAAABEAAB7JfjegAAAABJRU5ErkJggg==';

const HEX = '2c76f1e09b3d4a5586c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f9066fb1a';
/** Tokens begin with what they are for. */
const TOKEN = `bm_${HEX}`;
const CAPTION_ID = '0b5d7f3e-91c4-4d2a-b6e8-5f7a3c1d9e20';
const MESSAGE_ID = 'f4a1c9d2-6b3e-4e57-8a0c-2d9b7e5f1a63';

/** Where fields of one name differ, the first that fits is taken. */
export class FirstThatFits {
  readonly values: readonly unknown[];
  constructor(...values: unknown[]) {
    this.values = values;
  }
}

const defaults = Object.fromEntries(
  Object.entries({ ...botSettings, ...settings }).map(([key, declared]) => [key, declared.default]),
);

/** What the fields of requests and answers have in the examples, wherever a field of that name can have it. */
export const FIELD_VALUES: Readonly<Record<string, unknown>> = {
  ...defaults,
  token: TOKEN,
  session: `bms_${HEX}`,
  id: 12,
  bot_id: 12,
  name: 'Weather',
  account: 'you@server.example',
  owner: 'you@server.example',
  jid: 'you@server.example',
  to: 'friend@server.example',
  from: 'you@server.example',
  text: 'Good morning!',
  body: 'What is the weather like?',
  message_id: MESSAGE_ID,
  caption_message_id: CAPTION_ID,
  stanza_id: MESSAGE_ID,
  reaction: '👍',
  room: 'general@conference.server.example',
  nick: 'Weather',
  subject: 'Tomatoes',
  role: 'participant',
  affiliation: 'none',
  occupants: [{ nick: 'Weather', jid: null, role: 'participant', affiliation: 'none' }],
  unreached: [],
  removed: 'you@server.example',
  addresses: ['127.0.0.1', '::1'],
  caption: 'Look!',
  state: 'online',
  url: 'https://bot.example/hook',
  webhook_url: 'https://bot.example/hook',
  api_url: 'http://localhost:7842/bot/',
  secret: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=',
  hint: 'Use token as Bearer in Authorization header',
  description: 'Tells what the weather will be',
  summary: 'Language of answers in chat.',
  command: 'weather',
  key: 'language',
  value: 'de',
  default: 'en',
  version: '0.1.0',
  created_at: 1763719200,
  timestamp: 1763719200,
  first_seen: 1763719200,
  last_seen: 1763722800,
  last_active: 1763722800,
  last_success: 1763722800,
  dead_since: 1763805600,
  next_try: 1763722860,
  valid_until: 1797847200,
  update_id: 42,
  update_type: 'message',
  allowed_updates: ['message'],
  conversation: 'friend@server.example',
  reason: new FirstThatFits(null, 'it answered 404'),
  cause: null,
  last_error: null,
  last_error_at: null,
  failing_since: null,
  api_problem: null,
  api_certificate: null,
  problem: null,
  service: new FirstThatFits(null, 'xmpp://server.example:5222'),
  ca: '',
  names: ['server.example', '192.0.2.10'],
  bots: 3,
  type: 'message',
  data: {
    from: 'friend@server.example',
    to: 'you@server.example',
    body: 'What is the weather like?',
    type: 'chat',
    stanza_id: MESSAGE_ID,
    timestamp: 1763719200,
  },
  replayed: 2,
  owner_devices: 2,
  waiting_devices: [],

  attempts: 4,
  device: 1836254012,
  fingerprint: '3fb2 81c0 9a7d 55e4 d1f0 6c2b 7e98 a431 0bb7 f64a 92cd 1e58 c3a6 4d07 e9f1 2b85',
  label: 'Phone',
  passphrase: 'correct horse battery',
  code: 'yQ0nS7Jt2vXc5mRz',
  action: 'bot.create',
  details: 'Weather',
  actor: 'admin',
  ip_address: '127.0.0.1',
  avatar: PICTURE,
  admin_jid: 'admin@server.example',
  admin_password: '********',
  ejabberd_admin_password: '',
  host: 'server.example',
  active_bots: 3,
  active_sessions: 1,
  pending: 2,
};

/** What windows see of a delivery. */
const DELIVERY = {
  delivery_id: '5f0c2a1e-7b34-8d19-9c60-1e2f3a4b5c6d',
  state: 'delivered',
  next_try: null,
  attempts: [{ number: 1, at: 1763719201, ms: 84, status: 200, error: null, cause: null }],
  attempt_count: 1,
  created_at: 1763719200,
};
const FINDING = {
  level: 'error',
  code: 'account.none',
  title: 'Nobody is signed in',
  detail: null,
  fix: {
    text: 'Sign in with your XMPP account.',
    cli: 'botmother account add you@server.example',
    action: 'sign-in',
  },
  account: null,
  bot_id: null,
};
const LOG_LINE = {
  time: 1763719201.084,
  level: 'warn',
  message: 'webhook address is failing',
  details: { botId: 12, attempt: 1, reason: 'answered 503' },
};
const FORM_OF_LANGUAGE = {
  label: 'Language in chats',
  type: 'choice',
  options: ['en', 'de'],
  min: null,
  max: null,
  role: 'operator',
};
const DISCOVERED = {
  domain: 'server.example',
  places: [{ kind: 'starttls', place: 'xmpp.server.example:5222' }],
  websocket: 'wss://server.example/xmpp',
  reached: { kind: 'starttls', place: 'xmpp.server.example:5222' },
  mechanisms: ['SCRAM-SHA-256', 'PLAIN'],
  problem: null,
};
const PEM = (kind: string) => `-----BEGIN ${kind}-----\n...\n-----END ${kind}-----\n`;
const SANDBOX = {
  state: 'running',
  can_start: true,
  service: 'xmpp://localhost:5222',
  ca: PEM('CERTIFICATE'),
  accounts: [{ jid: 'you@localhost', password: 'you-sandbox' }],
  bot_accounts: null,
};

const ADMIN_TOKEN = `bma_${HEX}`;
const SCOPE = {
  key: 'scope',
  value: 'direct',
  default: 'self',
  summary: botSettings.scope.summary,
  label: 'What it reads',
  type: 'choice',
  options: ['self', 'direct', 'all'],
  min: null,
  max: null,
  role: 'owner',
};

/** A message of a conversation, as the window gets it. */
const CHAT_MESSAGE = {
  id: 4711,
  account: 'you@server.example',
  chat: 'friend@server.example',
  author: 'friend@server.example',
  outgoing: false,
  bot_id: null,
  spoiler: null,
  sent_at: 1763719200,
  state: null,
  encrypted: true,
  edited: false,
  retracted: false,
  reply_to: null,
  reactions: [{ emoji: '👍', count: 1, own: true, authors: ['you@server.example'] }],
  files: [],
  actions: [],
  notice: null,
};
const CHAT = {
  account: 'you@server.example',
  jid: 'friend@server.example',
  kind: 'contact',
  name: 'Friend',
  bot_id: null,
  state: null,
  presence: 'online',
  encryption: { state: 'on', devices: 3, new_devices: 0, reason: null },
  last: {
    ...CHAT_MESSAGE,
    message_id: MESSAGE_ID,
    kind: 'text',
    by: 'person',
    text: 'Good morning!',
    reason: null,
    cause: null,
  },
  unread: 1,
  mentions: 0,
  muted: false,
  draft: '',
  read_up_to: 4710,
  typing: [],
};
/** In the path of its routes. */
const OF_CHAT = { account: 'you@server.example', jid: 'friend@server.example' };

/** What is shown of one route instead, or besides the fields that it needs. */
export interface RouteValues {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  /** The name of the file that its form carries. */
  file?: string;
  /** Members of its answer, wherever they stand in it. */
  answer?: Record<string, unknown>;
}
export const ROUTE_VALUES: Readonly<Record<string, RouteValues>> = {
  'POST /bot/create': { body: { account: 'you@server.example' }, answer: { jid: '' } },
  'POST /bot/token': { body: { overlap_s: 3600 } },
  'POST /bot/setCommands': {
    body: {
      commands: [
        { command: 'weather', description: 'Weather of a city' },
        { command: 'help', description: 'What this bot can do' },
      ],
    },
  },
  'POST /bot/setWebhook': { body: { allowed_updates: ['message', 'reaction'] } },
  'POST /bot/sendChatState': { body: { state: 'composing' } },
  'POST /bot/sendFile': { body: { url: 'https://server.example/picture.jpg', caption: 'Look!' } },
  'GET /bot/file/{token}': { path: { token: 'q7LwX2nB9sKdT4vR' } },
  'GET /bot/getUpdates': { query: { timeout: 30 } },
  'GET /bot/settings': { query: { id: 12 } },
  'POST /bot/settings': { query: { id: 12 }, body: { scope: 'direct' } },
  'GET /bot/audit': { query: { limit: 20 } },
  'POST /bot/account/status': { body: { enabled: true } },
  'POST /bot/ejabberd/settings': {
    body: {
      api_url: 'https://server.example:5281/api',
      host: 'server.example',
      admin_jid: 'admin@server.example',
      admin_password: 'a long password',
    },
  },
  'POST /bot/omemo/devices': { body: { trust: 'trusted' } },
  ...AI_ROUTE_VALUES,
  ...TELEGRAM_ROUTE_VALUES,
  'GET /api/v1/bots/{id}/deliveries': { query: { limit: 20 }, answer: DELIVERY },
  'GET /api/v1/bots/{id}/deliveries/{update_id}': { answer: DELIVERY },
  'POST /api/v1/restore': { file: 'all.backup' },
  'GET /api/v1/sandbox': { answer: SANDBOX },
  'POST /api/v1/sandbox': { answer: { ...SANDBOX, state: 'starting' } },
  'GET /api/v1/health': { query: { lang: 'en' }, answer: { worst: 'error', findings: [FINDING] } },
  'GET /api/v1/settings': { answer: FORM_OF_LANGUAGE },
  'GET /api/v1/settings/{key}': { answer: FORM_OF_LANGUAGE },
  'PUT /api/v1/settings/{key}': { answer: FORM_OF_LANGUAGE },
  'POST /api/v1/discover': { answer: DISCOVERED },
  'POST /api/v1/certificate': { body: { cert: PEM('CERTIFICATE'), key: PEM('PRIVATE KEY') } },
  'GET /api/v1/logs': { query: { level: 'warn', limit: 20 }, answer: LOG_LINE },
  'GET /api/v1/logs/events': { query: { level: 'info' } },
  'POST /api/v1/bots/{id}/replay': { body: { update_ids: [42] } },
  'POST /api/v1/bots/{id}/webhook/test': {
    body: { url: 'https://bot.example/hook' },
    answer: { delivered: true, status: 200, ms: 84, error: null, cause: null },
  },
  'POST /api/v1/bots': {
    body: { account: 'you@server.example', webhook: { url: 'https://bot.example/hook' } },
  },
  'POST /api/v1/panel/links': { answer: { url: 'http://127.0.0.1:7842/#login=yQ0nS7Jt2vXc5mRz' } },
  'GET /api/v1/admin-token': { answer: { token: ADMIN_TOKEN } },
  'POST /api/v1/admin-token/rotate': { answer: { token: ADMIN_TOKEN } },
  'GET /bot/ejabberd/settings': { answer: { api_url: 'https://server.example:5281/api', service: '' } },
  'PATCH /api/v1/bots/{id}': { body: { description: 'Tells what the weather will be' } },
  'PUT /api/v1/bots/{id}/commands': {
    body: { commands: [{ command: 'weather', description: 'Weather of a city' }] },
  },
  'GET /api/v1/bots/{id}/settings/{key}': { answer: SCOPE, path: { key: 'scope' } },
  'PUT /api/v1/bots/{id}/settings/{key}': {
    answer: SCOPE,
    path: { key: 'scope' },
    body: { value: 'direct' },
  },
  'GET /api/v1/bots/{id}/settings': { answer: SCOPE },
  'GET /api/v1/audit': { query: { limit: 20 } },
  'POST /api/v1/accounts': {
    body: { password: 'a long password', service: 'xmpp://server.example:5222' },
  },
  'PATCH /api/v1/accounts/{jid}': { body: { language: 'de' } },
  'PATCH /api/v1/omemo/{jid}/devices': { body: { trust: 'trusted' } },
  'GET /api/v1/chats': { answer: CHAT },
  'POST /api/v1/chats': { body: OF_CHAT, answer: CHAT },
  'GET /api/v1/chats/{account}/{jid}': { path: OF_CHAT, answer: CHAT },
  'PATCH /api/v1/chats/{account}/{jid}': { path: OF_CHAT, body: { muted: false }, answer: CHAT },
  'DELETE /api/v1/chats/{account}/{jid}': { path: OF_CHAT },
  'GET /api/v1/chats/{account}/{jid}/messages': { path: OF_CHAT, answer: CHAT_MESSAGE },
  'POST /api/v1/chats/{account}/{jid}/messages': { path: OF_CHAT, answer: CHAT_MESSAGE },
  'DELETE /api/v1/chats/{account}/{jid}/messages/{message_id}': { path: OF_CHAT },
  'PUT /api/v1/chats/{account}/{jid}/messages/{message_id}/reaction': { path: OF_CHAT },
  'POST /api/v1/chats/{account}/{jid}/messages/{message_id}/retry': { path: OF_CHAT, answer: CHAT_MESSAGE },
  'POST /api/v1/chats/{account}/{jid}/read': { path: OF_CHAT, body: { up_to: 4711 } },
  'POST /api/v1/chats/{account}/{jid}/typing': { path: OF_CHAT, body: { state: 'composing' } },
  'POST /api/v1/chats/{account}/{jid}/files': { path: OF_CHAT, answer: CHAT_MESSAGE },
  'GET /api/v1/chat-files/{token}': { path: { token: '4711.q7LwX2nB.0' } },
  'GET /api/v1/chats/{account}/{jid}/commands': {
    path: OF_CHAT,
    answer: { name: 'weather', args: '<city>' },
  },
  'GET /api/v1/chats/{account}/{jid}/members': { path: OF_CHAT, answer: { nick: 'Lena' } },
  'GET /api/v1/chat-search': { query: { q: 'morning' }, answer: { ...CHAT_MESSAGE, next: 4600 } },
};

/** What a route is called in that table. */
export const nameOf = ({ method, path }: { method: string; path: string }): string =>
  `${method.toUpperCase()} ${path}`;
