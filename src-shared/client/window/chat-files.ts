// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { bytesOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetChatFileInput {
  token: string;
}

/**
 * The file of a message. `GET /api/v1/chat-files/{token}`
 * The path stands in `files` of the message. The file is fetched from where it lies, at most 20 MiB.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`, `misdirected_request`,
 * `rate_limited`, `fetch_failed`, `file_broken`, `busy`.
 */
export function getChatFile(client: Client, input: GetChatFileInput, options?: CallOptions): Promise<Blob> {
  return bytesOf(
    client,
    { method: 'GET', path: `/api/v1/chat-files/${encodeURIComponent(input.token)}` },
    options,
  );
}
