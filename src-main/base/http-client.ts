import { lookup as dnsLookup } from 'node:dns';
import type { Readable } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { Agent, type Dispatcher } from 'undici';
import { type AddressPolicy, checkResolved, checkUrl } from './address-guard.ts';

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The first `maxAnswerBytes` of the body; the rest is not read. */
  body: string;
}

export interface PostOptions {
  headers: Record<string, string>;
  body: string;
  /** For the whole exchange: name look-up, connection, answer. */
  timeoutMs: number;
  maxAnswerBytes: number;
}

/** An exchange whose bodies flow, however large they are. */
export interface ExchangeOptions {
  method: 'GET' | 'PUT';
  headers: Record<string, string>;
  /** `content-length` among the headers says how long it is. */
  body?: Readable;
  /** How long nothing may come or go. */
  idleMs: number;
  /** For the whole exchange. */
  timeoutMs: number;
}

export interface Exchange {
  status: number;
  headers: HttpAnswer['headers'];
  /** Fails with `NoAnswer` when the rest does not come. */
  body: AsyncIterable<Uint8Array>;
}

/** No answer came: `message` says why in a few words (time-out, refused, bad certificate). */
export class NoAnswer extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NoAnswer';
  }
}

type Resolver = typeof dnsLookup;

/** What verifies certificates in place of Node's own authorities. */
export type TlsTrust = Pick<ConnectionOptions, 'secureContext' | 'checkServerIdentity'>;

/**
 * Speaks to addresses given by others: each is checked, names are resolved here and connected to at the checked
 * address, redirects are not followed, the answer is read up to a cap. Connections are pooled per origin.
 */
export class HttpClient {
  readonly #policy: () => AddressPolicy;
  readonly #resolve: Resolver;
  readonly #trust: TlsTrust | undefined;
  readonly #agents = new Map<string, Agent>();

  constructor(policy: () => AddressPolicy, resolve: Resolver = dnsLookup, trust?: TlsTrust) {
    this.#policy = policy;
    this.#resolve = resolve;
    this.#trust = trust;
  }

  /** Rejects with `AddressRefused` or `NoAnswer`; any HTTP status is an answer. */
  async post(address: string, options: PostOptions): Promise<HttpAnswer> {
    const url = checkUrl(address, this.#policy());
    const signal = AbortSignal.timeout(options.timeoutMs);
    try {
      const response = await this.#agent(url).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers: options.headers,
        body: options.body,
        signal,
      });
      return {
        status: response.statusCode,
        headers: response.headers,
        body: await readUpTo(response.body, options.maxAnswerBytes),
      };
    } catch (error) {
      if (signal.aborted) throw new NoAnswer(`no answer within ${options.timeoutMs / 1_000} s`);
      throw explain(error);
    }
  }

  /**
   * The same for bodies that flow: `use` gets the answer, and what it does not read of its body is not fetched. Rejects
   * as `post` does, and as `use` does.
   */
  async exchange<T>(
    address: string,
    options: ExchangeOptions,
    use: (exchange: Exchange) => Promise<T>,
  ): Promise<T> {
    const { method, headers, body, idleMs, timeoutMs } = options;
    const url = checkUrl(address, this.#policy());
    const signal = AbortSignal.timeout(timeoutMs);
    const why = (error: unknown) =>
      signal.aborted ? new NoAnswer(`it takes longer than ${timeoutMs / 1_000} s`) : explain(error);
    const response = await this.#agent(url)
      .request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers,
        ...(body && { body }),
        signal,
        headersTimeout: idleMs,
        bodyTimeout: idleMs,
      })
      .catch((error: unknown) => {
        throw why(error);
      });
    try {
      const { statusCode: status, headers } = response;
      return await use({ status, headers, body: flowing(response.body, why) });
    } finally {
      response.body.on('error', () => undefined).destroy();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()));
  }

  /** Origins come and go; a closed agent lets the requests under way end. */
  #forgetOldest(): void {
    const [oldest] = this.#agents;
    if (!oldest || this.#agents.size <= REMEMBERED_ORIGINS) return;
    this.#agents.delete(oldest[0]);
    void oldest[1].close().catch(() => undefined);
  }

  /** One agent per origin, because the check of a resolved address depends on the URL it was resolved for. */
  #agent(url: URL): Agent {
    const known = this.#agents.get(url.origin);
    if (known) return known;
    const agent = new Agent({
      connections: CONNECTIONS_PER_ORIGIN,
      pipelining: 1,
      connect: {
        ...this.#trust,
        lookup: (hostname, options, callback) => {
          this.#resolve(hostname, { ...options, all: true }, (error, found) => {
            if (error) return callback(error, '', 0);
            try {
              for (const { address } of found) checkResolved(url, address, this.#policy());
            } catch (refused) {
              return callback(refused as Error, '', 0);
            }
            const [first] = found;
            if (options.all) callback(null, found as never);
            else callback(null, first?.address ?? '', first?.family ?? 0);
          });
        },
      },
    });
    this.#agents.set(url.origin, agent);
    this.#forgetOldest();
    return agent;
  }
}

/** Above the number of deliveries under way at once, so that no request waits for a connection of another bot's. */
const CONNECTIONS_PER_ORIGIN = 64;
const REMEMBERED_ORIGINS = 200;

async function* flowing(body: AsyncIterable<Buffer>, why: (error: unknown) => unknown) {
  try {
    yield* body;
  } catch (error) {
    throw why(error);
  }
}

async function readUpTo(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was cut',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'nothing came for too long',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be looked up at the moment',
  ETIMEDOUT: 'the host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'AddressRefused') return error;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  return new NoAnswer(REASONS[code] ?? (code ? `the connection failed (${code})` : 'the connection failed'), {
    cause: error,
  });
}
