// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface ReplayDeliveriesInput {
  id: number;
  update_ids?: number[] | undefined;
}

export interface ReplayDeliveriesAnswer {
  replayed: number;
  left: number;
}

/**
 * Put some dead letters, or all, back into the queue; their delivery ids stay. `POST
 * /api/v1/bots/{id}/replay`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function replayDeliveries(
  client: Client,
  input: ReplayDeliveriesInput,
  options?: CallOptions,
): Promise<ReplayDeliveriesAnswer> {
  const { id, ...body } = input;
  return resultOf<ReplayDeliveriesAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/replay`, body },
    options,
  );
}
