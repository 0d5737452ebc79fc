// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { eventsOf, resultOf, type ServerEvent } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { AiUse, BotAi, BotAiChanged } from '../types.ts';

export interface GetBotAiInput {
  id: number;
}

/**
 * The AI of a bot. `GET /api/v1/bots/{id}/ai`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotAi(client: Client, input: GetBotAiInput, options?: CallOptions): Promise<BotAi> {
  return resultOf<BotAi>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/ai` },
    options,
  );
}

export interface ChangeBotAiInput {
  id: number;
  enabled?: boolean | undefined;
  provider?:
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
    | undefined;
  model?: string | undefined;
  /** The base URL of the provider; empty for its own. */
  base_url?: string | undefined;
  /** `-` or empty: none. Bound to the origin it was given for. */
  key?: string | undefined;
  /** Further headers for a gateway of one's own; sealed, never shown again. */
  headers?: Record<string, string> | undefined;
  /** What the model is told about itself; empty for the usual one. */
  system?: string | undefined;
  force?: boolean | undefined;
}

/**
 * Change the AI of a bot. `PATCH /api/v1/bots/{id}/ai`
 * What is absent stays. A model that is not in the live list of its provider is refused, unless `force`.
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `ai_key_refused`, `storage_failed`,
 * `stopping`.
 */
export function changeBotAi(
  client: Client,
  input: ChangeBotAiInput,
  options?: CallOptions,
): Promise<BotAiChanged> {
  const { id, ...body } = input;
  return resultOf<BotAiChanged>(
    client,
    { method: 'PATCH', path: `/api/v1/bots/${encodeURIComponent(id)}/ai`, body },
    options,
  );
}

export interface RemoveBotAiInput {
  id: number;
}

/**
 * Forget the AI of a bot: keys, prompt and conversations. `DELETE /api/v1/bots/{id}/ai`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBotAi(client: Client, input: RemoveBotAiInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}/ai` },
    options,
  );
}

export interface GetBotAiModelsInput {
  id: number;
  provider?:
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
    | undefined;
  model?: string | undefined;
  /** The base URL of the provider; empty for its own. */
  base_url?: string | undefined;
  /** `-` or empty: none. Bound to the origin it was given for. */
  key?: string | undefined;
  /** Further headers for a gateway of one's own; sealed, never shown again. */
  headers?: Record<string, string> | undefined;
  /** What the model is told about itself; empty for the usual one. */
  system?: string | undefined;
}

export interface GetBotAiModelsAnswer {
  models: {
    id: string;
  }[];
  read_at: number;
}

/**
 * The models that the provider has now, with values that need not be saved. `POST
 * /api/v1/bots/{id}/ai/models`
 * Refusals: `bad_request`, `not_configured`, `not_enabled`, `ai_too_long`, `unauthorized`, `forbidden`,
 * `not_found`, `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`,
 * `limit_reached`, `ai_queue_full`, `ai_key_refused`, `ai_region`, `ai_model_unknown`, `ai_quota`,
 * `ai_unreachable`, `ai_timeout`, `ai_filtered`, `ai_empty`, `ai_error`, `storage_failed`, `stopping`,
 * `ai_busy`, `ai_stopped`.
 */
export function getBotAiModels(
  client: Client,
  input: GetBotAiModelsInput,
  options?: CallOptions,
): Promise<GetBotAiModelsAnswer> {
  const { id, ...body } = input;
  return resultOf<GetBotAiModelsAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/ai/models`, body },
    options,
  );
}

export interface TestBotAiInput {
  id: number;
  provider?:
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
    | undefined;
  model?: string | undefined;
  /** The base URL of the provider; empty for its own. */
  base_url?: string | undefined;
  /** `-` or empty: none. Bound to the origin it was given for. */
  key?: string | undefined;
  /** Further headers for a gateway of one's own; sealed, never shown again. */
  headers?: Record<string, string> | undefined;
  /** What the model is told about itself; empty for the usual one. */
  system?: string | undefined;
  question: string;
}

/**
 * Ask the AI with values that need not be saved. `POST /api/v1/bots/{id}/ai/test`
 * Server-sent events: `text` with a `piece` of the answer as it is written, then `done` with the whole of
 * it, or `failed` with what went wrong. Nothing is kept of it but that it was used.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function testBotAi(
  client: Client,
  input: TestBotAiInput,
  options?: CallOptions,
): AsyncGenerator<ServerEvent<Record<string, unknown>>, void, undefined> {
  const { id, ...body } = input;
  return eventsOf<Record<string, unknown>>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/ai/test`, body },
    options,
  );
}

export interface StopBotAiInput {
  id: number;
}

export interface StopBotAiAnswer {
  stopped: number;
}

/**
 * End every question that is being answered or waits. `POST /api/v1/bots/{id}/ai/stop`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function stopBotAi(
  client: Client,
  input: StopBotAiInput,
  options?: CallOptions,
): Promise<StopBotAiAnswer> {
  return resultOf<StopBotAiAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(input.id)}/ai/stop` },
    options,
  );
}

export interface ClearBotAiInput {
  id: number;
  person?: string | undefined;
}

export interface ClearBotAiAnswer {
  cleared: number;
}

/**
 * Forget the conversation with one person, or with everybody. `POST /api/v1/bots/{id}/ai/clear`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function clearBotAi(
  client: Client,
  input: ClearBotAiInput,
  options?: CallOptions,
): Promise<ClearBotAiAnswer> {
  const { id, ...body } = input;
  return resultOf<ClearBotAiAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/ai/clear`, body },
    options,
  );
}

export interface GetBotAiUsageInput {
  id: number;
  days?: number | undefined;
}

/**
 * What the AI of a bot has used. `GET /api/v1/bots/{id}/ai/usage`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotAiUsage(
  client: Client,
  input: GetBotAiUsageInput,
  options?: CallOptions,
): Promise<AiUse> {
  const { id, ...query } = input;
  return resultOf<AiUse>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(id)}/ai/usage`, query },
    options,
  );
}
