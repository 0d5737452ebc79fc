// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface DiscoverServerInput {
  jid: string;
  service?: string | undefined;
  /** PEM text; of an account that is signed in here, the stored one counts else. */
  ca?: string | undefined;
}

export interface DiscoverServerAnswer {
  domain: string;
  /** Where the server is looked for, in the order of trying: as given, as DNS says, or port 5222. */
  places: {
    kind: 'tls' | 'starttls' | 'websocket';
    place: string;
  }[];
  /** What its web server names (XEP-0156); can be given as `service`. */
  websocket: string | null;
  /** Where it answered, with TLS that can be trusted. */
  reached: {
    kind: 'tls' | 'starttls' | 'websocket';
    place: string;
  } | null;
  /** SASL mechanisms, as offered. */
  mechanisms: string[];
  /** One of them is known here. */
  can_sign_in: boolean;
  /** It says that accounts can be made by a client. */
  registration: boolean;
  problem: {
    /** `insecure`: its certificate or its lack of encryption; `config`: `service` cannot be used. */
    kind: 'unreachable' | 'insecure' | 'config' | 'other';
    reason: string;
  } | null;
}

/**
 * How a server is reached, and what it offers; nobody signs in. `POST /api/v1/discover`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function discoverServer(
  client: Client,
  input: DiscoverServerInput,
  options?: CallOptions,
): Promise<DiscoverServerAnswer> {
  return resultOf<DiscoverServerAnswer>(
    client,
    { method: 'POST', path: '/api/v1/discover', body: input },
    options,
  );
}
