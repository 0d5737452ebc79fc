// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Sandbox } from '../types.ts';

/**
 * Whether a sandbox runs on this machine, and who can sign in there. `GET /api/v1/sandbox`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getSandbox(client: Client, options?: CallOptions): Promise<Sandbox> {
  return resultOf<Sandbox>(client, { method: 'GET', path: '/api/v1/sandbox' }, options);
}

/**
 * Begin to start a sandbox; it ends with the engine. `POST /api/v1/sandbox`
 * `sandbox.changed` is announced when it runs, or has failed.
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `conflict`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function startSandbox(client: Client, options?: CallOptions): Promise<Sandbox> {
  return resultOf<Sandbox>(client, { method: 'POST', path: '/api/v1/sandbox' }, options);
}
