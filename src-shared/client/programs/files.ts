// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { bytesOf, resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface SendFileInput {
  /** XMPP address of the recipient, without a resource. */
  to: string;
  /** Where the file is fetched, over https; at most 20 MiB. */
  url?: string | undefined;
  /** A text about the file; it is sent as a message of its own, after it. */
  caption?: string | undefined;
  /** What the file is to be called. */
  name?: string | undefined;
  type?: 'chat' | 'groupchat' | undefined;
  /** The file itself, at most 20 MiB. */
  file?: Blob | undefined;
}

export interface SendFileAnswer {
  message_id: string;
  caption_message_id?: string;
}

/**
 * Send a file, by its address or as a form. `POST /bot/sendFile`
 * The file is uploaded to the XMPP server; in encrypted conversations, as all a dedicated bot has, it is
 * encrypted before that. The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `forbidden`,
 * `room_not_joined`, `no_omemo_device`, `conflict`, `too_large`, `unsupported_media_type`, `rate_limited`,
 * `upload_failed`, `fetch_failed`, `disabled`, `storage_failed`, `stopping`, `cloud_not_available`,
 * `account_offline`, `room_joining`, `upload_unavailable`, `upload_quota`, `busy`.
 */
export function sendFile(
  client: Client,
  input: SendFileInput,
  options?: CallOptions,
): Promise<SendFileAnswer> {
  return resultOf<SendFileAnswer>(client, { method: 'POST', path: '/bot/sendFile', body: input }, options);
}

export interface GetFileInput {
  /** As it stands in the `url` of a file of an update. */
  token: string;
}

/**
 * Get a file that came with a message. `GET /bot/file/{token}`
 * The address stands in `files` of an update and needs no token: who has it can get the file, until it
 * expires. The file is fetched from where its sender put it, at most 20 MiB, and decrypted.
 * Refusals: `bad_request`, `bot_disabled`, `not_found`, `too_large`, `misdirected_request`,
 * `rate_limited`, `fetch_failed`, `file_broken`, `storage_failed`, `busy`, `disabled`.
 */
export function getFile(client: Client, input: GetFileInput, options?: CallOptions): Promise<Blob> {
  return bytesOf(client, { method: 'GET', path: `/bot/file/${encodeURIComponent(input.token)}` }, options);
}
