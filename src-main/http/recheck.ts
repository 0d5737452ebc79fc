import type { FastifyRequest } from 'fastify';
import { refuse } from '../../src-shared/errors.ts';
import type { Services } from '../engine/engine.ts';
import type { Bot } from '../store/bot-repository.ts';
import { bearer, checkWorks } from './callers.ts';

/** Asks again, for a request that takes long: rejects when its token or its bot would not be let in any more. */
export function recheckOf(
  request: FastifyRequest,
  { tokens, settings }: Pick<Services, 'tokens' | 'settings'>,
): () => Promise<Bot> {
  const token = bearer(request) ?? '';
  return async () => {
    const { bot } = await tokens.known(token);
    checkWorks(settings, bot);
    return bot;
  };
}

/** The same for one that reads updates: rejects also when a webhook takes them now. */
export function recheckReaderOf(...of: Parameters<typeof recheckOf>): () => Promise<void> {
  const recheck = recheckOf(...of);
  return async () => {
    if ((await recheck()).webhookUrl !== undefined) throw refuse('updates.webhook-set', {});
  };
}
