// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface AddPanelLinkAnswer {
  url: string;
}

/**
 * An address that opens the panel once. `POST /api/v1/panel/links`
 * Refusals: `bad_request`, `forbidden`, `too_large`, `unsupported_media_type`, `misdirected_request`,
 * `rate_limited`, `storage_failed`, `stopping`.
 */
export function addPanelLink(client: Client, options?: CallOptions): Promise<AddPanelLinkAnswer> {
  return resultOf<AddPanelLinkAnswer>(client, { method: 'POST', path: '/api/v1/panel/links' }, options);
}

export interface LogInInput {
  code: string;
}

export interface LogInAnswer {
  session: string;
}

/**
 * Turn the code of such an address into a session. `POST /api/v1/panel/login`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function logIn(client: Client, input: LogInInput, options?: CallOptions): Promise<LogInAnswer> {
  return resultOf<LogInAnswer>(client, { method: 'POST', path: '/api/v1/panel/login', body: input }, options);
}
