import { z } from 'zod';
import { answer, envelope, text, wholeNumber } from './common.ts';

/** AI of bots: providers, set-up, questions and what they used. Instants are Unix seconds. */

export const PROVIDER_NAMES = [
  'openai',
  'claude',
  'gemini',
  'groq',
  'mistral',
  'deepseek',
  'perplexity',
  'ollama',
  'openclaw',
  'compatible',
] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];
export const isProviderName = (name: string): name is ProviderName =>
  (PROVIDER_NAMES as readonly string[]).includes(name);
export const Provider = z.enum(PROVIDER_NAMES, {
  error: ({ input }) =>
    input === undefined
      ? 'is missing'
      : `must be one of ${PROVIDER_NAMES.filter((name) => name !== 'compatible').join(', ')} or compatible`,
});

export const PROMPT_LENGTH = 20_000;
export const QUESTION_LENGTH = 32_000;
const Endpoint = text(2_000).describe('The base URL of the provider; empty for its own.');
const Key = text(2_000).describe('`-` or empty: none. Bound to the origin it was given for.');
const Prompt = text(PROMPT_LENGTH).describe('What the model is told about itself; empty for the usual one.');
const Model = text(200)
  .trim()
  .min(1, 'is missing')
  .regex(/^\P{Cc}*$/u, 'must not have control characters');
const Headers = z
  .record(text(100), text(2_000))
  .describe("Further headers for a gateway of one's own; sealed, never shown again.");

// --- What programs call: /bot/ai/…

export const SetUpAi = z.object({
  provider: Provider,
  api_key: Key.optional(),
  model: Model,
  endpoint: Endpoint.optional(),
  system: Prompt.optional(),
});
/** What the provider said of a set-up that is saved all the same. */
const SetUpSaid = {
  is_key_refused: z
    .boolean()
    .nullable()
    .describe('Whether the provider refuses the key; null: it could not be asked, or does not tell.'),
  warning: z
    .string()
    .nullable()
    .describe(
      'Why no answer would come now: the provider said so, could not be reached, or may not be asked there.',
    ),
};
export const AiSetUp = envelope(
  z.object({ configured: z.literal(true), provider: Provider, model: z.string(), ...SetUpSaid }),
);
export const AiStatus = envelope(
  z.object({
    enabled: z.boolean(),
    configured: z.boolean(),
    type: Provider.nullable(),
    model: z.string().nullable(),
    endpoint: z.string().nullable().describe('The whole address questions go to.'),
    system: z.string(),
    key: z.string().nullable().describe('Masked.'),
  }),
);
export const EnableAi = z.object({ enabled: z.boolean({ error: 'must be true or false' }) });
export const AiEnabled = envelope(z.object({ enabled: z.boolean() }));
export const AskAi = z.object({
  message: text(QUESTION_LENGTH).optional(),
  text: text(QUESTION_LENGTH).optional(),
});
/** Whose conversation it is where nobody is named. */
export const USUAL_ASKER = 'api-client';
export const AskAiAs = z.object({
  from: text(512).default(USUAL_ASKER).describe('Whose conversation it belongs to.'),
});
export const AiTokens = z.object({ input: z.number(), output: z.number() }).meta({ id: 'AiTokens' });
export const AiAnswered = envelope(
  z.object({
    response: z.string(),
    reasoning: z.string().nullable(),
    sources: z.array(z.string()),
    model: z.string(),
    tokens: AiTokens,
    is_cut: z.boolean().describe('The answer ended at the most tokens it may have.'),
    run_id: z.string().nullable().describe('Of an agent that answers later.'),
  }),
);

export const AiUsageOf = z.object({ days: wholeNumber(1, 90).default(30) });
export const AI_OUTCOMES = [
  'answered',
  'empty',
  'filtered',
  'key',
  'region',
  'model',
  'quota',
  'rate',
  'busy',
  'unreachable',
  'timeout',
  'stopped',
  'refused',
  'failed',
] as const;
export type AiOutcome = (typeof AI_OUTCOMES)[number];
export const AiCall = z
  .object({
    at: z.number(),
    provider: Provider,
    model: z.string(),
    request_id: z.string(),
    source: z.enum(['chat', 'room', 'api', 'test']),
    outcome: z.enum(AI_OUTCOMES),
    tokens: AiTokens,
    is_estimate: z
      .boolean()
      .describe('It ended before the provider said how many tokens it used: four letters count as one.'),
    ms: z.number(),
  })
  .meta({ id: 'AiCall' });
const UsageSum = z.object({ calls: z.number(), answers: z.number(), tokens: AiTokens });
export const AiUse = z
  .object({
    today: UsageSum,
    month: UsageSum,
    limits: z.object({
      per_minute: z.number(),
      per_day: z.number(),
      month_tokens: z.number().describe('0: none.'),
    }),
    days: z.array(
      UsageSum.extend({ day: z.string().describe('`2026-11-22`, of this machine.'), failed: z.number() }),
    ),
    calls: z.array(AiCall).describe('The newest 50.'),
  })
  .meta({ id: 'AiUse' });
export type AiUse = z.infer<typeof AiUse>;
export const AiUsage = envelope(AiUse);

// --- What the window calls: /api/v1/bots/{id}/ai…

export const BotAi = z
  .object({
    enabled: z.boolean(),
    configured: z.boolean(),
    provider: Provider.nullable(),
    model: z.string(),
    base_url: z.string().describe('In use: the own one, else that of the provider.'),
    has_own_base_url: z.boolean(),
    key: z.string().nullable().describe('Masked; null: there is none.'),
    /** Providers that a key is still kept for, with their models: who comes back need not type them again. */
    kept: z.array(
      z.object({ provider: Provider, model: z.string(), key: z.string().nullable(), base_url: z.string() }),
    ),
    header_names: z.array(z.string()),
    system: z.string(),
    is_usual_system: z.boolean(),
    /** How many people have a conversation with it, and how many questions wait or are being answered. */
    people: z.number(),
    waiting: z.number(),
  })
  .meta({ id: 'BotAi' });
export type BotAi = z.infer<typeof BotAi>;
export const OneBotAi = answer(BotAi);

export const BotAiChanged = BotAi.extend(SetUpSaid).meta({ id: 'BotAiChanged' });
export type BotAiChanged = z.infer<typeof BotAiChanged>;
export const OneChangedBotAi = answer(BotAiChanged);

/** What is absent stays. A model that is not in a live list is refused unless `force`. */
export const ChangeBotAi = z.object({
  enabled: z.boolean().optional(),
  provider: Provider.optional(),
  model: Model.optional(),
  base_url: Endpoint.optional(),
  key: Key.optional(),
  headers: Headers.optional(),
  system: Prompt.optional(),
  force: z.boolean().default(false),
});
export type ChangeBotAi = z.infer<typeof ChangeBotAi>;

/** Values that are not saved yet, over the saved ones. */
export const AiDraft = ChangeBotAi.omit({ enabled: true, force: true });
export type AiDraft = z.infer<typeof AiDraft>;
export const AiModels = answer(
  z.object({ models: z.array(z.object({ id: z.string() })), read_at: z.number() }),
);
/** Answered with server-sent events: `text` pieces, then one `done` (as `BotAiTested`) or `failed` (as every failure). */
export const TestBotAi = AiDraft.extend({ question: text(QUESTION_LENGTH).min(1, 'is missing') });
export const BotAiTested = z
  .object({
    text: z.string(),
    reasoning: z.string().nullable(),
    sources: z.array(z.string()),
    ms: z.number(),
    tokens: AiTokens,
    request_id: z.string(),
    is_cut: z.boolean(),
  })
  .meta({ id: 'BotAiTested' });
export type BotAiTested = z.infer<typeof BotAiTested>;
/** Without `person`: of everybody. */
export const ClearBotAi = z.object({ person: text(512).optional() });
