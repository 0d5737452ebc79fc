import type { Entry } from './entry.ts';

/** XMPP accounts of people. */
export const accountErrors = {
  'account.unknown': {
    kind: 'invalid',
    slug: 'account_unknown',
    text: '{account} is not signed in here. Sign in with: botmother account add {account}',
  },
  'account.of-bot': {
    kind: 'conflict',
    slug: 'conflict',
    text: '{account} is the own account of bot {id}: nobody else signs in with it.',
  },
  'account.not-found': { kind: 'not-found', slug: 'not_found', text: '{account} is not signed in here.' },
  'account.has-bots': {
    kind: 'conflict',
    slug: 'conflict',
    text: '{account} has {count} bots. Delete them first, or remove the account together with its bots (--with-bots).',
  },
  'account.login-failed': {
    kind: 'upstream',
    slug: 'login_failed',
    text: '{account} cannot sign in: {reason}',
  },
  'account.offline': {
    kind: 'unavailable',
    slug: 'account_offline',
    text: '{account} is not connected to its server at the moment ({reason}). Try again in {seconds} s.',
  },
  'account.switched-off': {
    kind: 'unavailable',
    slug: 'account_offline',
    text: '{account} is switched off, so its bots cannot send. Switch it on with: botmother account enable {account}',
  },
} as const satisfies Record<string, Entry>;
