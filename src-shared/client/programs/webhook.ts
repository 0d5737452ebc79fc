// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Cause } from '../types.ts';

export interface SetWebhookInput {
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

export interface SetWebhookAnswer {
  webhook_url: string;
  secret: string;
}

/**
 * Have updates posted to an address. `POST /bot/setWebhook`
 * The token needs the scope `read`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function setWebhook(
  client: Client,
  input: SetWebhookInput,
  options?: CallOptions,
): Promise<SetWebhookAnswer> {
  return resultOf<SetWebhookAnswer>(
    client,
    { method: 'POST', path: '/bot/setWebhook', body: input },
    options,
  );
}

/**
 * End the webhook. `POST /bot/deleteWebhook`
 * The token needs the scope `read`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function deleteWebhook(client: Client, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/deleteWebhook' }, options);
}

export interface GetWebhookInfoAnswer {
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
}

/**
 * How the webhook is doing. `GET /bot/getWebhookInfo`
 * The token needs the scope `read`.
 * Refusals: `unauthorized`, `bot_disabled`, `scope_missing`, `rate_limited`, `disabled`.
 */
export function getWebhookInfo(client: Client, options?: CallOptions): Promise<GetWebhookInfoAnswer> {
  return resultOf<GetWebhookInfoAnswer>(client, { method: 'GET', path: '/bot/getWebhookInfo' }, options);
}
