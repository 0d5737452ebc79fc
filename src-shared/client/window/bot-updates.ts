// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetBotUpdatesInput {
  id: number;
  after?: number | undefined;
  limit?: number | undefined;
}

export interface GetBotUpdatesAnswer {
  waiting: number;
  updates: {
    update_id: number;
    type: string;
    conversation: string;
    created_at: number;
    data: Record<string, unknown>;
  }[];
}

/**
 * Updates that wait for a bot; looking takes none away. `GET /api/v1/bots/{id}/updates`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotUpdates(
  client: Client,
  input: GetBotUpdatesInput,
  options?: CallOptions,
): Promise<GetBotUpdatesAnswer> {
  const { id, ...query } = input;
  return resultOf<GetBotUpdatesAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(id)}/updates`, query },
    options,
  );
}
