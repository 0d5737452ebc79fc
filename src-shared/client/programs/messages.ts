// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Cause } from '../types.ts';

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
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`,
 * `room_not_joined`, `not_found`, `no_omemo_device`, `conflict`, `too_large`, `unsupported_media_type`,
 * `rate_limited`, `disabled`, `storage_failed`, `stopping`, `cloud_not_available`, `account_offline`,
 * `room_joining`.
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
  /** The same as a code; null: nothing failed, or somebody else said it. */
  cause: Cause | null;
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
  type?: 'chat' | 'groupchat' | undefined;
}

/**
 * Show that the bot is typing, or no longer. `POST /bot/sendChatState`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`,
 * `room_not_joined`, `too_large`, `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`,
 * `stopping`, `cloud_not_available`, `account_offline`.
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
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `room_not_joined`,
 * `forbidden`, `not_found`, `no_omemo_device`, `too_large`, `unsupported_media_type`, `rate_limited`,
 * `disabled`, `storage_failed`, `stopping`, `cloud_not_available`, `account_offline`, `room_joining`.
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
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`,
 * `room_not_joined`, `not_found`, `no_omemo_device`, `too_large`, `unsupported_media_type`,
 * `rate_limited`, `disabled`, `storage_failed`, `stopping`, `cloud_not_available`, `account_offline`,
 * `room_joining`.
 */
export function sendReaction(client: Client, input: SendReactionInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/sendReaction', body: input }, options);
}
