import type { TextKey } from '../../../src-shared/text/en.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { ApiFacts } from './facts.ts';

/** One request that a page shows. */
export interface Call {
  says: TextKey;
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the base URL. */
  path: string;
  body?: Readonly<Record<string, unknown>>;
  /** Whose token it needs: the bot's, or, in network mode, that of the administrator. */
  auth: 'bot' | 'admin';
}

/** What stands where a token belongs. */
export const TOKEN = '<TOKEN>';
export const ADMIN_TOKEN = '<ADMIN_TOKEN>';
/** A message as the pages name it. */
const MESSAGE = '<MESSAGE_ID>';

const get = (says: TextKey, path: string): Call => ({ says, method: 'GET', path, auth: 'bot' });
const post = (says: TextKey, path: string, body: Call['body']): Call => ({
  says,
  method: 'POST',
  path,
  ...(body && { body }),
  auth: 'bot',
});
const admin = (says: TextKey, method: Call['method'], path: string, body?: Call['body']): Call => ({
  says,
  method,
  path,
  ...(body && { body }),
  auth: 'admin',
});

/** The requests of each page, for a bot and its owner. */
export const CALLS = {
  auth: () => [get('api.call.me', 'getMe')],
  messages: ({ owner }) => [
    post('api.call.send', 'sendMessage', { to: owner, text: 'Hello' }),
    get('api.call.updates', 'getUpdates?timeout=0'),
    post('api.call.typing', 'sendChatState', { to: owner, state: 'composing' }),
  ],
  webhook: () => [
    post('api.call.set-webhook', 'setWebhook', { url: 'https://bots.example.org/hook' }),
    get('api.call.webhook-info', 'getWebhookInfo'),
    post('api.call.delete-webhook', 'deleteWebhook', undefined),
  ],
  management: ({ id, owner }) => [
    admin('api.call.list', 'GET', `list?account=${encodeURIComponent(owner)}`),
    admin('api.call.create', 'POST', 'create', { name: 'Weather', account: owner }),
    admin('api.call.deactivate', 'POST', 'activate', { id, active: false }),
    admin('api.call.activate', 'POST', 'activate', { id, active: true }),
    admin('api.call.token', 'POST', 'token', { id }),
    admin('api.call.revoke', 'POST', 'revoke', { id }),
    admin('api.call.delete', 'DELETE', `delete?id=${id}`),
  ],
  advanced: () => [
    post('api.call.set-commands', 'setCommands', {
      commands: [{ command: 'weather', description: 'The weather' }],
    }),
    get('api.call.get-commands', 'getCommands'),
    get('api.call.info', 'getInfo'),
  ],
} as const satisfies Record<string, (bot: Pick<Bot, 'id' | 'owner'>) => readonly Call[]>;

/** Requests that mean a message or a file of yours: shown as they are, to be filled in. */
export const FORMS: readonly Call[] = [
  post('api.call.reaction', 'sendReaction', { to: '<JID>', message_id: MESSAGE, reaction: '👍' }),
  post('api.call.delete-message', 'deleteMessage', { message_id: MESSAGE }),
  post('api.call.reply', 'sendMessage', { to: '<JID>', text: '...', reply_to: MESSAGE }),
  post('api.call.correct', 'sendMessage', { to: '<JID>', text: '...', replace_id: MESSAGE }),
  post('api.call.file', 'sendFile', { to: '<JID>', url: '<URL>', caption: '...' }),
  post('api.call.join', 'joinRoom', { room: '<JID>' }),
  post('api.call.say-in-room', 'sendMessage', { to: '<JID>', text: '...', type: 'groupchat' }),
  post('api.call.typing-in-room', 'sendChatState', { to: '<JID>', state: 'composing', type: 'groupchat' }),
  post('api.call.leave', 'leaveRoom', { room: '<JID>' }),
];

/** A request in one line for a shell, as the API is reached now. */
export function curlLine({ method, path, body, auth }: Call, facts: ApiFacts): string {
  const { server, needsAdminToken } = facts;
  const token = auth === 'bot' ? TOKEN : needsAdminToken ? ADMIN_TOKEN : undefined;
  return [
    'curl',
    ...trustOf(facts),
    // A GET, or a POST with a body, needs no word for it.
    ...(method === 'DELETE' || (method === 'POST' && !body) ? [`-X ${method}`] : []),
    ...(token ? [`-H "Authorization: Bearer ${token}"`] : []),
    ...(body ? ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body)}'`] : []),
    `"${server.url}${path}"`,
  ].join(' ');
}

/** Nobody vouches for a certificate that was made here. */
export const trustOf = ({ server }: Pick<ApiFacts, 'server'>): string[] =>
  server.certificate?.self_made ? ['--cacert server.crt'] : [];
