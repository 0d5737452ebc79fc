// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetBotConnectionInput {
  id: number;
}

export interface GetBotConnectionAnswer {
  jid: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  /** Why it is not online, in words. */
  reason: string | null;
  /** Its OMEMO device; null before it has one. */
  device: number | null;
  /** Whether others can find that device; null while it is away. */
  published: boolean | null;
  /** How many devices of its owner it can write to. */
  owner_devices: number;
  /** Those of them whose commands wait for approval. */
  waiting_devices: number[];
}

/**
 * How a dedicated bot stands with its server. `GET /api/v1/bots/{id}/connection`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotConnection(
  client: Client,
  input: GetBotConnectionInput,
  options?: CallOptions,
): Promise<GetBotConnectionAnswer> {
  return resultOf<GetBotConnectionAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/connection` },
    options,
  );
}
