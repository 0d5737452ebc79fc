import type { ErrorCode } from '../../../src-shared/errors.ts';

const ONE_BOT = ['bot.not-found'] as const;
/** What is set up wrong about the AI of a bot; nothing is changed then. */
const AI_SETUP = [
  'ai.not-set-up',
  'ai.unknown-provider',
  'ai.key-missing',
  'ai.key-bound',
  'ai.key-form',
  'ai.key-refused',
  'ai.endpoint-missing',
  'ai.endpoint-refused',
  'ai.model-missing',
  'ai.model-unknown',
  'ai.header',
] as const;
/** What keeps the AI of a bot from answering. */
const AI_ANSWER = [
  'ai.not-set-up',
  'ai.off',
  'ai.key-refused',
  'ai.region',
  'ai.model-gone',
  'ai.quota',
  'ai.rate-limit',
  'ai.provider-rate',
  'ai.day-limit',
  'ai.month-limit',
  'ai.busy',
  'ai.crowded',
  'ai.provider-busy',
  'ai.unreachable',
  'ai.timeout',
  'ai.too-long',
  'ai.filtered',
  'ai.empty',
  'ai.failed',
  'ai.stopped',
  'ai.endpoint-refused',
] as const;

/** What the routes of the AI of bots refuse by themselves. */
export const REFUSED_BY_AI: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /bot/ai/setup': AI_SETUP,
  'POST /bot/ai/enable': ['ai.not-set-up'],
  'POST /bot/ai/ask': AI_ANSWER,
  'GET /api/v1/bots/:id/ai': ONE_BOT,
  'PATCH /api/v1/bots/:id/ai': [...ONE_BOT, ...AI_SETUP],
  'DELETE /api/v1/bots/:id/ai': ONE_BOT,
  'POST /api/v1/bots/:id/ai/models': [...ONE_BOT, ...AI_SETUP, ...AI_ANSWER],
  'POST /api/v1/bots/:id/ai/test': ONE_BOT,
  'POST /api/v1/bots/:id/ai/stop': ONE_BOT,
  'POST /api/v1/bots/:id/ai/clear': ONE_BOT,
  'GET /api/v1/bots/:id/ai/usage': ONE_BOT,
};
