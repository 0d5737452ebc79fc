// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { bytesOf, eventsOf, resultOf, type ServerEvent, wholeOf } from './answers.ts';
import type { CallOptions, Client } from './client.ts';
import type { Bot, Update } from './types.ts';

export interface GetHealthAnswer {
  status: 'ok';
  version: string;
  active_bots: number;
}

/**
 * Is the engine running? `GET /health`
 * Refusals: `misdirected_request`, `rate_limited`.
 */
export function getHealth(client: Client, options?: CallOptions): Promise<GetHealthAnswer> {
  return wholeOf<GetHealthAnswer>(client, { method: 'GET', path: '/health' }, options);
}

/**
 * The bot behind the token. `GET /bot/getMe`
 * Refusals: `unauthorized`, `bot_disabled`, `rate_limited`, `disabled`.
 */
export function getMe(client: Client, options?: CallOptions): Promise<Bot> {
  return resultOf<Bot>(client, { method: 'GET', path: '/bot/getMe' }, options);
}

export interface GetInfoAnswer {
  bot: Bot;
  commands: {
    command: string;
    description: string;
  }[];
  active_sessions: number;
}

/**
 * The bot, its commands and its connections. `GET /bot/getInfo`
 * Refusals: `unauthorized`, `bot_disabled`, `rate_limited`, `disabled`.
 */
export function getInfo(client: Client, options?: CallOptions): Promise<GetInfoAnswer> {
  return resultOf<GetInfoAnswer>(client, { method: 'GET', path: '/bot/getInfo' }, options);
}

export interface SetCommandsInput {
  /** They take the place of all that were set before. */
  commands: {
    command: string;
    description?: string | undefined;
  }[];
}

/**
 * Replace the commands of the bot. `POST /bot/setCommands`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function setCommands(client: Client, input: SetCommandsInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/setCommands', body: input }, options);
}

export type GetCommandsAnswer = {
  command: string;
  description: string;
}[];

/**
 * The commands of the bot. `GET /bot/getCommands`
 * Refusals: `unauthorized`, `bot_disabled`, `rate_limited`, `disabled`.
 */
export function getCommands(client: Client, options?: CallOptions): Promise<GetCommandsAnswer> {
  return resultOf<GetCommandsAnswer>(client, { method: 'GET', path: '/bot/getCommands' }, options);
}

export interface SendMessageInput {
  /** XMPP address of the recipient, without a resource. */
  to: string;
  /** At most 65 536 bytes of UTF-8. */
  text: string;
  type?: 'chat' | 'groupchat' | undefined;
  /** The message that this one answers. */
  reply_to?: string | undefined;
  /** An own message that this one takes the place of. */
  replace_id?: string | undefined;
}

export interface SendMessageAnswer {
  message_id: string;
}

/**
 * Send a message, answer one or correct an own one. `POST /bot/sendMessage`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`, `not_found`,
 * `no_omemo_device`, `room_not_joined`, `conflict`, `too_large`, `unsupported_media_type`, `rate_limited`,
 * `disabled`, `storage_failed`, `stopping`, `cloud_not_available`, `account_offline`, `room_joining`.
 */
export function sendMessage(
  client: Client,
  input: SendMessageInput,
  options?: CallOptions,
): Promise<SendMessageAnswer> {
  return resultOf<SendMessageAnswer>(
    client,
    { method: 'POST', path: '/bot/sendMessage', body: input },
    options,
  );
}

export interface GetMessageStateInput {
  /** The `stanza_id` of an update, or a `message_id` that sendMessage returned. */
  message_id: string;
}

export interface GetMessageStateAnswer {
  state: 'queued' | 'sent' | 'acked' | 'delivered' | 'displayed' | 'failed';
  reason: string | null;
}

/**
 * Ask how far a message has come. `GET /bot/getMessageState`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `not_found`, `rate_limited`,
 * `disabled`.
 */
export function getMessageState(
  client: Client,
  input: GetMessageStateInput,
  options?: CallOptions,
): Promise<GetMessageStateAnswer> {
  return resultOf<GetMessageStateAnswer>(
    client,
    { method: 'GET', path: '/bot/getMessageState', query: input },
    options,
  );
}

export interface SendChatStateInput {
  /** XMPP address of the recipient, without a resource. */
  to: string;
  state: 'active' | 'composing' | 'paused' | 'inactive' | 'gone';
}

/**
 * Show that the bot is typing, or no longer. `POST /bot/sendChatState`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`, `account_offline`.
 */
export function sendChatState(
  client: Client,
  input: SendChatStateInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/sendChatState', body: input }, options);
}

export interface DeleteMessageInput {
  /** The `stanza_id` of an update, or a `message_id` that sendMessage returned. */
  message_id: string;
}

/**
 * Take an own message back. `POST /bot/deleteMessage`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`, `not_found`,
 * `no_omemo_device`, `room_not_joined`, `too_large`, `unsupported_media_type`, `rate_limited`, `disabled`,
 * `storage_failed`, `stopping`, `cloud_not_available`, `account_offline`, `room_joining`.
 */
export function deleteMessage(
  client: Client,
  input: DeleteMessageInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/deleteMessage', body: input }, options);
}

export interface SendReactionInput {
  /** XMPP address of the recipient, without a resource. */
  to: string;
  /** The `stanza_id` of an update, or a `message_id` that sendMessage returned. */
  message_id: string;
  /** Emojis; they take the place of all that the bot gave before. An empty text removes them. */
  reaction: string;
  type?: 'chat' | 'groupchat' | undefined;
}

/**
 * React to a message with emojis. `POST /bot/sendReaction`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`, `not_found`,
 * `no_omemo_device`, `room_not_joined`, `too_large`, `unsupported_media_type`, `rate_limited`, `disabled`,
 * `storage_failed`, `stopping`, `cloud_not_available`, `account_offline`, `room_joining`.
 */
export function sendReaction(client: Client, input: SendReactionInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/sendReaction', body: input }, options);
}

export interface JoinRoomInput {
  /** XMPP address of the room. */
  room: string;
  /** The bot's nickname there; without it its name, with a number where somebody else has that. */
  nick?: string | undefined;
  /** Of a room that is protected by one. */
  password?: string | undefined;
}

/**
 * Join a room. `POST /bot/joinRoom`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `room_password`,
 * `room_members_only`, `room_forbidden`, `room_not_allowed`, `room_not_found`, `nick_conflict`,
 * `room_full`, `too_large`, `unsupported_media_type`, `rate_limited`, `limit_reached`, `room_unreachable`,
 * `room_refused`, `disabled`, `storage_failed`, `stopping`, `cloud_not_available`, `account_offline`.
 */
export function joinRoom(client: Client, input: JoinRoomInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/joinRoom', body: input }, options);
}

export interface LeaveRoomInput {
  /** XMPP address of the room. */
  room: string;
}

/**
 * Leave a room. `POST /bot/leaveRoom`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `room_not_joined`,
 * `too_large`, `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`, `account_offline`.
 */
export function leaveRoom(client: Client, input: LeaveRoomInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/leaveRoom', body: input }, options);
}

export interface SendFileInput {
  /** XMPP address of the recipient, without a resource. */
  to: string;
  /** Where the file is fetched, over https; at most 20 MiB. */
  url?: string | undefined;
  /** A text about the file; it is sent as a message of its own, after it. */
  caption?: string | undefined;
  /** What the file is to be called. */
  name?: string | undefined;
  type?: 'chat' | 'groupchat' | undefined;
  /** The file itself, at most 20 MiB. */
  file?: Blob | undefined;
}

export interface SendFileAnswer {
  message_id: string;
  caption_message_id?: string;
}

/**
 * Send a file, by its address or as a form. `POST /bot/sendFile`
 * The file is uploaded to the XMPP server; in encrypted conversations, as all a dedicated bot has, it is
 * encrypted before that. The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`,
 * `no_omemo_device`, `room_not_joined`, `conflict`, `too_large`, `unsupported_media_type`, `rate_limited`,
 * `upload_failed`, `fetch_failed`, `disabled`, `storage_failed`, `stopping`, `cloud_not_available`,
 * `account_offline`, `room_joining`, `upload_unavailable`, `upload_quota`, `busy`.
 */
export function sendFile(
  client: Client,
  input: SendFileInput,
  options?: CallOptions,
): Promise<SendFileAnswer> {
  return resultOf<SendFileAnswer>(client, { method: 'POST', path: '/bot/sendFile', body: input }, options);
}

export interface GetFileInput {
  /** As it stands in the `url` of a file of an update. */
  token: string;
}

/**
 * Get a file that came with a message. `GET /bot/file/{token}`
 * The address stands in `files` of an update and needs no token: who has it can get the file, until it
 * expires. The file is fetched from where its sender put it, at most 20 MiB, and decrypted.
 * Refusals: `bad_request`, `bot_disabled`, `not_found`, `too_large`, `misdirected_request`,
 * `rate_limited`, `fetch_failed`, `file_broken`, `busy`, `disabled`.
 */
export function getFile(client: Client, input: GetFileInput, options?: CallOptions): Promise<Blob> {
  return bytesOf(client, { method: 'GET', path: `/bot/file/${encodeURIComponent(input.token)}` }, options);
}

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
 * `disabled`.
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
 * `disabled`.
 */
export function followUpdates(
  client: Client,
  input: FollowUpdatesInput = {},
  options?: CallOptions,
): AsyncGenerator<ServerEvent<Update>, void, undefined> {
  return eventsOf<Update>(client, { method: 'GET', path: '/bot/events', query: input }, options);
}

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
