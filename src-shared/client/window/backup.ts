// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { bytesOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface MakeBackupInput {
  passphrase: string;
}

/**
 * A backup, sealed with a passphrase. `POST /api/v1/backup`
 * Refusals: `bad_request`, `forbidden`, `conflict`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function makeBackup(client: Client, input: MakeBackupInput, options?: CallOptions): Promise<Blob> {
  return bytesOf(client, { method: 'POST', path: '/api/v1/backup', body: input }, options);
}
