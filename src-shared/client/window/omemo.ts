// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Device } from '../types.ts';

export interface GetOmemoDevicesInput {
  jid: string;
}

export interface GetOmemoDevicesAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * The devices around an account. `GET /api/v1/omemo/{jid}/devices`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getOmemoDevices(
  client: Client,
  input: GetOmemoDevicesInput,
  options?: CallOptions,
): Promise<GetOmemoDevicesAnswer> {
  return resultOf<GetOmemoDevicesAnswer>(
    client,
    { method: 'GET', path: `/api/v1/omemo/${encodeURIComponent(input.jid)}/devices` },
    options,
  );
}

export interface ChangeOmemoDevicesInput {
  jid: string;
  device: number;
  trust: 'trusted' | 'distrusted';
  /** Whose device it is, where several people have one of that number. */
  owner?: string | undefined;
}

export interface ChangeOmemoDevicesAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * Trust a device, or no longer. `PATCH /api/v1/omemo/{jid}/devices`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeOmemoDevices(
  client: Client,
  input: ChangeOmemoDevicesInput,
  options?: CallOptions,
): Promise<ChangeOmemoDevicesAnswer> {
  const { jid, ...body } = input;
  return resultOf<ChangeOmemoDevicesAnswer>(
    client,
    { method: 'PATCH', path: `/api/v1/omemo/${encodeURIComponent(jid)}/devices`, body },
    options,
  );
}

export interface ResetOmemoInput {
  jid: string;
}

export interface ResetOmemoAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * A new device with new keys in the place of the account's one. `POST /api/v1/omemo/{jid}/reset`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `no_omemo_device`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function resetOmemo(
  client: Client,
  input: ResetOmemoInput,
  options?: CallOptions,
): Promise<ResetOmemoAnswer> {
  return resultOf<ResetOmemoAnswer>(
    client,
    { method: 'POST', path: `/api/v1/omemo/${encodeURIComponent(input.jid)}/reset` },
    options,
  );
}
