// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface ReplaceBotTokenInput {
  id: number;
  overlap_s?: number | undefined;
  /**
   * What the token may do: `send` (messages, files, rooms, commands), `read` (updates, webhook), `ai`,
   * `bridge`. Left out: everything.
   */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[] | undefined;
}

export interface ReplaceBotTokenAnswer {
  token: string;
  /** What the new token may do, where that is not everything. */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[];
}

/**
 * Make a new token. `POST /api/v1/bots/{id}/token`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function replaceBotToken(
  client: Client,
  input: ReplaceBotTokenInput,
  options?: CallOptions,
): Promise<ReplaceBotTokenAnswer> {
  const { id, ...body } = input;
  return resultOf<ReplaceBotTokenAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/token`, body },
    options,
  );
}

export interface RemoveBotTokenInput {
  id: number;
}

/**
 * Take the token away; the bot is off. `DELETE /api/v1/bots/{id}/token`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBotToken(
  client: Client,
  input: RemoveBotTokenInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}/token` },
    options,
  );
}
