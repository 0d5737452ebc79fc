import { lookup as dnsLookup } from 'node:dns';
import type { Readable } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import type { Pool } from 'undici';
import { type BareReason, reason } from '../../src-shared/text/reasons.ts';
import { type AddressPolicy, checkResolved, checkUrl } from './address-guard.ts';
import { type HttpAnswer, type PostOptions, PostTimeout, postThrough } from './http-post.ts';

/** An exchange whose bodies flow, however large they are. */
export interface ExchangeOptions {
  method: 'GET' | 'PUT' | 'POST';
  headers: Record<string, string>;
  /** `content-length` among the headers says how long one is that flows. */
  body?: Readable | string;
  /** How long nothing may come or go. */
  idleMs: number;
  /** How long the answer may take to begin, where that is not `idleMs`. */
  answerMs?: number;
  /** For the whole exchange. */
  timeoutMs: number;
  /** Ends it early: it rejects with the signal's reason then. */
  signal?: AbortSignal;
  /** As in `AddressPolicy`, for this exchange. */
  atHome?: boolean;
  /** The other side lets it wait on purpose: it takes none of the connections that others wait for. */
  isLongPoll?: boolean;
}

export interface Exchange {
  status: number;
  headers: HttpAnswer['headers'];
  /** Fails with `NoAnswer` when the rest does not come. */
  body: AsyncIterable<Uint8Array>;
}

/** No answer came: `message` says why in a few words (time-out, refused, bad certificate). */
export class NoAnswer extends Error {
  /** It took too long, as opposed to: it cannot be reached. */
  readonly isLate: boolean;
  constructor(reason: string, options?: ErrorOptions & { isLate?: boolean }) {
    super(reason, options);
    this.name = 'NoAnswer';
    this.isLate = options?.isLate ?? false;
  }
}

type Resolver = typeof dnsLookup;

let loaded: Promise<typeof import('undici')> | undefined;
/** Loaded when it is first needed: the start of the engine pays nothing for it, and each later call next to nothing. */
function undici() {
  loaded ??= import('undici');
  return loaded;
}

/** What verifies certificates in place of Node's own authorities. */
export type TlsTrust = Pick<ConnectionOptions, 'secureContext' | 'checkServerIdentity'>;

/** What a client may have open to one origin. */
export interface ConnectionLimits {
  /** At once; null = as many as are asked for, which something else has to bound then. */
  connections: number | null;
  /** How long one that nothing uses is kept. */
  idleMs: number;
  /** The same where the server says for how long it keeps it. */
  mostIdleMs: number;
}

const USUAL: ConnectionLimits = {
  /** Above the number of deliveries under way at once, so that no request waits for a connection of another bot's. */
  connections: 64,
  idleMs: 4_000,
  mostIdleMs: 600_000,
};
const REMEMBERED_ORIGINS = 200;

/**
 * Speaks to addresses given by others: each is checked, names are resolved here and connected to at the checked
 * address, redirects are not followed, the answer is read up to a cap. Connections are pooled per origin.
 */
export class HttpClient {
  readonly #policy: () => AddressPolicy;
  readonly #resolve: Resolver;
  readonly #trust: TlsTrust | undefined;
  readonly #limits: ConnectionLimits;
  readonly #pools = new Map<string, Pool>();

  constructor(
    policy: () => AddressPolicy,
    resolve: Resolver = dnsLookup,
    trust?: TlsTrust,
    limits: ConnectionLimits = USUAL,
  ) {
    this.#policy = policy;
    this.#resolve = resolve;
    this.#trust = trust;
    this.#limits = limits;
  }

  /** Rejects with `AddressRefused` or `NoAnswer`; any HTTP status is an answer. */
  async post(address: string, options: PostOptions): Promise<HttpAnswer> {
    const url = checkUrl(address, this.#policy());
    try {
      return await postThrough(await this.#pool(url), url.pathname + url.search, options);
    } catch (error) {
      if (error instanceof PostTimeout) throw new NoAnswer(error.message, { isLate: true });
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
    const {
      method,
      headers,
      body,
      idleMs,
      answerMs = idleMs,
      timeoutMs,
      atHome = false,
      isLongPoll = false,
    } = options;
    const url = checkUrl(address, this.#policyFor(atHome));
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
    function why(error: unknown): unknown {
      if (options.signal?.aborted) return options.signal.reason;
      if (!deadline.aborted) return explain(error);
      return new NoAnswer(reason('http.too-slow', { seconds: timeoutMs / 1_000 }), { isLate: true });
    }
    const pool = await this.#pool(url, atHome, isLongPoll);
    const response = await pool
      .request({
        path: url.pathname + url.search,
        method,
        headers,
        ...(body !== undefined && { body }),
        signal,
        headersTimeout: answerMs,
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
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  /** Origins come and go; a closed pool lets the requests under way end. */
  #forgetOldest(): void {
    const [oldest] = this.#pools;
    if (!oldest || this.#pools.size <= REMEMBERED_ORIGINS) return;
    this.#pools.delete(oldest[0]);
    void oldest[1].close().catch(() => undefined);
  }

  #policyFor(atHome: boolean): AddressPolicy {
    return atHome ? { ...this.#policy(), atHome } : this.#policy();
  }

  /** One pool per origin, because the check of a resolved address depends on the URL it was resolved for. */
  async #pool(url: URL, atHome = false, isLongPoll = false): Promise<Pool> {
    const name = `${url.origin}${atHome ? ' at home' : ''}${isLongPoll ? ' waiting' : ''}`;
    const { Pool } = await undici();
    const known = this.#pools.get(name);
    if (known) return known;
    const pool = new Pool(url.origin, {
      connections: isLongPoll ? null : this.#limits.connections,
      keepAliveTimeout: this.#limits.idleMs,
      keepAliveMaxTimeout: this.#limits.mostIdleMs,
      pipelining: 1,
      // With it, a pool opens one connection after the other: a handshake that hangs would be in the way of all that follow.
      allowH2: false,
      connect: {
        ...this.#trust,
        lookup: (hostname, options, callback) => {
          this.#resolve(hostname, { ...options, all: true }, (error, found) => {
            if (error) return callback(error, '', 0);
            try {
              for (const { address } of found) checkResolved(url, address, this.#policyFor(atHome));
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
    this.#pools.set(name, pool);
    this.#forgetOldest();
    return pool;
  }
}

async function* flowing(body: AsyncIterable<Buffer>, why: (error: unknown) => unknown) {
  try {
    yield* body;
  } catch (error) {
    throw why(error);
  }
}

const REASONS: Record<string, BareReason> = {
  ECONNREFUSED: 'http.refused',
  ECONNRESET: 'http.cut',
  UND_ERR_HEADERS_TIMEOUT: 'http.late',
  UND_ERR_BODY_TIMEOUT: 'http.stalled',
  UND_ERR_SOCKET: 'http.cut',
  ENOTFOUND: 'http.unknown-host',
  EAI_AGAIN: 'http.no-lookup',
  ETIMEDOUT: 'http.silent',
  UND_ERR_CONNECT_TIMEOUT: 'http.silent',
  EHOSTUNREACH: 'http.no-route',
  ENETUNREACH: 'http.no-route',
  CERT_HAS_EXPIRED: 'http.expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'http.self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'http.self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'http.untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'http.untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'http.untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'http.other-name',
};

const LATE = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'AddressRefused') return error;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code ?? '') : '';
  return new NoAnswer(inWords(inner, code), { cause: error, isLate: LATE.has(code) });
}

function inWords(error: unknown, code: string): string {
  const known = REASONS[code];
  if (known) return reason(known, {});
  // Its code, where it has one, names a rule of the parser.
  if (error instanceof Error && error.name === 'HTTPParserError') return reason('http.not-http', {});
  return code ? reason('http.failed-with', { code }) : reason('http.failed', {});
}
