// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Activity } from '../types.ts';

export interface GetBotActivityInput {
  id: number;
}

/**
 * What a bot did in the last day. `GET /api/v1/bots/{id}/activity`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotActivity(
  client: Client,
  input: GetBotActivityInput,
  options?: CallOptions,
): Promise<Activity> {
  return resultOf<Activity>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/activity` },
    options,
  );
}
