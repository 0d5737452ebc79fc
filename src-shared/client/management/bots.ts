// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf, wholeOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Bot } from '../types.ts';

export interface CreateBotInput {
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
}

export interface CreateBotAnswer {
  id: number;
  name: string;
  token: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  jid?: string;
  api_url: string;
  hint: string;
}

/**
 * Create a bot. `POST /bot/create`
 * Refusals: `bad_request`, `account_unknown`, `not_configured`, `unauthorized`, `forbidden`, `conflict`,
 * `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`, `limit_reached`,
 * `ejabberd_unreachable`, `not_ejabberd`, `ejabberd_credentials`, `ejabberd_no_rights`,
 * `ejabberd_no_command`, `ejabberd_host_unknown`, `ejabberd_failed`, `xmpp_unreachable`, `xmpp_no_rights`,
 * `registration_closed`, `registration_limited`, `xmpp_failed`, `storage_failed`, `stopping`, `disabled`.
 */
export function createBot(
  client: Client,
  input: CreateBotInput,
  options?: CallOptions,
): Promise<CreateBotAnswer> {
  return resultOf<CreateBotAnswer>(client, { method: 'POST', path: '/bot/create', body: input }, options);
}

export interface ListBotsInput {
  account?: string | undefined;
}

export interface ListBotsAnswer {
  bots: Bot[];
}

/**
 * List bots. `GET /bot/list`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`, `disabled`.
 */
export function listBots(
  client: Client,
  input: ListBotsInput = {},
  options?: CallOptions,
): Promise<ListBotsAnswer> {
  return wholeOf<ListBotsAnswer>(client, { method: 'GET', path: '/bot/list', query: input }, options);
}

export interface DeleteBotInput {
  id: number;
}

export interface DeleteBotAnswer {
  deleted: true;
  id: number;
  account_removed?: boolean;
}

/**
 * Delete a bot. `POST /bot/delete`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `disabled`.
 */
export function deleteBot(
  client: Client,
  input: DeleteBotInput,
  options?: CallOptions,
): Promise<DeleteBotAnswer> {
  return resultOf<DeleteBotAnswer>(client, { method: 'POST', path: '/bot/delete', body: input }, options);
}

export interface DeleteBotByIdInput {
  id: number;
}

export interface DeleteBotByIdAnswer {
  deleted: true;
  id: number;
  account_removed?: boolean;
}

/**
 * Delete a bot. `DELETE /bot/delete`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `disabled`.
 */
export function deleteBotById(
  client: Client,
  input: DeleteBotByIdInput,
  options?: CallOptions,
): Promise<DeleteBotByIdAnswer> {
  return resultOf<DeleteBotByIdAnswer>(
    client,
    { method: 'DELETE', path: '/bot/delete', query: input },
    options,
  );
}

export interface ActivateBotInput {
  id: number;
  active: boolean;
}

export interface ActivateBotAnswer {
  id: number;
  status: 'active' | 'disabled';
}

/**
 * Switch a bot on or off. `POST /bot/activate`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `disabled`, `cloud_not_available`.
 */
export function activateBot(
  client: Client,
  input: ActivateBotInput,
  options?: CallOptions,
): Promise<ActivateBotAnswer> {
  return resultOf<ActivateBotAnswer>(client, { method: 'POST', path: '/bot/activate', body: input }, options);
}
