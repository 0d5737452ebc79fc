// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

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
