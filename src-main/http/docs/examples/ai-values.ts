import type { RouteValues } from './values.ts';

const OLLAMA = 'http://localhost:11434';
const GROQ = 'https://api.groq.com/openai/v1';
/** Of the AI of a bot: a model on the machine itself, which needs no key. */
const AI = {
  enabled: true,
  configured: true,
  provider: 'ollama',
  model: 'llama3',
  base_url: OLLAMA,
  has_own_base_url: false,
  key: null,
  kept: [{ provider: 'groq', model: 'llama-3.3-70b-versatile', key: 'gsk…7f2a', base_url: GROQ }],
  header_names: [],
  system: 'You are a helpful assistant.',
  is_usual_system: true,
  people: 2,
  waiting: 0,
};
/** A provider without keys has nothing to say of one. */
const SAID_NOTHING = { is_key_refused: null, warning: null };
const AI_TOKENS = { input: 24, output: 9 };
const AI_SUM = { calls: 41, answers: 40, tokens: { input: 9_120, output: 3_480 } };
const AI_USAGE = {
  today: AI_SUM,
  month: AI_SUM,
  limits: { per_minute: 10, per_day: 500, month_tokens: 0 },
  days: [{ ...AI_SUM, day: '2026-11-22', failed: 1 }],
  calls: [
    {
      at: 1763719201,
      provider: 'ollama',
      model: 'llama3',
      request_id: 'req_7Jt2vXc5mRz',
      source: 'chat',
      outcome: 'answered',
      tokens: AI_TOKENS,
      is_estimate: false,
      ms: 840,
    },
  ],
};

/** The routes of the AI of bots. */
export const AI_ROUTE_VALUES: Readonly<Record<string, RouteValues>> = {
  'POST /bot/ai/setup': {
    body: { provider: 'ollama', api_key: '-', model: 'llama3', endpoint: OLLAMA },
    answer: { provider: 'ollama', model: 'llama3', ...SAID_NOTHING },
  },
  'GET /bot/ai/status': {
    answer: { type: 'ollama', model: 'llama3', endpoint: `${OLLAMA}/api/chat`, system: AI.system, key: null },
  },
  'POST /bot/ai/enable': { body: { enabled: true } },
  'POST /bot/ai/ask': {
    query: { from: 'you@server.example' },
    body: { message: 'What is the capital of France?' },
    answer: {
      response: 'The capital of France is Paris.',
      reasoning: null,
      sources: [],
      model: 'llama3',
      tokens: AI_TOKENS,
      run_id: null,
    },
  },
  'GET /bot/ai/usage': { query: { days: 7 }, answer: AI_USAGE },
  'GET /api/v1/bots/{id}/ai': { answer: AI },
  'PATCH /api/v1/bots/{id}/ai': {
    body: { provider: 'ollama', model: 'llama3', base_url: OLLAMA },
    answer: { ...AI, ...SAID_NOTHING },
  },
  'POST /api/v1/bots/{id}/ai/models': {
    body: { provider: 'ollama', base_url: OLLAMA },
    answer: { models: [{ id: 'llama3' }, { id: 'phi3' }], read_at: 1763719200 },
  },
  'POST /api/v1/bots/{id}/ai/test': {
    body: { question: 'Say hello in one short sentence.', base_url: OLLAMA },
  },
  'POST /api/v1/bots/{id}/ai/stop': { answer: { stopped: 1 } },
  'POST /api/v1/bots/{id}/ai/clear': { body: { person: 'you@server.example' }, answer: { cleared: 1 } },
  'GET /api/v1/bots/{id}/ai/usage': { query: { days: 7 }, answer: AI_USAGE },
};
