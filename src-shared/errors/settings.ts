import type { Entry } from './entry.ts';

/** Settings of the installation and of bots. */
export const settingErrors = {
  'setting.unknown': { kind: 'not-found', slug: 'not_found', text: 'There is no setting called {key}.' },
  'setting.invalid': { kind: 'invalid', slug: 'bad_request', text: '{key}: {reason}' },
  'setting.port-taken': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Port {port} is used by another program. Choose another port, or stop that program first.',
  },
  'setting.port-forbidden': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'This machine does not let port {port} be used. Choose another port.',
  },
  'setting.secret-bound': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{key} was given for the address and account that are saved. Give it again together with the new ones, or clear it.',
  },
  'server.operator-only': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Only the operator of this installation may do that. Who that is is said by: botmother account operator JID',
  },
  'server.not-in-chat': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'The server is not managed from chats here (setting chat_admin). Where Botmother runs: botmother server status',
  },
  'server.encrypted-only': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'The server is managed in encrypted messages only (setting chat_admin). Switch OMEMO on for this chat and write it again.',
  },
  'server.file-name': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{file} is no name of a file. Put the file into api-tls/ of the data folder and give its name, without a path.',
  },
} as const satisfies Record<string, Entry>;
