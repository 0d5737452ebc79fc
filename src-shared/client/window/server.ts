// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetServerAnswer {
  mode: 'local' | 'network';
  port: number;
  url: string;
  addresses: string[];
  problem: string | null;
  certificate: {
    self_made: boolean;
    fingerprint: string | null;
    valid_until: number | null;
    names: string[];
    problem: string | null;
  } | null;
  given: {
    mode: 'local' | 'network' | null;
    port: number | null;
  };
}

/**
 * How the API is reached now. `GET /api/v1/server`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getServer(client: Client, options?: CallOptions): Promise<GetServerAnswer> {
  return resultOf<GetServerAnswer>(client, { method: 'GET', path: '/api/v1/server' }, options);
}
