// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { bytesOf, resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetBotAvatarInput {
  id: number;
}

/**
 * The picture of a bot. `GET /api/v1/bots/{id}/avatar`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotAvatar(client: Client, input: GetBotAvatarInput, options?: CallOptions): Promise<Blob> {
  return bytesOf(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/avatar` },
    options,
  );
}

export interface SetBotAvatarInput {
  id: number;
  avatar: string;
  /** Its media type; not needed, since the image itself is looked at. */
  avatar_type?: string | undefined;
}

/**
 * Give a bot a picture. `PUT /api/v1/bots/{id}/avatar`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setBotAvatar(client: Client, input: SetBotAvatarInput, options?: CallOptions): Promise<true> {
  const { id, ...body } = input;
  return resultOf<true>(
    client,
    { method: 'PUT', path: `/api/v1/bots/${encodeURIComponent(id)}/avatar`, body },
    options,
  );
}

export interface RemoveBotAvatarInput {
  id: number;
}

/**
 * Take the picture of a bot away. `DELETE /api/v1/bots/{id}/avatar`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBotAvatar(
  client: Client,
  input: RemoveBotAvatarInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}/avatar` },
    options,
  );
}
