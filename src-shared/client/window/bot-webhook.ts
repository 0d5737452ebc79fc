// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Cause } from '../types.ts';

export interface GetBotWebhookInput {
  id: number;
  secret?: boolean | undefined;
}

export interface GetBotWebhookAnswer {
  url: string;
  allowed_updates: string[];
  pending: number;
  last_error: string | null;
  /** The same as a code; null: nothing failed, or somebody else said it. */
  cause: Cause | null;
  last_error_at: number | null;
  last_success: number | null;
  failing_since: number | null;
  next_try: number | null;
  dead_letters: number;
  dropped: number;
  /** What signs, where it was asked for. */
  secret?: string | null;
}

/**
 * How the webhook of a bot is doing; with `secret` also what signs. `GET /api/v1/bots/{id}/webhook`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotWebhook(
  client: Client,
  input: GetBotWebhookInput,
  options?: CallOptions,
): Promise<GetBotWebhookAnswer> {
  const { id, ...query } = input;
  return resultOf<GetBotWebhookAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(id)}/webhook`, query },
    options,
  );
}

export interface SetBotWebhookInput {
  id: number;
  /** `https://`, or `http://` on this machine. */
  url: string;
  allowed_updates?:
    | (
        | 'message'
        | 'reaction'
        | 'edited_message'
        | 'deleted_message'
        | 'room_joined'
        | 'room_left'
        | 'message_state'
        | 'bridge_message'
      )[]
    | string
    | undefined;
  secret?: string | undefined;
  /** Makes a new secret for the same address. */
  rotate_secret?: boolean | undefined;
}

export interface SetBotWebhookAnswer {
  webhook_url: string;
  secret: string;
}

/**
 * Have updates of a bot posted to an address. `POST /api/v1/bots/{id}/webhook`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setBotWebhook(
  client: Client,
  input: SetBotWebhookInput,
  options?: CallOptions,
): Promise<SetBotWebhookAnswer> {
  const { id, ...body } = input;
  return resultOf<SetBotWebhookAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/webhook`, body },
    options,
  );
}

export interface RemoveBotWebhookInput {
  id: number;
}

/**
 * End the webhook of a bot. `DELETE /api/v1/bots/{id}/webhook`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBotWebhook(
  client: Client,
  input: RemoveBotWebhookInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}/webhook` },
    options,
  );
}

export interface TestBotWebhookInput {
  id: number;
  url: string;
  /** One that is not saved yet. */
  secret?: string | undefined;
}

export interface TestBotWebhookAnswer {
  delivered: boolean;
  status: number | null;
  ms: number;
  error: string | null;
  /** The same as a code; null: nothing failed, or somebody else said it. */
  cause: Cause | null;
}

/**
 * Post a test to an address that need not be set. `POST /api/v1/bots/{id}/webhook/test`
 * One signed update of type `test`, numbered 0. It is signed with `secret`, else with that of the same
 * address, else with one that nobody knows.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function testBotWebhook(
  client: Client,
  input: TestBotWebhookInput,
  options?: CallOptions,
): Promise<TestBotWebhookAnswer> {
  const { id, ...body } = input;
  return resultOf<TestBotWebhookAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/webhook/test`, body },
    options,
  );
}

export interface ProbeBotWebhookInput {
  id: number;
}

/**
 * Try the webhook now, although its address rests after failures. `POST /api/v1/bots/{id}/webhook/probe`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function probeBotWebhook(
  client: Client,
  input: ProbeBotWebhookInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(input.id)}/webhook/probe` },
    options,
  );
}
