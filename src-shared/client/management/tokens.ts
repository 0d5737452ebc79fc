// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

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
