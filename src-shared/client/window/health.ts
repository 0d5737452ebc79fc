// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { HealthFinding } from '../types.ts';

export interface GetHealthReportInput {
  /** Else as the header Accept-Language says. */
  lang?: 'en' | 'de' | undefined;
}

export interface GetHealthReportAnswer {
  worst: 'ok' | 'note' | 'warning' | 'error';
  findings: HealthFinding[];
}

/**
 * What is wrong, and how it is mended. `GET /api/v1/health`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getHealthReport(
  client: Client,
  input: GetHealthReportInput = {},
  options?: CallOptions,
): Promise<GetHealthReportAnswer> {
  return resultOf<GetHealthReportAnswer>(
    client,
    { method: 'GET', path: '/api/v1/health', query: input },
    options,
  );
}
