// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Setting } from '../types.ts';

/**
 * All settings. `GET /api/v1/settings`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getSettings(client: Client, options?: CallOptions): Promise<Setting[]> {
  return resultOf<Setting[]>(client, { method: 'GET', path: '/api/v1/settings' }, options);
}

export interface GetSettingInput {
  key: string;
}

/**
 * One setting. `GET /api/v1/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getSetting(client: Client, input: GetSettingInput, options?: CallOptions): Promise<Setting> {
  return resultOf<Setting>(
    client,
    { method: 'GET', path: `/api/v1/settings/${encodeURIComponent(input.key)}` },
    options,
  );
}

export interface SetSettingInput {
  key: string;
  value: string | number | boolean;
}

/**
 * Change a setting. `PUT /api/v1/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setSetting(client: Client, input: SetSettingInput, options?: CallOptions): Promise<Setting> {
  const { key, ...body } = input;
  return resultOf<Setting>(
    client,
    { method: 'PUT', path: `/api/v1/settings/${encodeURIComponent(key)}`, body },
    options,
  );
}
