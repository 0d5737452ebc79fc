import { fill } from '../../../src-shared/errors.ts';
import { type ReasonCode, reason, reasons } from '../../../src-shared/text/reasons.ts';
import { childElements, childText, type Element, xml } from './element.ts';
import { foreignText } from './foreign-text.ts';
import { NS_STREAM_ERRORS, NS_STREAMS } from './namespaces.ts';
import { ConnectionProblem, type ProblemKind } from './problem.ts';

/** The server ended the stream with an error (RFC 6120, 4.9). One that this side ended with is no such problem. */
export class StreamErrorProblem extends ConnectionProblem {
  /** Where `see-other-host` points to. */
  readonly otherHost: string | undefined;
  constructor(kind: ProblemKind, message: string, details: { condition: string; otherHost?: string }) {
    super(kind, message, { condition: details.condition });
    this.name = 'StreamErrorProblem';
    this.otherHost = details.otherHost;
  }
}

type KnownCode = Extract<ReasonCode, `stream.${string}`>;

const PROBLEMS: Record<string, { kind: ProblemKind; code: KnownCode }> = {
  conflict: { kind: 'replaced', code: 'stream.conflict' },
  // Within a session: the account was removed or locked. Whether it was, the next sign-in finds out for sure.
  'not-authorized': { kind: 'protocol', code: 'stream.not-authorized' },
  'host-unknown': { kind: 'insecure', code: 'stream.host-unknown' },
  'host-gone': { kind: 'insecure', code: 'stream.host-gone' },
  'see-other-host': { kind: 'closed', code: 'stream.other-host' },
  reset: { kind: 'closed', code: 'stream.reset' },
  'system-shutdown': { kind: 'closed', code: 'stream.shutdown' },
  'connection-timeout': { kind: 'closed', code: 'stream.timeout' },
  'policy-violation': { kind: 'closed', code: 'stream.policy' },
  'resource-constraint': { kind: 'closed', code: 'stream.no-room' },
};

/** What a stream error of the server means (RFC 6120, 4.9.3). */
export function streamProblem(error: Element, domain: string): StreamErrorProblem {
  const conditions = childElements(error).filter((one) => one.getNS() === NS_STREAM_ERRORS);
  const element = conditions.find((one) => one.getName() !== 'text');
  const condition = element?.getName() ?? 'undefined-condition';
  const otherHost = condition === 'see-other-host' ? element?.getText().trim() : undefined;
  const details = otherHost ? { condition, otherHost } : { condition };
  const known = Object.hasOwn(PROBLEMS, condition) ? PROBLEMS[condition] : undefined;
  if (known) return new StreamErrorProblem(known.kind, fill(reasons[known.code].en, { domain }), details);
  const said = childText(error, 'text', NS_STREAM_ERRORS);
  const text = reason('stream.ended', { domain, said: foreignText(said || condition) });
  return new StreamErrorProblem('protocol', text, details);
}

/** The error with which this side ends a stream. */
export function streamError(condition: string, details?: Element): Element {
  const attributes = { 'xmlns:stream': NS_STREAMS };
  return xml('stream:error', attributes, xml(condition, { xmlns: NS_STREAM_ERRORS }), details);
}

/**
 * Errors that a stanza from here can be the cause of: what is sent again unchanged is refused again. Not among them are
 * those that come of the state of the server.
 */
const BLAMED_ON_STANZAS = new Set([
  'bad-format',
  'bad-namespace-prefix',
  'improper-addressing',
  'invalid-from',
  'invalid-namespace',
  'invalid-xml',
  'not-well-formed',
  'policy-violation',
  'restricted-xml',
  'unsupported-encoding',
  'unsupported-stanza-type',
]);

export const isBlamedOnStanza = (problem: ConnectionProblem): boolean =>
  problem instanceof StreamErrorProblem && BLAMED_ON_STANZAS.has(problem.condition ?? '');
