// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Device } from '../types.ts';

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
