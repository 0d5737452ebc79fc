// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { eventsOf, type ServerEvent } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

/**
 * Live changes. `GET /api/v1/events`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function followEvents(
  client: Client,
  options?: CallOptions,
): AsyncGenerator<ServerEvent<Record<string, unknown>>, void, undefined> {
  return eventsOf<Record<string, unknown>>(client, { method: 'GET', path: '/api/v1/events' }, options);
}
