import type { FastifyRequest } from 'fastify';
import type { Services } from '../engine/engine.ts';
import { bearer, checkWorks } from './callers.ts';

/** Asks again, for a request that takes long: rejects when its token or its bot would not be let in any more. */
export function recheckOf(
  request: FastifyRequest,
  { tokens, settings }: Pick<Services, 'tokens' | 'settings'>,
): () => Promise<void> {
  const token = bearer(request) ?? '';
  return async () => checkWorks(settings, (await tokens.known(token)).bot);
}
