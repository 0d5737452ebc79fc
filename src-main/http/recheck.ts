import type { FastifyRequest } from 'fastify';
import { refuse } from '../../src-shared/errors.ts';
import type { Services } from '../engine/engine.ts';

/** Asks again, for a request that takes long: rejects when its token or its bot would not be let in any more. */
export function recheckOf(
  request: FastifyRequest,
  { tokens, settings }: Pick<Services, 'tokens' | 'settings'>,
): () => Promise<void> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return async () => {
    const bot = await tokens.bearer(token);
    if (!settings.get('bot_features_enabled')) throw refuse('bots.disabled', {});
    if (bot.status !== 'active') throw refuse('bot.disabled', { id: bot.id });
  };
}
