import type { FastifyRequest } from 'fastify';
import type { SetUpCheck } from '../engine/ai/ai-models.ts';
import { wordsFor } from './error-handler.ts';

/** What a provider said of a set-up, for who has saved it. */
export const setUpSaid = (request: FastifyRequest, { isKeyRefused, warning }: SetUpCheck) => ({
  is_key_refused: isKeyRefused ?? null,
  warning: warning ? wordsFor(request, warning) : null,
});
