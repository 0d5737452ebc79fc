import type { Entry } from './entry.ts';

/** Who may not do what they ask for. */
export const accessErrors = {
  'token.missing': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This route needs the header "Authorization: Bearer bm_...".',
  },
  'token.unknown': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This token is unknown, revoked or replaced. Get a new one with /token in the chat with yourself.',
  },
  'token.scope': {
    kind: 'forbidden',
    slug: 'scope_missing',
    text: 'This token may not do that: it lacks the scope {missing} (it has: {has}). Make one that has it: botmother bot token {id} --scopes {missing}',
  },
  'token.hidden': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Tokens are not shown here (setting token_display). If it is lost, make a new one: /token {id}',
  },
  'command.chat-only': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'The answer would hold a token, and answers to forms are not encrypted, while your chat with yourself is. Write {command} there.',
  },
  'admin.token-missing': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This route needs the header "Authorization: Bearer bma_...". See the token with: botmother admin-token show',
  },
  'admin.token-unknown': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This admin token is unknown or was replaced. See the right one with: botmother admin-token show',
  },
  'admin.keeper-only': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'This is open to the command line and the window on this machine only.',
  },
  'panel.code': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This login link was used already or is too old. Get a new one with: botmother panel',
  },
  'panel.session': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This session has ended. Get a new login link with: botmother panel',
  },
  'admin.denied': { kind: 'forbidden', slug: 'forbidden', text: 'Admin routes are closed here: {reason}.' },
} as const satisfies Record<string, Entry>;
