import type { ErrorCode } from '../../../src-shared/errors.ts';

const ONE_BOT = ['bot.not-found'] as const;
/** What Telegram refuses, or does not answer. */
const ASKING = [
  'telegram.not-set-up',
  'telegram.token-refused',
  'telegram.unreachable',
  'telegram.rate',
  'telegram.blocked',
  'telegram.refused',
] as const;
/** What is set up wrong; nothing is changed then. */
const SETUP = [
  'telegram.token-refused',
  'telegram.token-used',
  'telegram.token-taken',
  'telegram.foreign-webhook',
  'telegram.chat-unknown',
] as const;
const SENDING = ['telegram.not-set-up', 'telegram.off', 'telegram.full', 'text.not-xml'] as const;

/** What the routes of the Telegram bridge refuse by themselves. */
export const REFUSED_BY_TELEGRAM: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /bot/telegram/setup': SETUP,
  'POST /bot/telegram/enable': ['telegram.not-set-up'],
  'POST /bot/telegram/send': SENDING,
  'POST /bot/telegram/test': ASKING,
  'GET /api/v1/bots/:id/telegram': ONE_BOT,
  'PATCH /api/v1/bots/:id/telegram': [...ONE_BOT, 'telegram.not-set-up', ...SETUP],
  'DELETE /api/v1/bots/:id/telegram': ONE_BOT,
  'POST /api/v1/bots/:id/telegram/check': [...ONE_BOT, ...ASKING],
  'POST /api/v1/bots/:id/telegram/chats': [...ONE_BOT, ...ASKING, 'telegram.webhook-hides'],
  'POST /api/v1/bots/:id/telegram/hello': [...ONE_BOT, ...ASKING, 'telegram.chat-unknown'],
  'POST /api/v1/bots/:id/telegram/send': [...ONE_BOT, ...SENDING],
  'POST /api/v1/bots/:id/telegram/webhook/remove': [...ONE_BOT, ...ASKING],
};
