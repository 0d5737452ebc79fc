// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Attempt, Delivery } from '../types.ts';

export interface GetBotDeliveriesInput {
  id: number;
  state?: 'waiting' | 'retrying' | 'delivered' | 'dead' | undefined;
  before?: number | undefined;
  limit?: number | undefined;
}

export interface GetBotDeliveriesAnswer {
  deliveries: Delivery[];
  next: number | null;
}

/**
 * Updates on their way to the webhook, and what became of them. `GET /api/v1/bots/{id}/deliveries`
 * Kept for a day, 1000 of each bot; dead letters for a week.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotDeliveries(
  client: Client,
  input: GetBotDeliveriesInput,
  options?: CallOptions,
): Promise<GetBotDeliveriesAnswer> {
  const { id, ...query } = input;
  return resultOf<GetBotDeliveriesAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(id)}/deliveries`, query },
    options,
  );
}

export interface GetBotDeliveryInput {
  id: number;
  update_id: number;
}

export interface GetBotDeliveryAnswer {
  update_id: number;
  delivery_id: string;
  update_type: string;
  conversation: string;
  state: 'waiting' | 'retrying' | 'delivered' | 'dead';
  created_at: number;
  next_try: number | null;
  /** The newest 20. */
  attempts: Attempt[];
  attempt_count: number;
  request: {
    url: string;
    headers: Record<string, string>;
    body: string | null;
  };
  /** Of the last attempt; its body is cut at 4 KiB. */
  answer: {
    status: number;
    headers: Record<string, string>;
    body: string;
  } | null;
}

/**
 * One delivery, with what was sent and answered at its last attempt. `GET
 * /api/v1/bots/{id}/deliveries/{update_id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotDelivery(
  client: Client,
  input: GetBotDeliveryInput,
  options?: CallOptions,
): Promise<GetBotDeliveryAnswer> {
  return resultOf<GetBotDeliveryAnswer>(
    client,
    {
      method: 'GET',
      path: `/api/v1/bots/${encodeURIComponent(input.id)}/deliveries/${encodeURIComponent(input.update_id)}`,
    },
    options,
  );
}

export interface ReplayDeliveryInput {
  id: number;
  update_id: number;
}

export interface ReplayDeliveryAnswer {
  replayed: number;
  left: number;
}

/**
 * Put a dead letter back into the queue; its delivery id stays. `POST
 * /api/v1/bots/{id}/deliveries/{update_id}/replay`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function replayDelivery(
  client: Client,
  input: ReplayDeliveryInput,
  options?: CallOptions,
): Promise<ReplayDeliveryAnswer> {
  return resultOf<ReplayDeliveryAnswer>(
    client,
    {
      method: 'POST',
      path: `/api/v1/bots/${encodeURIComponent(input.id)}/deliveries/${encodeURIComponent(input.update_id)}/replay`,
    },
    options,
  );
}
