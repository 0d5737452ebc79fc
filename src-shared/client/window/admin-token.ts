// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetAdminTokenAnswer {
  token: string;
}

/**
 * The admin token. `GET /api/v1/admin-token`
 * Refusals: `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getAdminToken(client: Client, options?: CallOptions): Promise<GetAdminTokenAnswer> {
  return resultOf<GetAdminTokenAnswer>(client, { method: 'GET', path: '/api/v1/admin-token' }, options);
}

export interface RotateAdminTokenAnswer {
  token: string;
}

/**
 * Make another admin token; the old one and all panel sessions end. `POST /api/v1/admin-token/rotate`
 * Refusals: `bad_request`, `forbidden`, `too_large`, `unsupported_media_type`, `misdirected_request`,
 * `rate_limited`, `storage_failed`, `stopping`.
 */
export function rotateAdminToken(client: Client, options?: CallOptions): Promise<RotateAdminTokenAnswer> {
  return resultOf<RotateAdminTokenAnswer>(
    client,
    { method: 'POST', path: '/api/v1/admin-token/rotate' },
    options,
  );
}
