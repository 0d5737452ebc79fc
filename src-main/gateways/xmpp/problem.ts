import { reason } from '../../../src-shared/text/reasons.ts';

/**
 * Why there is no stream, sorted by what helps:
 * - `unreachable`, `closed`, `protocol`: trying again, soon;
 * - `insecure`: the server's certificate or its lack of encryption; trying again, slowly;
 * - `credentials`: somebody has to change something first, or the server has to recover; trying again each hour;
 * - `replaced`: another program is there; trying again once;
 * - `config`: somebody has to change something first.
 */
export type ProblemKind =
  | 'unreachable'
  | 'closed'
  | 'protocol'
  | 'insecure'
  | 'credentials'
  | 'replaced'
  | 'config';

/** No stream, or no longer. `message` is for people. */
export class ConnectionProblem extends Error {
  readonly kind: ProblemKind;
  /** The condition the server gave, or the one this side ended the stream with. */
  readonly condition: string | undefined;
  constructor(kind: ProblemKind, message: string, options: { condition?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ConnectionProblem';
    this.kind = kind;
    this.condition = options.condition;
  }
}

/** Whether another endpoint of the service would say the same. */
export const isFinal = ({ kind }: ConnectionProblem): boolean =>
  kind === 'credentials' || kind === 'replaced' || kind === 'config';

/** From what says least to what somebody can mend. */
const TELLING: readonly ProblemKind[] = ['unreachable', 'closed', 'protocol', 'insecure'];

/** Of the problems with several endpoints the one to report; the later where both say as much. */
export const moreTelling = (one: ConnectionProblem, other: ConnectionProblem): ConnectionProblem =>
  TELLING.indexOf(one.kind) > TELLING.indexOf(other.kind) ? one : other;

/** Whatever ended an attempt, as a problem. */
export function asProblem(error: unknown): ConnectionProblem {
  if (error instanceof ConnectionProblem) return error;
  const text = error instanceof Error ? error.message : reason('here.wrong', {});
  return new ConnectionProblem('protocol', text, { cause: error });
}

const TLS_REASONS: Record<string, 'tls.expired' | 'tls.not-yet' | 'tls.other-name' | 'tls.revoked'> = {
  CERT_HAS_EXPIRED: 'tls.expired',
  CERT_NOT_YET_VALID: 'tls.not-yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls.other-name',
  CERT_REVOKED: 'tls.revoked',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'tls.other-name',
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: 'tls.other-name',
};

/** The chain leads to nobody we trust. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
  'CERT_UNTRUSTED',
]);

const NETWORK_REASONS: Record<string, Exclude<NetworkCode, 'net.failed-with'>> = {
  ECONNREFUSED: 'net.refused',
  ECONNRESET: 'net.cut',
  EPIPE: 'net.cut',
  UND_ERR_SOCKET: 'net.cut',
  ENOTFOUND: 'net.unknown-host',
  EAI_AGAIN: 'net.no-lookup',
  ETIMEDOUT: 'net.silent',
  UND_ERR_CONNECT_TIMEOUT: 'net.silent',
  EHOSTUNREACH: 'net.no-route',
  ENETUNREACH: 'net.no-route',
  EPROTO: 'net.no-tls',
};
type NetworkCode =
  | 'net.refused'
  | 'net.cut'
  | 'net.unknown-host'
  | 'net.no-lookup'
  | 'net.silent'
  | 'net.no-route'
  | 'net.no-tls'
  | 'net.failed-with';

/** Turns an error of the network or of TLS into words. `place` is host:port, `domain` the XMPP domain. */
export function explainError(error: unknown, place: string, domain: string): ConnectionProblem {
  if (error instanceof ConnectionProblem) return error;
  const { code, cause } = rootOf(error);
  if (UNTRUSTED.has(code))
    return new ConnectionProblem('insecure', reason('tls.untrusted', { place }), { cause });
  const tlsReason = TLS_REASONS[code];
  if (tlsReason) return new ConnectionProblem('insecure', reason(tlsReason, { place, domain }), { cause });
  const known = NETWORK_REASONS[code] ?? (code.startsWith('ERR_SSL') ? NETWORK_REASONS.EPROTO : undefined);
  const unknown = () => (code ? reason('net.failed-with', { place, code }) : reason('net.failed', { place }));
  return new ConnectionProblem('unreachable', known ? reason(known, { place }) : unknown(), { cause });
}

/** Node wraps: several addresses in an AggregateError, undici in a cause. */
function rootOf(error: unknown): { code: string; cause: unknown } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', cause: error };
  if ('code' in error && typeof error.code === 'string') return { code: error.code, cause: error };
  return error.cause === undefined ? { code: '', cause: error } : rootOf(error.cause);
}
