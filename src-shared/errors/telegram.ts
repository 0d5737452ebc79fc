import type { Entry } from './entry.ts';

/** The Telegram bridge: what is set up wrong, and why Telegram did not do it. No word of Telegram is among them. */
export const telegramErrors = {
  'telegram.not-set-up': {
    kind: 'invalid',
    slug: 'not_configured',
    text: 'The Telegram bridge of this bot is not set up. It needs the token of a Telegram bot and a chat.',
  },
  'telegram.off': {
    kind: 'invalid',
    slug: 'not_enabled',
    text: 'The Telegram bridge of this bot is switched off. Switch it on first.',
  },
  'telegram.token-refused': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Telegram does not know this token. Copy it once more from @BotFather, or make a new one there.',
  },
  'telegram.token-used': {
    kind: 'conflict',
    slug: 'telegram_token_used',
    text: '{name} (ID {id}) has this Telegram bot already. Telegram gives its news to one reader only: make another one with @BotFather.',
  },
  'telegram.token-taken': {
    kind: 'conflict',
    slug: 'telegram_token_used',
    text: 'Somebody else here has this Telegram bot already. Telegram gives its news to one reader only: make another one with @BotFather.',
  },
  'telegram.foreign-webhook': {
    kind: 'conflict',
    slug: 'telegram_webhook',
    text: 'Another program has set a webhook for this Telegram bot, at {host}: Telegram gives it everything, and this bridge nothing. Taking it away cuts that program off, until it sets its webhook again. To do so, ask for the same once more with force.',
  },
  'telegram.webhook-hides': {
    kind: 'conflict',
    slug: 'telegram_webhook',
    text: 'Another program has set a webhook for this Telegram bot, at {host}: Telegram tells that program who wrote, and nobody else. Choose the chat by its ID, or take the webhook away first, which cuts that program off until it sets it again.',
  },
  'telegram.chat-unknown': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Telegram knows no chat {chat} for this bot. Write something to the Telegram bot there first, or add it to the group.',
  },
  'telegram.unreachable': {
    kind: 'upstream',
    slug: 'connection_failed',
    text: 'Telegram could not be reached. Look at the connection of this computer, and try again.',
  },
  'telegram.refused': {
    kind: 'upstream',
    slug: 'connection_failed',
    text: 'Telegram did not do it. The log of this program says more.',
  },
  'telegram.blocked': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The Telegram bot may not write in this chat. It was blocked or removed there, or it has no right to write.',
  },
  'telegram.full': {
    kind: 'limit',
    slug: 'limit_reached',
    text: '{limit} messages wait for Telegram already. Look at what keeps them, and send this one later.',
  },
  'telegram.rate': {
    kind: 'limit',
    slug: 'rate_limited',
    text: 'Telegram asks to be left alone for {seconds} s. Try again then.',
  },
} as const satisfies Record<string, Entry>;
