import type { TokenScope } from '../../src-shared/api/token-scopes.ts';

/** What a route asks of a token: a scope, or `any` where every token of the bot will do. */
export type RouteScope = TokenScope | 'any';

/**
 * Which scope the token needs, for every route of bots' programs (contract, section 7, "Tokens"). One that is not listed
 * needs all of them: a forgotten line closes a route, it never opens one.
 */
export const ROUTE_SCOPES: Readonly<Record<string, RouteScope>> = {
  '/bot/getMe': 'any',
  '/bot/getInfo': 'any',
  '/bot/getCommands': 'any',
  '/bot/sendMessage': 'send',
  '/bot/sendFile': 'send',
  '/bot/sendReaction': 'send',
  '/bot/sendChatState': 'send',
  '/bot/deleteMessage': 'send',
  '/bot/getMessageState': 'send',
  '/bot/joinRoom': 'send',
  '/bot/leaveRoom': 'send',
  '/bot/setCommands': 'send',
  '/bot/getUpdates': 'read',
  '/bot/events': 'read',
  '/bot/setWebhook': 'read',
  '/bot/deleteWebhook': 'read',
  '/bot/getWebhookInfo': 'read',
  '/bot/telegram/setup': 'bridge',
  '/bot/telegram/status': 'bridge',
  '/bot/telegram/enable': 'bridge',
  '/bot/telegram/send': 'bridge',
  '/bot/telegram/test': 'bridge',
  '/bot/ai/setup': 'ai',
  '/bot/ai/status': 'ai',
  '/bot/ai/enable': 'ai',
  '/bot/ai/ask': 'ai',
  '/bot/ai/usage': 'ai',
};

/** The scopes that a token must have for the route of that pattern. */
export function scopesFor(url: string, all: readonly TokenScope[]): readonly TokenScope[] {
  const scope = ROUTE_SCOPES[url];
  if (scope === undefined) return all;
  return scope === 'any' ? [] : [scope];
}
