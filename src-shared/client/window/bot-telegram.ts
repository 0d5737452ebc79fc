// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { BotTelegram, TelegramChat } from '../types.ts';

export interface GetBotTelegramInput {
  id: number;
}

/**
 * The Telegram bridge of a bot. `GET /api/v1/bots/{id}/telegram`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotTelegram(
  client: Client,
  input: GetBotTelegramInput,
  options?: CallOptions,
): Promise<BotTelegram> {
  return resultOf<BotTelegram>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/telegram` },
    options,
  );
}

export interface ChangeBotTelegramInput {
  id: number;
  enabled?: boolean | undefined;
  token?: string | undefined;
  chat_id?: number | string | undefined;
  mode?: 'bridge' | 'forward' | undefined;
  /**
   * Takes the webhook away that another program has set at Telegram: that program gets nothing any more,
   * until it sets it again.
   */
  force?: boolean | undefined;
}

export interface ChangeBotTelegramAnswer {
  enabled: boolean;
  configured: boolean;
  /** Masked. */
  token: string | null;
  username: string | null;
  /** As far as Telegram told of it. */
  chat: TelegramChat | null;
  mode: 'bridge' | 'forward';
  /** Whether the answers of the bot's AI go to Telegram too. */
  ai_answers: boolean;
  state: 'off' | 'connecting' | 'online' | 'trouble';
  trouble: {
    kind:
      | 'unreachable'
      | 'token'
      | 'webhook'
      | 'other-program'
      | 'chat'
      | 'blocked'
      | 'rate'
      | 'encryption'
      | 'failed';
    since: number;
    retry_at: number | null;
  } | null;
  /** Host of a webhook that keeps news from us. */
  webhook: string | null;
  waiting: number;
  last_received: number | null;
  last_sent: number | null;
  /** The newest 20, newest first. */
  recent: {
    at: number;
    to: 'xmpp' | 'telegram';
    from: string;
    /** Its beginning. */
    text: string;
    state: 'waiting' | 'done' | 'failed';
  }[];
  warning: string | null;
}

/**
 * Change the Telegram bridge of a bot. `PATCH /api/v1/bots/{id}/telegram`
 * What is absent stays. What Telegram refuses changes nothing; while it cannot be reached the change is
 * stored all the same, with a `warning`.
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `forbidden`, `not_found`,
 * `telegram_token_used`, `telegram_webhook`, `too_large`, `unsupported_media_type`, `misdirected_request`,
 * `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeBotTelegram(
  client: Client,
  input: ChangeBotTelegramInput,
  options?: CallOptions,
): Promise<ChangeBotTelegramAnswer> {
  const { id, ...body } = input;
  return resultOf<ChangeBotTelegramAnswer>(
    client,
    { method: 'PATCH', path: `/api/v1/bots/${encodeURIComponent(id)}/telegram`, body },
    options,
  );
}

export interface RemoveBotTelegramInput {
  id: number;
}

/**
 * Forget the Telegram bridge of a bot: token, chat and what waits. `DELETE /api/v1/bots/{id}/telegram`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBotTelegram(
  client: Client,
  input: RemoveBotTelegramInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}/telegram` },
    options,
  );
}

export interface CheckBotTelegramInput {
  id: number;
  token?: string | undefined;
}

export interface CheckBotTelegramAnswer {
  id: string;
  username: string;
  name: string;
  /** Privacy mode is off: it sees every message of its groups. */
  reads_groups: boolean;
  /** Host of the webhook that another program has set there; Telegram gives it everything then. */
  webhook: string | null;
  ms: number;
}

/**
 * Ask Telegram about a token, which need not be saved. `POST /api/v1/bots/{id}/telegram/check`
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `connection_failed`, `storage_failed`,
 * `stopping`.
 */
export function checkBotTelegram(
  client: Client,
  input: CheckBotTelegramInput,
  options?: CallOptions,
): Promise<CheckBotTelegramAnswer> {
  const { id, ...body } = input;
  return resultOf<CheckBotTelegramAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/telegram/check`, body },
    options,
  );
}

export interface GetBotTelegramChatsInput {
  id: number;
  token?: string | undefined;
}

/**
 * Chats that wrote to the Telegram bot lately, to choose one. `POST /api/v1/bots/{id}/telegram/chats`
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `forbidden`, `not_found`, `telegram_webhook`,
 * `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`, `connection_failed`,
 * `storage_failed`, `stopping`.
 */
export function getBotTelegramChats(
  client: Client,
  input: GetBotTelegramChatsInput,
  options?: CallOptions,
): Promise<TelegramChat[]> {
  const { id, ...body } = input;
  return resultOf<TelegramChat[]>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/telegram/chats`, body },
    options,
  );
}

export interface SayBotTelegramHelloInput {
  id: number;
  token?: string | undefined;
  chat_id?: number | string | undefined;
}

export interface SayBotTelegramHelloAnswer {
  chat: TelegramChat;
  ms: number;
}

/**
 * Say hello in the chat, with values that need not be saved. `POST /api/v1/bots/{id}/telegram/hello`
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `connection_failed`, `storage_failed`,
 * `stopping`.
 */
export function sayBotTelegramHello(
  client: Client,
  input: SayBotTelegramHelloInput,
  options?: CallOptions,
): Promise<SayBotTelegramHelloAnswer> {
  const { id, ...body } = input;
  return resultOf<SayBotTelegramHelloAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/telegram/hello`, body },
    options,
  );
}

export interface SendBotTelegramInput {
  id: number;
  /** Longer than 4096 UTF-16 units: sent in parts. */
  text: string;
}

/**
 * Send a text to the linked chat, as a program of the bot would. `POST /api/v1/bots/{id}/telegram/send`
 * Refusals: `bad_request`, `not_configured`, `not_enabled`, `unauthorized`, `forbidden`, `not_found`,
 * `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`, `limit_reached`,
 * `storage_failed`, `stopping`.
 */
export function sendBotTelegram(
  client: Client,
  input: SendBotTelegramInput,
  options?: CallOptions,
): Promise<true> {
  const { id, ...body } = input;
  return resultOf<true>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/telegram/send`, body },
    options,
  );
}

export interface RemoveBotTelegramWebhookInput {
  id: number;
  token?: string | undefined;
}

/**
 * Take the webhook away that another program has set at Telegram. `POST
 * /api/v1/bots/{id}/telegram/webhook/remove`
 * With a token that need not be saved.
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `connection_failed`, `storage_failed`,
 * `stopping`.
 */
export function removeBotTelegramWebhook(
  client: Client,
  input: RemoveBotTelegramWebhookInput,
  options?: CallOptions,
): Promise<true> {
  const { id, ...body } = input;
  return resultOf<true>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/telegram/webhook/remove`, body },
    options,
  );
}
