// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Cause, UpdateData } from '../types.ts';

export interface GetBotDeadLettersInput {
  id: number;
  after?: number | undefined;
  limit?: number | undefined;
}

export type GetBotDeadLettersAnswer = {
  update_id: number;
  update_type: string;
  conversation: string;
  data: UpdateData;
  attempts: number;
  reason: string;
  /** The same as a code; null: nothing failed, or somebody else said it. */
  cause: Cause | null;
  created_at: number;
  dead_since: number;
}[];

/**
 * Updates that a webhook would not take. `GET /api/v1/bots/{id}/dead-letters`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotDeadLetters(
  client: Client,
  input: GetBotDeadLettersInput,
  options?: CallOptions,
): Promise<GetBotDeadLettersAnswer> {
  const { id, ...query } = input;
  return resultOf<GetBotDeadLettersAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(id)}/dead-letters`, query },
    options,
  );
}

export interface ReplayDeadLettersInput {
  id: number;
  update_id?: number | undefined;
}

export interface ReplayDeadLettersAnswer {
  replayed: number;
  left: number;
}

/**
 * Put one dead letter, or all, back into the queue. `POST /api/v1/bots/{id}/dead-letters`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function replayDeadLetters(
  client: Client,
  input: ReplayDeadLettersInput,
  options?: CallOptions,
): Promise<ReplayDeadLettersAnswer> {
  const { id, ...body } = input;
  return resultOf<ReplayDeadLettersAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/dead-letters`, body },
    options,
  );
}
