// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Chat, ChatMessage } from '../types.ts';

export interface GetChatsInput {
  account?: string | undefined;
}

/**
 * Conversations. `GET /api/v1/chats`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getChats(client: Client, input: GetChatsInput = {}, options?: CallOptions): Promise<Chat[]> {
  return resultOf<Chat[]>(client, { method: 'GET', path: '/api/v1/chats', query: input }, options);
}

export interface AddChatInput {
  account: string;
  jid: string;
}

/**
 * Begin a conversation. `POST /api/v1/chats`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function addChat(client: Client, input: AddChatInput, options?: CallOptions): Promise<Chat> {
  return resultOf<Chat>(client, { method: 'POST', path: '/api/v1/chats', body: input }, options);
}

export interface GetChatInput {
  account: string;
  jid: string;
}

/**
 * One conversation. `GET /api/v1/chats/{account}/{jid}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getChat(client: Client, input: GetChatInput, options?: CallOptions): Promise<Chat> {
  return resultOf<Chat>(
    client,
    {
      method: 'GET',
      path: `/api/v1/chats/${encodeURIComponent(input.account)}/${encodeURIComponent(input.jid)}`,
    },
    options,
  );
}

export interface ChangeChatInput {
  account: string;
  jid: string;
  muted?: boolean | undefined;
  draft?: string | undefined;
}

/**
 * Mute a conversation, or keep what is not sent yet. `PATCH /api/v1/chats/{account}/{jid}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeChat(client: Client, input: ChangeChatInput, options?: CallOptions): Promise<Chat> {
  const { account, jid, ...body } = input;
  return resultOf<Chat>(
    client,
    {
      method: 'PATCH',
      path: `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}`,
      body,
    },
    options,
  );
}

export interface RemoveChatInput {
  account: string;
  jid: string;
}

/**
 * Delete the history of a conversation in this window. `DELETE /api/v1/chats/{account}/{jid}`
 * Archives of servers, and other clients, keep theirs.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeChat(client: Client, input: RemoveChatInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(
    client,
    {
      method: 'DELETE',
      path: `/api/v1/chats/${encodeURIComponent(input.account)}/${encodeURIComponent(input.jid)}`,
    },
    options,
  );
}

export interface GetChatMessagesInput {
  account: string;
  jid: string;
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
  limit?: number | undefined;
}

export interface GetChatMessagesAnswer {
  messages: ChatMessage[];
  has_older: boolean;
  has_newer: boolean;
}

/**
 * Messages of a conversation. `GET /api/v1/chats/{account}/{jid}/messages`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getChatMessages(
  client: Client,
  input: GetChatMessagesInput,
  options?: CallOptions,
): Promise<GetChatMessagesAnswer> {
  const { account, jid, ...query } = input;
  return resultOf<GetChatMessagesAnswer>(
    client,
    {
      method: 'GET',
      path: `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}/messages`,
      query,
    },
    options,
  );
}

export interface AddChatMessageInput {
  account: string;
  jid: string;
  text: string;
  reply_to?: string | undefined;
  replace_id?: string | undefined;
}

/**
 * Write a message, answer one or correct an own one. `POST /api/v1/chats/{account}/{jid}/messages`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `no_omemo_device`,
 * `room_not_joined`, `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`,
 * `storage_failed`, `stopping`, `account_offline`, `room_joining`.
 */
export function addChatMessage(
  client: Client,
  input: AddChatMessageInput,
  options?: CallOptions,
): Promise<ChatMessage> {
  const { account, jid, ...body } = input;
  return resultOf<ChatMessage>(
    client,
    {
      method: 'POST',
      path: `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}/messages`,
      body,
    },
    options,
  );
}

export interface RemoveChatMessageInput {
  account: string;
  jid: string;
  message_id: string;
}

/**
 * Take an own message back. `DELETE /api/v1/chats/{account}/{jid}/messages/{message_id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `no_omemo_device`,
 * `room_not_joined`, `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`,
 * `storage_failed`, `stopping`, `account_offline`, `room_joining`.
 */
export function removeChatMessage(
  client: Client,
  input: RemoveChatMessageInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    {
      method: 'DELETE',
      path: `/api/v1/chats/${encodeURIComponent(input.account)}/${encodeURIComponent(input.jid)}/messages/${encodeURIComponent(input.message_id)}`,
    },
    options,
  );
}

export interface SetChatMessageReactionInput {
  account: string;
  jid: string;
  message_id: string;
  reaction: string;
}

/**
 * React to a message with emojis. `PUT /api/v1/chats/{account}/{jid}/messages/{message_id}/reaction`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `no_omemo_device`,
 * `room_not_joined`, `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`,
 * `storage_failed`, `stopping`, `account_offline`, `room_joining`.
 */
export function setChatMessageReaction(
  client: Client,
  input: SetChatMessageReactionInput,
  options?: CallOptions,
): Promise<true> {
  const { account, jid, message_id, ...body } = input;
  return resultOf<true>(
    client,
    {
      method: 'PUT',
      path: `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}/messages/${encodeURIComponent(message_id)}/reaction`,
      body,
    },
    options,
  );
}

export interface RetryChatMessageInput {
  account: string;
  jid: string;
  message_id: string;
}

/**
 * Send a message again that has failed. `POST /api/v1/chats/{account}/{jid}/messages/{message_id}/retry`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `no_omemo_device`,
 * `room_not_joined`, `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`,
 * `storage_failed`, `stopping`, `account_offline`, `room_joining`.
 */
export function retryChatMessage(
  client: Client,
  input: RetryChatMessageInput,
  options?: CallOptions,
): Promise<ChatMessage> {
  return resultOf<ChatMessage>(
    client,
    {
      method: 'POST',
      path: `/api/v1/chats/${encodeURIComponent(input.account)}/${encodeURIComponent(input.jid)}/messages/${encodeURIComponent(input.message_id)}/retry`,
    },
    options,
  );
}

export interface ReadChatInput {
  account: string;
  jid: string;
  up_to: number;
}

/**
 * Tell how far a conversation was read. `POST /api/v1/chats/{account}/{jid}/read`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function readChat(client: Client, input: ReadChatInput, options?: CallOptions): Promise<true> {
  const { account, jid, ...body } = input;
  return resultOf<true>(
    client,
    {
      method: 'POST',
      path: `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}/read`,
      body,
    },
    options,
  );
}

export interface TypingChatInput {
  account: string;
  jid: string;
  state: 'composing' | 'paused' | 'active';
}

/**
 * Show that somebody is typing here, or no longer. `POST /api/v1/chats/{account}/{jid}/typing`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function typingChat(client: Client, input: TypingChatInput, options?: CallOptions): Promise<true> {
  const { account, jid, ...body } = input;
  return resultOf<true>(
    client,
    {
      method: 'POST',
      path: `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}/typing`,
      body,
    },
    options,
  );
}

export interface GetChatCommandsInput {
  account: string;
  jid: string;
}

export type GetChatCommandsAnswer = {
  name: string;
  /** As they are shown behind the name. */
  args: string;
  summary: string;
  group: 'bot' | 'menu' | 'chat';
}[];

/**
 * Slash commands that can be typed into a conversation. `GET /api/v1/chats/{account}/{jid}/commands`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getChatCommands(
  client: Client,
  input: GetChatCommandsInput,
  options?: CallOptions,
): Promise<GetChatCommandsAnswer> {
  return resultOf<GetChatCommandsAnswer>(
    client,
    {
      method: 'GET',
      path: `/api/v1/chats/${encodeURIComponent(input.account)}/${encodeURIComponent(input.jid)}/commands`,
    },
    options,
  );
}

export interface GetChatMembersInput {
  account: string;
  jid: string;
}

export type GetChatMembersAnswer = {
  jid: string;
  /** What they are called there; null: they are not there now. */
  nick: string | null;
}[];

/**
 * Who may read what is said in a room for members only. `GET /api/v1/chats/{account}/{jid}/members`
 * Of any other conversation: nobody.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getChatMembers(
  client: Client,
  input: GetChatMembersInput,
  options?: CallOptions,
): Promise<GetChatMembersAnswer> {
  return resultOf<GetChatMembersAnswer>(
    client,
    {
      method: 'GET',
      path: `/api/v1/chats/${encodeURIComponent(input.account)}/${encodeURIComponent(input.jid)}/members`,
    },
    options,
  );
}

export interface AddChatFileInput {
  account: string;
  jid: string;
  file: Blob;
  caption?: string | undefined;
}

/**
 * Send a file. `POST /api/v1/chats/{account}/{jid}/files`
 * The file is uploaded to the XMPP server; in encrypted conversations it is encrypted before that. Who
 * hangs up cancels it.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `no_omemo_device`,
 * `room_not_joined`, `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`,
 * `upload_failed`, `storage_failed`, `stopping`, `account_offline`, `room_joining`, `upload_unavailable`,
 * `upload_quota`.
 */
export function addChatFile(
  client: Client,
  input: AddChatFileInput,
  options?: CallOptions,
): Promise<ChatMessage> {
  const { account, jid, ...body } = input;
  return resultOf<ChatMessage>(
    client,
    {
      method: 'POST',
      path: `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}/files`,
      body,
    },
    options,
  );
}
