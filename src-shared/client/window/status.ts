// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetStatusAnswer {
  version: string;
  api_url: string;
  api_problem: string | null;
  api_mode: 'local' | 'network';
  api_certificate: {
    self_made: boolean;
    fingerprint: string | null;
    valid_until: number | null;
    names: string[];
    problem: string | null;
  } | null;
  bots_enabled: boolean;
  accounts: {
    jid: string;
    state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
    reason: string | null;
    bots: number;
  }[];
  bots: {
    id: number;
    name: string;
    mode: 'personal' | 'dedicated' | 'cloud';
    status: 'active' | 'disabled';
    owner: string;
    jid: string;
  }[];
}

/**
 * What runs here. `GET /api/v1/status`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getStatus(client: Client, options?: CallOptions): Promise<GetStatusAnswer> {
  return resultOf<GetStatusAnswer>(client, { method: 'GET', path: '/api/v1/status' }, options);
}
