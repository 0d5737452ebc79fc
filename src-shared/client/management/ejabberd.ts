// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

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
