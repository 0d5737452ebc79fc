// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface RestoreBackupInput {
  file: Blob;
  passphrase: string;
}

export interface RestoreBackupAnswer {
  /** When the backup was made. Unix seconds. */
  created_at: number;
  /** Of the Botmother that made it. */
  version: string;
  /** The engine starts anew with it now; sessions and streams end. */
  restarting: true;
}

/**
 * Put a backup in the place of everything that is here; the engine starts anew. `POST /api/v1/restore`
 * The file is checked first: when it is refused, nothing has changed. What was here before is kept aside
 * in the data folder.
 * Refusals: `bad_request`, `forbidden`, `conflict`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function restoreBackup(
  client: Client,
  input: RestoreBackupInput,
  options?: CallOptions,
): Promise<RestoreBackupAnswer> {
  return resultOf<RestoreBackupAnswer>(
    client,
    { method: 'POST', path: '/api/v1/restore', body: input },
    options,
  );
}
