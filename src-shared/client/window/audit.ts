// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetAuditInput {
  id?: number | undefined;
  before?: number | undefined;
  limit?: number | undefined;
}

export type GetAuditAnswer = {
  id: number;
  bot_id: number | null;
  action: string;
  details: string;
  actor: string;
  ip_address: string;
  outcome: 'ok' | 'refused';
  timestamp: number;
}[];

/**
 * Who did what, from where: the newest first. `GET /api/v1/audit`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getAudit(
  client: Client,
  input: GetAuditInput = {},
  options?: CallOptions,
): Promise<GetAuditAnswer> {
  return resultOf<GetAuditAnswer>(client, { method: 'GET', path: '/api/v1/audit', query: input }, options);
}
