// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface ReadSettingsInput {
  id?: number | undefined;
}

export type ReadSettingsAnswer =
  | {
      bot_features_enabled: string | number | boolean;
      api_port: string | number | boolean;
      api_mode: string | number | boolean;
      api_tls_cert: string | number | boolean;
      api_tls_key: string | number | boolean;
      language: string | number | boolean;
      file_link_hours: string | number | boolean;
      rate_limit_ip: string | number | boolean;
      rate_limit_bot: string | number | boolean;
      token_display: string | number | boolean;
      chat_admin: string | number | boolean;
      admin_auth: string | number | boolean;
      webhook_allow_private: string | number | boolean;
      window_language: string | number | boolean;
      window_theme: string | number | boolean;
      window_density: string | number | boolean;
      window_text_size: string | number | boolean;
      window_enter: string | number | boolean;
      window_single_keys: string | number | boolean;
      window_notifications: string | number | boolean;
      window_notification_text: string | number | boolean;
      window_load_pictures: string | number | boolean;
      telegram_api_root: string | number | boolean;
      ejabberd_api_url: string | number | boolean;
      ejabberd_host: string | number | boolean;
      ejabberd_service: string | number | boolean;
      ejabberd_ca: string | number | boolean;
      ejabberd_admin_jid: string | number | boolean;
      ejabberd_admin_password: string | number | boolean;
    }
  | {
      scope: string | number | boolean;
      encrypted: string | number | boolean;
      allow_plaintext: string | number | boolean;
      allowed_contacts: string | number | boolean;
      avatar: string | number | boolean;
      description: string | number | boolean;
      ai_answers: string | number | boolean;
      telegram_ai_answers: string | number | boolean;
      ai_rooms: string | number | boolean;
      ai_free_rooms: string | number | boolean;
      ai_known_bots: string | number | boolean;
      reasoning: string | number | boolean;
      ai_streaming: string | number | boolean;
      ai_per_minute: string | number | boolean;
      ai_per_day: string | number | boolean;
      ai_answer_tokens: string | number | boolean;
      ai_timeout: string | number | boolean;
      ai_parallel: string | number | boolean;
      ai_month_tokens: string | number | boolean;
    };

/**
 * The settings, or with `id` those of a bot. `GET /bot/settings`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function readSettings(
  client: Client,
  input: ReadSettingsInput = {},
  options?: CallOptions,
): Promise<ReadSettingsAnswer> {
  return resultOf<ReadSettingsAnswer>(
    client,
    { method: 'GET', path: '/bot/settings', query: input },
    options,
  );
}

export interface ChangeSettingsInput {
  id?: number | undefined;
  bot_features_enabled?: string | number | boolean | undefined;
  api_port?: string | number | boolean | undefined;
  api_mode?: string | number | boolean | undefined;
  api_tls_cert?: string | number | boolean | undefined;
  api_tls_key?: string | number | boolean | undefined;
  language?: string | number | boolean | undefined;
  file_link_hours?: string | number | boolean | undefined;
  rate_limit_ip?: string | number | boolean | undefined;
  rate_limit_bot?: string | number | boolean | undefined;
  token_display?: string | number | boolean | undefined;
  chat_admin?: string | number | boolean | undefined;
  admin_auth?: string | number | boolean | undefined;
  webhook_allow_private?: string | number | boolean | undefined;
  window_language?: string | number | boolean | undefined;
  window_theme?: string | number | boolean | undefined;
  window_density?: string | number | boolean | undefined;
  window_text_size?: string | number | boolean | undefined;
  window_enter?: string | number | boolean | undefined;
  window_single_keys?: string | number | boolean | undefined;
  window_notifications?: string | number | boolean | undefined;
  window_notification_text?: string | number | boolean | undefined;
  window_load_pictures?: string | number | boolean | undefined;
  telegram_api_root?: string | number | boolean | undefined;
  ejabberd_api_url?: string | number | boolean | undefined;
  ejabberd_host?: string | number | boolean | undefined;
  ejabberd_service?: string | number | boolean | undefined;
  ejabberd_ca?: string | number | boolean | undefined;
  ejabberd_admin_jid?: string | number | boolean | undefined;
  ejabberd_admin_password?: string | number | boolean | undefined;
  scope?: string | number | boolean | undefined;
  encrypted?: string | number | boolean | undefined;
  allow_plaintext?: string | number | boolean | undefined;
  allowed_contacts?: string | number | boolean | undefined;
  avatar?: string | number | boolean | undefined;
  description?: string | number | boolean | undefined;
  ai_answers?: string | number | boolean | undefined;
  telegram_ai_answers?: string | number | boolean | undefined;
  ai_rooms?: string | number | boolean | undefined;
  ai_free_rooms?: string | number | boolean | undefined;
  ai_known_bots?: string | number | boolean | undefined;
  reasoning?: string | number | boolean | undefined;
  ai_streaming?: string | number | boolean | undefined;
  ai_per_minute?: string | number | boolean | undefined;
  ai_per_day?: string | number | boolean | undefined;
  ai_answer_tokens?: string | number | boolean | undefined;
  ai_timeout?: string | number | boolean | undefined;
  ai_parallel?: string | number | boolean | undefined;
  ai_month_tokens?: string | number | boolean | undefined;
}

export type ChangeSettingsAnswer =
  | {
      bot_features_enabled: string | number | boolean;
      api_port: string | number | boolean;
      api_mode: string | number | boolean;
      api_tls_cert: string | number | boolean;
      api_tls_key: string | number | boolean;
      language: string | number | boolean;
      file_link_hours: string | number | boolean;
      rate_limit_ip: string | number | boolean;
      rate_limit_bot: string | number | boolean;
      token_display: string | number | boolean;
      chat_admin: string | number | boolean;
      admin_auth: string | number | boolean;
      webhook_allow_private: string | number | boolean;
      window_language: string | number | boolean;
      window_theme: string | number | boolean;
      window_density: string | number | boolean;
      window_text_size: string | number | boolean;
      window_enter: string | number | boolean;
      window_single_keys: string | number | boolean;
      window_notifications: string | number | boolean;
      window_notification_text: string | number | boolean;
      window_load_pictures: string | number | boolean;
      telegram_api_root: string | number | boolean;
      ejabberd_api_url: string | number | boolean;
      ejabberd_host: string | number | boolean;
      ejabberd_service: string | number | boolean;
      ejabberd_ca: string | number | boolean;
      ejabberd_admin_jid: string | number | boolean;
      ejabberd_admin_password: string | number | boolean;
    }
  | {
      scope: string | number | boolean;
      encrypted: string | number | boolean;
      allow_plaintext: string | number | boolean;
      allowed_contacts: string | number | boolean;
      avatar: string | number | boolean;
      description: string | number | boolean;
      ai_answers: string | number | boolean;
      telegram_ai_answers: string | number | boolean;
      ai_rooms: string | number | boolean;
      ai_free_rooms: string | number | boolean;
      ai_known_bots: string | number | boolean;
      reasoning: string | number | boolean;
      ai_streaming: string | number | boolean;
      ai_per_minute: string | number | boolean;
      ai_per_day: string | number | boolean;
      ai_answer_tokens: string | number | boolean;
      ai_timeout: string | number | boolean;
      ai_parallel: string | number | boolean;
      ai_month_tokens: string | number | boolean;
    };

/**
 * Change settings, or with `id` those of a bot: all that are given, or none. `POST /bot/settings`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeSettings(
  client: Client,
  input: ChangeSettingsInput = {},
  options?: CallOptions,
): Promise<ChangeSettingsAnswer> {
  const { id, ...body } = input;
  return resultOf<ChangeSettingsAnswer>(
    client,
    { method: 'POST', path: '/bot/settings', query: { id }, body },
    options,
  );
}
