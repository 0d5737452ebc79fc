// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface ReadAuditInput {
  id?: number | undefined;
  before?: number | undefined;
  limit?: number | undefined;
}

export type ReadAuditAnswer = {
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
 * Who did what, from where: the newest first. `GET /bot/audit`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function readAudit(
  client: Client,
  input: ReadAuditInput = {},
  options?: CallOptions,
): Promise<ReadAuditAnswer> {
  return resultOf<ReadAuditAnswer>(client, { method: 'GET', path: '/bot/audit', query: input }, options);
}
