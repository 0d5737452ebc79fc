// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export type GetErrandsAnswer = {
  jid: string;
  owner: string;
  /**
   * `register`: it is not known whether the account was made; `remove`: its bot is deleted, and it is to go;
   * `contact`: it is to go from the roster of its owner.
   */
  kind: 'register' | 'remove' | 'contact';
  attempts: number;
  reason: string | null;
  /** Unix seconds. */
  next_try: number;
}[];

/**
 * What could not be done yet about the accounts of bots. `GET /api/v1/errands`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getErrands(client: Client, options?: CallOptions): Promise<GetErrandsAnswer> {
  return resultOf<GetErrandsAnswer>(client, { method: 'GET', path: '/api/v1/errands' }, options);
}
