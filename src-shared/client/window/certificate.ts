// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export type GetCertificateAnswer = {
  self_made: boolean;
  fingerprint: string | null;
  valid_until: number | null;
  names: string[];
  problem: string | null;
} | null;

/**
 * The certificate of network mode; null in local mode. `GET /api/v1/certificate`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getCertificate(client: Client, options?: CallOptions): Promise<GetCertificateAnswer> {
  return resultOf<GetCertificateAnswer>(client, { method: 'GET', path: '/api/v1/certificate' }, options);
}

export interface GiveCertificateInput {
  cert: string;
  key: string;
}

export interface GiveCertificateAnswer {
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
 * Use this pair of certificate and key; the settings name it then. `POST /api/v1/certificate`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `conflict`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function giveCertificate(
  client: Client,
  input: GiveCertificateInput,
  options?: CallOptions,
): Promise<GiveCertificateAnswer> {
  return resultOf<GiveCertificateAnswer>(
    client,
    { method: 'POST', path: '/api/v1/certificate', body: input },
    options,
  );
}

export interface RemoveCertificateAnswer {
  deleted: boolean;
}

/**
 * Take the self-made certificate away; where one is used, another one is there at once. `deleted` says
 * whether there was one. `DELETE /api/v1/certificate`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeCertificate(client: Client, options?: CallOptions): Promise<RemoveCertificateAnswer> {
  return resultOf<RemoveCertificateAnswer>(
    client,
    { method: 'DELETE', path: '/api/v1/certificate' },
    options,
  );
}

export interface RenewCertificateAnswer {
  self_made: boolean;
  fingerprint: string | null;
  valid_until: number | null;
  names: string[];
  problem: string | null;
}

/**
 * Make another self-made certificate; programs that trust the old one need the new one. `POST
 * /api/v1/certificate/renew`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function renewCertificate(client: Client, options?: CallOptions): Promise<RenewCertificateAnswer> {
  return resultOf<RenewCertificateAnswer>(
    client,
    { method: 'POST', path: '/api/v1/certificate/renew' },
    options,
  );
}
