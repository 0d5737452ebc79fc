import type { Entry } from './entry.ts';

/** Conversations as the window shows them. */
export const chatErrors = {
  'chat.not-found': {
    kind: 'not-found',
    slug: 'not_found',
    text: '{account} has no conversation with {chat}. Begin one first.',
  },
  'chat.no-message': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no message {id} in the conversation with {chat}. It may be too old to be kept.',
  },
  'chat.not-own': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Message {id} was not written by you. Only who wrote a message can change it or send it again.',
  },
  'chat.gone': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Message {id} was deleted. Nothing can be done with it any more.',
  },
  'chat.not-failed': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Message {id} has not failed, so it need not be sent again.',
  },
} as const satisfies Record<string, Entry>;
