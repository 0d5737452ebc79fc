// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { eventsOf, resultOf, type ServerEvent } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { LogLine } from '../types.ts';

export interface GetLogsInput {
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | undefined;
  limit?: number | undefined;
}

/**
 * The last lines of the log, the oldest first. `GET /api/v1/logs`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getLogs(client: Client, input: GetLogsInput = {}, options?: CallOptions): Promise<LogLine[]> {
  return resultOf<LogLine[]>(client, { method: 'GET', path: '/api/v1/logs', query: input }, options);
}

export interface FollowLogsInput {
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | undefined;
}

/**
 * Lines of the log as they are written. `GET /api/v1/logs/events`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function followLogs(
  client: Client,
  input: FollowLogsInput = {},
  options?: CallOptions,
): AsyncGenerator<ServerEvent<Record<string, unknown>>, void, undefined> {
  return eventsOf<Record<string, unknown>>(
    client,
    { method: 'GET', path: '/api/v1/logs/events', query: input },
    options,
  );
}
