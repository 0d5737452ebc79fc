// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface SetupTelegramInput {
  token: string;
  chat_id: number | string;
  mode?: 'bridge' | 'forward' | undefined;
  /**
   * Takes the webhook away that another program has set at Telegram: that program gets nothing any more,
   * until it sets it again.
   */
  force?: boolean | undefined;
}

export interface SetupTelegramAnswer {
  configured: true;
  chat_id: string;
  mode: 'bridge' | 'forward';
  /** It is stored, and Telegram could not be asked. */
  warning?: string;
}

/**
 * Link the bot with a chat of Telegram, and switch the bridge on. `POST /bot/telegram/setup`
 * Stored also while Telegram cannot be reached: then there is a `warning`. What Telegram itself refuses
 * changes nothing; nor does a webhook of another program there, unless `force` takes it away. The token
 * needs the scope `bridge`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `telegram_token_used`,
 * `telegram_webhook`, `too_large`, `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`,
 * `stopping`, `cloud_not_available`.
 */
export function setupTelegram(
  client: Client,
  input: SetupTelegramInput,
  options?: CallOptions,
): Promise<SetupTelegramAnswer> {
  return resultOf<SetupTelegramAnswer>(
    client,
    { method: 'POST', path: '/bot/telegram/setup', body: input },
    options,
  );
}

export interface GetTelegramStatusAnswer {
  enabled: boolean;
  configured: boolean;
  chat_id: string | null;
  mode: 'bridge' | 'forward';
  /** Of the Telegram bot, without @. */
  username: string | null;
  trouble:
    | 'unreachable'
    | 'token'
    | 'webhook'
    | 'other-program'
    | 'chat'
    | 'blocked'
    | 'rate'
    | 'encryption'
    | 'failed'
    | null;
  /** Messages that are not at Telegram yet. */
  waiting: number;
}

/**
 * How the Telegram bridge is set up and doing. `GET /bot/telegram/status`
 * The token needs the scope `bridge`.
 * Refusals: `unauthorized`, `bot_disabled`, `scope_missing`, `rate_limited`, `disabled`.
 */
export function getTelegramStatus(client: Client, options?: CallOptions): Promise<GetTelegramStatusAnswer> {
  return resultOf<GetTelegramStatusAnswer>(client, { method: 'GET', path: '/bot/telegram/status' }, options);
}

export interface EnableTelegramInput {
  enabled: boolean;
}

export interface EnableTelegramAnswer {
  enabled: boolean;
}

/**
 * Switch the Telegram bridge on or off. `POST /bot/telegram/enable`
 * The token needs the scope `bridge`.
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function enableTelegram(
  client: Client,
  input: EnableTelegramInput,
  options?: CallOptions,
): Promise<EnableTelegramAnswer> {
  return resultOf<EnableTelegramAnswer>(
    client,
    { method: 'POST', path: '/bot/telegram/enable', body: input },
    options,
  );
}

export interface SendTelegramInput {
  /** Longer than 4096 UTF-16 units: sent in parts. */
  text: string;
}

export interface SendTelegramAnswer {
  sent: true;
}

/**
 * Send a text to the linked chat of Telegram. `POST /bot/telegram/send`
 * There it stands under `[XMPP] API:`. 200 says that it is stored: it is sent in its turn, once, also
 * after an outage. The token needs the scope `bridge`.
 * Refusals: `bad_request`, `not_configured`, `not_enabled`, `unauthorized`, `bot_disabled`,
 * `scope_missing`, `too_large`, `unsupported_media_type`, `rate_limited`, `limit_reached`, `disabled`,
 * `storage_failed`, `stopping`, `cloud_not_available`.
 */
export function sendTelegram(
  client: Client,
  input: SendTelegramInput,
  options?: CallOptions,
): Promise<SendTelegramAnswer> {
  return resultOf<SendTelegramAnswer>(
    client,
    { method: 'POST', path: '/bot/telegram/send', body: input },
    options,
  );
}

export interface TestTelegramAnswer {
  connected: true;
  info: string;
  username: string;
}

/**
 * Ask Telegram whether the token works. `POST /bot/telegram/test`
 * `info` is for people, in the language of the header Accept-Language. The token needs the scope `bridge`.
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `connection_failed`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function testTelegram(client: Client, options?: CallOptions): Promise<TestTelegramAnswer> {
  return resultOf<TestTelegramAnswer>(client, { method: 'POST', path: '/bot/telegram/test' }, options);
}
