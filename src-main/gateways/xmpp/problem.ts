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
  const text = error instanceof Error ? error.message : 'Something went wrong here.';
  return new ConnectionProblem('protocol', text, { cause: error });
}

const TLS_REASONS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'has expired. Renew it on the server',
  CERT_NOT_YET_VALID: 'is not valid yet. Check the clocks of the server and of this machine',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name than {domain}',
  CERT_REVOKED: 'was revoked',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'is for another name than {domain}',
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: 'is for another name than {domain}',
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

const NETWORK_REASONS: Record<string, string> = {
  ECONNREFUSED: '{place} refused the connection. Is the server running, and is the port right?',
  ECONNRESET: '{place} cut the connection.',
  EPIPE: '{place} cut the connection.',
  UND_ERR_SOCKET: '{place} cut the connection.',
  ENOTFOUND: 'The host name of {place} is unknown. Check the spelling.',
  EAI_AGAIN: 'The host name of {place} cannot be looked up at the moment.',
  ETIMEDOUT: '{place} does not answer.',
  UND_ERR_CONNECT_TIMEOUT: '{place} does not answer.',
  EHOSTUNREACH: '{place} cannot be reached from here.',
  ENETUNREACH: '{place} cannot be reached from here.',
  EPROTO: '{place} does not speak TLS. Use xmpp:// for a port with STARTTLS.',
};

/** Turns an error of the network or of TLS into words. `place` is host:port, `domain` the XMPP domain. */
export function explainError(error: unknown, place: string, domain: string): ConnectionProblem {
  if (error instanceof ConnectionProblem) return error;
  const { code, cause } = rootOf(error);
  const words = (text: string) => text.replace('{place}', place).replace('{domain}', domain);
  if (UNTRUSTED.has(code)) {
    const text = `The certificate of ${place} is signed by nobody that is trusted here. If the server has its own authority, give its CA certificate.`;
    return new ConnectionProblem('insecure', text, { cause });
  }
  const tlsReason = TLS_REASONS[code];
  if (tlsReason) {
    return new ConnectionProblem('insecure', `The certificate of ${place} ${words(tlsReason)}.`, { cause });
  }
  const reason =
    NETWORK_REASONS[code] ??
    (code.startsWith('ERR_SSL') ? NETWORK_REASONS.EPROTO : undefined) ??
    `The connection to {place} failed${code ? ` (${code})` : ''}.`;
  return new ConnectionProblem('unreachable', words(reason), { cause });
}

/** Node wraps: several addresses in an AggregateError, undici in a cause. */
function rootOf(error: unknown): { code: string; cause: unknown } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', cause: error };
  if ('code' in error && typeof error.code === 'string') return { code: error.code, cause: error };
  return error.cause === undefined ? { code: '', cause: error } : rootOf(error.cause);
}
