// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Setting } from '../types.ts';

export interface GetBotSettingsInput {
  id: number;
}

/**
 * The settings of a bot. `GET /api/v1/bots/{id}/settings`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotSettings(
  client: Client,
  input: GetBotSettingsInput,
  options?: CallOptions,
): Promise<Setting[]> {
  return resultOf<Setting[]>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/settings` },
    options,
  );
}

export interface GetBotSettingInput {
  id: number;
  key: string;
}

/**
 * One setting of a bot. `GET /api/v1/bots/{id}/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotSetting(
  client: Client,
  input: GetBotSettingInput,
  options?: CallOptions,
): Promise<Setting> {
  return resultOf<Setting>(
    client,
    {
      method: 'GET',
      path: `/api/v1/bots/${encodeURIComponent(input.id)}/settings/${encodeURIComponent(input.key)}`,
    },
    options,
  );
}

export interface SetBotSettingInput {
  id: number;
  key: string;
  value: string | number | boolean;
}

/**
 * Change a setting of a bot. `PUT /api/v1/bots/{id}/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setBotSetting(
  client: Client,
  input: SetBotSettingInput,
  options?: CallOptions,
): Promise<Setting> {
  const { id, key, ...body } = input;
  return resultOf<Setting>(
    client,
    {
      method: 'PUT',
      path: `/api/v1/bots/${encodeURIComponent(id)}/settings/${encodeURIComponent(key)}`,
      body,
    },
    options,
  );
}
