// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf, wholeOf } from './answers.ts';
import type { CallOptions, Client } from './client.ts';
import type { Bot, Device } from './types.ts';

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

export interface ReplaceTokenInput {
  id: number;
  /** For how many seconds the old token is still taken. */
  overlap_s?: number | undefined;
  /**
   * What the token may do: `send` (messages, files, rooms, commands), `read` (updates, webhook), `ai`,
   * `bridge`. Left out: everything.
   */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[] | undefined;
}

export interface ReplaceTokenAnswer {
  id: number;
  token: string;
  /** What the new token may do, where that is not everything. */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[];
}

/**
 * Make a new token; the old one ends, at once or after `overlap_s`. `POST /bot/token`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `disabled`.
 */
export function replaceToken(
  client: Client,
  input: ReplaceTokenInput,
  options?: CallOptions,
): Promise<ReplaceTokenAnswer> {
  return resultOf<ReplaceTokenAnswer>(client, { method: 'POST', path: '/bot/token', body: input }, options);
}

export interface RevokeTokenInput {
  id: number;
}

export interface RevokeTokenAnswer {
  id: number;
  revoked: true;
  status: 'disabled';
}

/**
 * Take the token away and switch the bot off. `POST /bot/revoke`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `disabled`.
 */
export function revokeToken(
  client: Client,
  input: RevokeTokenInput,
  options?: CallOptions,
): Promise<RevokeTokenAnswer> {
  return resultOf<RevokeTokenAnswer>(client, { method: 'POST', path: '/bot/revoke', body: input }, options);
}

export interface GetAccountStatusInput {
  account: string;
}

export interface GetAccountStatusAnswer {
  account: string;
  enabled: boolean;
}

/**
 * Is an account switched on? `GET /bot/account/status`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getAccountStatus(
  client: Client,
  input: GetAccountStatusInput,
  options?: CallOptions,
): Promise<GetAccountStatusAnswer> {
  return resultOf<GetAccountStatusAnswer>(
    client,
    { method: 'GET', path: '/bot/account/status', query: input },
    options,
  );
}

export interface SetAccountStatusInput {
  account: string;
  enabled: boolean;
}

export interface SetAccountStatusAnswer {
  account: string;
  enabled: boolean;
}

/**
 * Switch an account on or off: it connects or disconnects. `POST /bot/account/status`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setAccountStatus(
  client: Client,
  input: SetAccountStatusInput,
  options?: CallOptions,
): Promise<SetAccountStatusAnswer> {
  return resultOf<SetAccountStatusAnswer>(
    client,
    { method: 'POST', path: '/bot/account/status', body: input },
    options,
  );
}

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

export interface GetEjabberdSettingsAnswer {
  api_url: string;
  admin_jid: string;
  admin_password: string;
  host: string;
  service: string;
  ca: string;
  configured: boolean;
  way: 'admin_api' | 'xmpp_admin' | 'in_band' | 'none';
}

/**
 * How accounts for dedicated bots are made. `GET /bot/ejabberd/settings`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getEjabberdSettings(
  client: Client,
  options?: CallOptions,
): Promise<GetEjabberdSettingsAnswer> {
  return resultOf<GetEjabberdSettingsAnswer>(
    client,
    { method: 'GET', path: '/bot/ejabberd/settings' },
    options,
  );
}

export interface SetEjabberdSettingsInput {
  api_url?: string | undefined;
  host?: string | undefined;
  admin_jid?: string | undefined;
  admin_password?: string | undefined;
  service?: string | undefined;
  ca?: string | undefined;
}

export interface SetEjabberdSettingsAnswer {
  saved: true;
  configured: boolean;
}

/**
 * Set how accounts for dedicated bots are made. `POST /bot/ejabberd/settings`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setEjabberdSettings(
  client: Client,
  input: SetEjabberdSettingsInput = {},
  options?: CallOptions,
): Promise<SetEjabberdSettingsAnswer> {
  return resultOf<SetEjabberdSettingsAnswer>(
    client,
    { method: 'POST', path: '/bot/ejabberd/settings', body: input },
    options,
  );
}

export interface TestEjabberdInput {
  api_url?: string | undefined;
  host?: string | undefined;
  admin_jid?: string | undefined;
  admin_password?: string | undefined;
  service?: string | undefined;
  ca?: string | undefined;
}

export interface TestEjabberdAnswer {
  connected: true;
  response: 'ok';
}

/**
 * Try whether accounts can be made, with the given settings or the saved ones. `POST /bot/ejabberd/test`
 * Refusals: `bad_request`, `not_configured`, `unauthorized`, `forbidden`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `ejabberd_unreachable`, `not_ejabberd`,
 * `ejabberd_credentials`, `ejabberd_no_rights`, `ejabberd_no_command`, `ejabberd_host_unknown`,
 * `ejabberd_failed`, `xmpp_unreachable`, `xmpp_no_rights`, `registration_closed`, `registration_limited`,
 * `xmpp_failed`, `storage_failed`, `stopping`.
 */
export function testEjabberd(
  client: Client,
  input: TestEjabberdInput = {},
  options?: CallOptions,
): Promise<TestEjabberdAnswer> {
  return resultOf<TestEjabberdAnswer>(
    client,
    { method: 'POST', path: '/bot/ejabberd/test', body: input },
    options,
  );
}

export interface GetBotDevicesInput {
  id: number;
}

export interface GetBotDevicesAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * The devices that a dedicated bot knows of its owner. `GET /bot/omemo/devices`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotDevices(
  client: Client,
  input: GetBotDevicesInput,
  options?: CallOptions,
): Promise<GetBotDevicesAnswer> {
  return resultOf<GetBotDevicesAnswer>(
    client,
    { method: 'GET', path: '/bot/omemo/devices', query: input },
    options,
  );
}

export interface ChangeBotDeviceInput {
  id: number;
  device: number;
  trust: 'trusted' | 'distrusted';
}

export interface ChangeBotDeviceAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * Trust a device of the owner, or no longer. `POST /bot/omemo/devices`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeBotDevice(
  client: Client,
  input: ChangeBotDeviceInput,
  options?: CallOptions,
): Promise<ChangeBotDeviceAnswer> {
  return resultOf<ChangeBotDeviceAnswer>(
    client,
    { method: 'POST', path: '/bot/omemo/devices', body: input },
    options,
  );
}

export interface ReadAuditInput {
  id?: number | undefined;
  before?: number | undefined;
  limit?: number | undefined;
}

export type ReadAuditAnswer = {
  id: number;
  bot_id: number | null;
  action: string;
  details: string;
  actor: string;
  ip_address: string;
  outcome: 'ok' | 'refused';
  timestamp: number;
}[];

/**
 * Who did what, from where: the newest first. `GET /bot/audit`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function readAudit(
  client: Client,
  input: ReadAuditInput = {},
  options?: CallOptions,
): Promise<ReadAuditAnswer> {
  return resultOf<ReadAuditAnswer>(client, { method: 'GET', path: '/bot/audit', query: input }, options);
}
