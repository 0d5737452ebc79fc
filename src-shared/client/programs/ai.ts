// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { AiTokens, AiUse } from '../types.ts';

export interface SetupAiInput {
  provider:
    | 'openai'
    | 'claude'
    | 'gemini'
    | 'groq'
    | 'mistral'
    | 'deepseek'
    | 'perplexity'
    | 'ollama'
    | 'openclaw'
    | 'compatible';
  /** `-` or empty: none. Bound to the origin it was given for. */
  api_key?: string | undefined;
  model: string;
  /** The base URL of the provider; empty for its own. */
  endpoint?: string | undefined;
  /** What the model is told about itself; empty for the usual one. */
  system?: string | undefined;
}

export interface SetupAiAnswer {
  configured: true;
  provider:
    | 'openai'
    | 'claude'
    | 'gemini'
    | 'groq'
    | 'mistral'
    | 'deepseek'
    | 'perplexity'
    | 'ollama'
    | 'openclaw'
    | 'compatible';
  model: string;
  /** Whether the provider refuses the key; null: it could not be asked, or does not tell. */
  is_key_refused: boolean | null;
  /** Why no answer would come now: the provider said so, could not be reached, or may not be asked there. */
  warning: string | null;
}

/**
 * Choose provider, key and model of the AI, and switch it on. `POST /bot/ai/setup`
 * Nothing is changed when the provider has no such model. Without `api_key` the one stays that was given
 * for this provider before. A key that the provider refuses is saved all the same, and so is a provider
 * that is busy, cannot be reached or may not be asked there: `is_key_refused` and `warning` say so. The
 * token needs the scope `ai`.
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `ai_key_refused`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function setupAi(client: Client, input: SetupAiInput, options?: CallOptions): Promise<SetupAiAnswer> {
  return resultOf<SetupAiAnswer>(client, { method: 'POST', path: '/bot/ai/setup', body: input }, options);
}

export interface GetAiStatusAnswer {
  enabled: boolean;
  configured: boolean;
  type:
    | 'openai'
    | 'claude'
    | 'gemini'
    | 'groq'
    | 'mistral'
    | 'deepseek'
    | 'perplexity'
    | 'ollama'
    | 'openclaw'
    | 'compatible'
    | null;
  model: string | null;
  /** The whole address questions go to. */
  endpoint: string | null;
  system: string;
  /** Masked. */
  key: string | null;
}

/**
 * How the AI is set up. `GET /bot/ai/status`
 * The token needs the scope `ai`.
 * Refusals: `unauthorized`, `bot_disabled`, `scope_missing`, `rate_limited`, `disabled`.
 */
export function getAiStatus(client: Client, options?: CallOptions): Promise<GetAiStatusAnswer> {
  return resultOf<GetAiStatusAnswer>(client, { method: 'GET', path: '/bot/ai/status' }, options);
}

export interface EnableAiInput {
  enabled: boolean;
}

export interface EnableAiAnswer {
  enabled: boolean;
}

/**
 * Switch the AI on or off; off forgets its conversations. `POST /bot/ai/enable`
 * The token needs the scope `ai`.
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function enableAi(
  client: Client,
  input: EnableAiInput,
  options?: CallOptions,
): Promise<EnableAiAnswer> {
  return resultOf<EnableAiAnswer>(client, { method: 'POST', path: '/bot/ai/enable', body: input }, options);
}

export interface AskAiInput {
  /** Whose conversation it belongs to. */
  from?: string | undefined;
  message?: string | undefined;
  text?: string | undefined;
}

export interface AskAiAnswer {
  response: string;
  reasoning: string | null;
  sources: string[];
  model: string;
  tokens: AiTokens;
  /** The answer ended at the most tokens it may have. */
  is_cut: boolean;
  /** Of an agent that answers later. */
  run_id: string | null;
}

/**
 * Ask the AI, in a conversation of its own. `POST /bot/ai/ask`
 * The question is `message`, or `text`. Who asks with the same `from` goes on with the same conversation.
 * The answer comes when it is whole; limits of the bot count. OpenClaw with the model `agent` answers
 * later: then there is a `run_id`. The token needs the scope `ai`.
 * Refusals: `bad_request`, `not_configured`, `not_enabled`, `ai_too_long`, `unauthorized`, `bot_disabled`,
 * `scope_missing`, `too_large`, `unsupported_media_type`, `rate_limited`, `limit_reached`,
 * `ai_queue_full`, `ai_key_refused`, `ai_region`, `ai_model_unknown`, `ai_quota`, `ai_unreachable`,
 * `ai_timeout`, `ai_filtered`, `ai_empty`, `ai_error`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`, `ai_busy`, `ai_stopped`.
 */
export function askAi(client: Client, input: AskAiInput = {}, options?: CallOptions): Promise<AskAiAnswer> {
  const { from, ...body } = input;
  return resultOf<AskAiAnswer>(
    client,
    { method: 'POST', path: '/bot/ai/ask', query: { from }, body },
    options,
  );
}

export interface GetAiUsageInput {
  days?: number | undefined;
}

/**
 * What the AI has used, and its limits. `GET /bot/ai/usage`
 * The token needs the scope `ai`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `rate_limited`, `disabled`.
 */
export function getAiUsage(
  client: Client,
  input: GetAiUsageInput = {},
  options?: CallOptions,
): Promise<AiUse> {
  return resultOf<AiUse>(client, { method: 'GET', path: '/bot/ai/usage', query: input }, options);
}
