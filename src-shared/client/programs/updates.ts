// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { eventsOf, resultOf, type ServerEvent } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Update } from '../types.ts';

export interface GetUpdatesInput {
  /** Forgets all updates up to and including this one, and returns those after it. */
  offset?: number | undefined;
  limit?: number | undefined;
  /** How many seconds to wait for the first update. */
  timeout?: number | undefined;
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
}

/**
 * Fetch updates, waiting for them if asked. `GET /bot/getUpdates`
 * The token needs the scope `read`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `conflict`, `rate_limited`,
 * `disabled`, `storage_failed`.
 */
export function getUpdates(
  client: Client,
  input: GetUpdatesInput = {},
  options?: CallOptions,
): Promise<Update[]> {
  return resultOf<Update[]>(client, { method: 'GET', path: '/bot/getUpdates', query: input }, options);
}

export interface FollowUpdatesInput {
  /** Forgets all updates up to and including this one, and returns those after it. */
  offset?: number | undefined;
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
}

/**
 * Updates as an event stream. `GET /bot/events`
 * The token needs the scope `read`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `conflict`, `rate_limited`,
 * `disabled`, `storage_failed`.
 */
export function followUpdates(
  client: Client,
  input: FollowUpdatesInput = {},
  options?: CallOptions,
): AsyncGenerator<ServerEvent<Update>, void, undefined> {
  return eventsOf<Update>(client, { method: 'GET', path: '/bot/events', query: input }, options);
}
