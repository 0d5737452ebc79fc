// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Cause, TokenInUse } from '../types.ts';

export interface GetBotsInput {
  account?: string | undefined;
}

export type GetBotsAnswer = {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
  owner: string;
  /** It was given one; else its initials stand for it. */
  has_picture: boolean;
  /** Those that are taken now: the current one, and one it has replaced. */
  tokens: TokenInUse[];
  /** Those that nobody has fetched or taken yet. */
  waiting_updates: number;
  /** Those that did not fit into the queue since the bot was made. */
  dropped_updates: number;
  dead_letters: number;
  /** Null while its program fetches its updates. Instants are Unix seconds. */
  webhook: {
    url: string;
    state: 'ok' | 'failing';
    last_error: string | null;
    /** The same as a code; null: nothing failed, or somebody else said it. */
    cause: Cause | null;
    failing_since: number | null;
    next_try: number | null;
    last_success: number | null;
  } | null;
}[];

/**
 * List bots. `GET /api/v1/bots`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getBots(
  client: Client,
  input: GetBotsInput = {},
  options?: CallOptions,
): Promise<GetBotsAnswer> {
  return resultOf<GetBotsAnswer>(client, { method: 'GET', path: '/api/v1/bots', query: input }, options);
}

export interface AddBotInput {
  /** 1 to 64 characters of any script. */
  name: string;
  /** XMPP address of its owner, signed in here. */
  account?: string | undefined;
  /** Another name of `account`; one of them is needed. */
  owner?: string | undefined;
  mode?: 'personal' | 'dedicated' | 'cloud' | undefined;
  /** A PNG, JPEG, GIF, WebP or AVIF image in base64; the square in its middle is shown. */
  avatar?: string | undefined;
  /** Its media type; not needed, since the image itself is looked at. */
  avatar_type?: string | undefined;
  /**
   * What the token may do: `send` (messages, files, rooms, commands), `read` (updates, webhook), `ai`,
   * `bridge`. Left out: everything.
   */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[] | undefined;
  description?: string | undefined;
  webhook?:
    | {
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
      }
    | undefined;
}

export interface AddBotAnswer {
  id: number;
  name: string;
  token: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  /** Of a dedicated bot: its own address. */
  jid?: string;
  api_url: string;
  /** Where one was asked for. */
  webhook?: {
    url: string;
    /** What signs. */
    secret: string;
  };
}

/**
 * Create a bot. `POST /api/v1/bots`
 * Refusals: `bad_request`, `account_unknown`, `not_configured`, `unauthorized`, `forbidden`, `conflict`,
 * `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`, `limit_reached`,
 * `ejabberd_unreachable`, `not_ejabberd`, `ejabberd_credentials`, `ejabberd_no_rights`,
 * `ejabberd_no_command`, `ejabberd_host_unknown`, `ejabberd_failed`, `xmpp_unreachable`, `xmpp_no_rights`,
 * `registration_closed`, `registration_limited`, `xmpp_failed`, `storage_failed`, `stopping`.
 */
export function addBot(client: Client, input: AddBotInput, options?: CallOptions): Promise<AddBotAnswer> {
  return resultOf<AddBotAnswer>(client, { method: 'POST', path: '/api/v1/bots', body: input }, options);
}

export interface GetBotInput {
  id: number;
}

export interface GetBotAnswer {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
  owner: string;
  /** It was given one; else its initials stand for it. */
  has_picture: boolean;
  /** Those that are taken now: the current one, and one it has replaced. */
  tokens: TokenInUse[];
  /** Those that nobody has fetched or taken yet. */
  waiting_updates: number;
  /** Those that did not fit into the queue since the bot was made. */
  dropped_updates: number;
  dead_letters: number;
  /** Null while its program fetches its updates. Instants are Unix seconds. */
  webhook: {
    url: string;
    state: 'ok' | 'failing';
    last_error: string | null;
    /** The same as a code; null: nothing failed, or somebody else said it. */
    cause: Cause | null;
    failing_since: number | null;
    next_try: number | null;
    last_success: number | null;
  } | null;
}

/**
 * One bot. `GET /api/v1/bots/{id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBot(client: Client, input: GetBotInput, options?: CallOptions): Promise<GetBotAnswer> {
  return resultOf<GetBotAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}` },
    options,
  );
}

export interface ChangeBotInput {
  id: number;
  active?: boolean | undefined;
  description?: string | undefined;
  /** An image in base64; null takes it away. */
  avatar?: string | null | undefined;
}

export interface ChangeBotAnswer {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
  owner: string;
  /** It was given one; else its initials stand for it. */
  has_picture: boolean;
  /** Those that are taken now: the current one, and one it has replaced. */
  tokens: TokenInUse[];
  /** Those that nobody has fetched or taken yet. */
  waiting_updates: number;
  /** Those that did not fit into the queue since the bot was made. */
  dropped_updates: number;
  dead_letters: number;
  /** Null while its program fetches its updates. Instants are Unix seconds. */
  webhook: {
    url: string;
    state: 'ok' | 'failing';
    last_error: string | null;
    /** The same as a code; null: nothing failed, or somebody else said it. */
    cause: Cause | null;
    failing_since: number | null;
    next_try: number | null;
    last_success: number | null;
  } | null;
}

/**
 * Change a bot. `PATCH /api/v1/bots/{id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function changeBot(
  client: Client,
  input: ChangeBotInput,
  options?: CallOptions,
): Promise<ChangeBotAnswer> {
  const { id, ...body } = input;
  return resultOf<ChangeBotAnswer>(
    client,
    { method: 'PATCH', path: `/api/v1/bots/${encodeURIComponent(id)}`, body },
    options,
  );
}

export interface RemoveBotInput {
  id: number;
}

/**
 * Delete a bot. `DELETE /api/v1/bots/{id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBot(client: Client, input: RemoveBotInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}` },
    options,
  );
}
