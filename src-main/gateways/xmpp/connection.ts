import { domainOf, type FullJid, fullJid, withoutResource } from '../../../src-shared/jid.ts';
import { reason } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import type { Arrival } from './arrivals.ts';
import { attribute, child, childText, type Element, isStanza, stanzaError, xml } from './element.ts';
import { type Endpoint, findEndpoints, otherEndpoint, type ResolveSrv } from './endpoint.ts';
import { foreignText } from './foreign-text.ts';
import { NS_BIND, NS_CLIENT, NS_STANZA_ERRORS } from './namespaces.ts';
import { openSecure } from './open-secure.ts';
import { ConnectionProblem, isFinal, moreTelling } from './problem.ts';
import { authenticate } from './sasl.ts';
import type { SessionConfig } from './session.ts';
import { StreamErrorProblem } from './stream-error.ts';
import {
  enable,
  InvalidAck,
  NS_SM,
  parseH,
  resume,
  type StreamManagement,
} from './xep-0198-stream-management.ts';
import type { XmppStream } from './xmpp-stream.ts';

/** How often in a row a server may send us on (`see-other-host`). */
export const MAX_REDIRECTS = 3;
/** How long one attempt to get in may take, all steps at all endpoints together. */
export const ATTEMPT_TIMEOUT_MS = 90_000;

export interface ConnectionDeps {
  clock: Clock;
  /** Closing it closes the connection, at any stage. */
  scope: Scope;
  resolveSrv?: ResolveSrv;
  /** See `StreamParser`. */
  dropsOversized?: boolean;
  /** To be tried before all others. */
  firstTry?: Endpoint | undefined;
}

/** A stream with a bound resource. */
export interface Connection {
  stream: XmppStream;
  /** Where it leads. */
  endpoint: Endpoint;
  /** What the server offered after signing in. */
  features: Element;
  boundJid: FullJid;
  /** The session from before goes on; its counters are the ones given to `establish`. */
  isResumed: boolean;
  /** Whether the server counts stanzas. Counting begins with the next stanza, but for `early` ones. */
  hasManagement: boolean;
  /** Stanzas that came before counting began. */
  early: Arrival[];
}

type SignInConfig = Pick<SessionConfig, 'jid' | 'password' | 'service' | 'ca'>;

/** A stream after TLS and perhaps SASL. */
export interface SignedIn {
  stream: XmppStream;
  endpoint: Endpoint;
  features: Element;
}

/** Which server, and how to get to it. */
export interface ServerPlace extends Pick<SessionConfig, 'service' | 'ca'> {
  domain: string;
}

/**
 * Connects and signs in: TCP or WebSocket, verified TLS, SASL (RFC 6120, 3 to 6). Endpoints are tried in order.
 * Rejects with a `ConnectionProblem`.
 */
export function signIn(config: SignInConfig, deps: ConnectionDeps): Promise<SignedIn> {
  return inTime(domainOf(config.jid), deps, signInSomewhere(config, deps));
}

/** Connects to a server up to its offers after TLS, in the name of nobody. Rejects with a `ConnectionProblem`. */
export function openUnnamed(place: ServerPlace, deps: ConnectionDeps): Promise<SignedIn> {
  return inTime(
    place.domain,
    deps,
    reach(place, deps, (stream) => stream.open()),
  );
}

/** However many steps there are and whatever the server sends meanwhile: an attempt comes to an end. */
async function inTime<T>(domain: string, deps: ConnectionDeps, attempt: Promise<T>): Promise<T> {
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  const cancel = deps.clock.after(deps.scope, ATTEMPT_TIMEOUT_MS, () => {
    const seconds = ATTEMPT_TIMEOUT_MS / 1_000;
    reject(new ConnectionProblem('unreachable', reason('login.too-long', { domain, seconds })));
    void deps.scope.close();
  });
  return Promise.race([attempt, isLate]).finally(cancel);
}

function signInSomewhere(config: SignInConfig, deps: ConnectionDeps): Promise<SignedIn> {
  return reach({ ...config, domain: domainOf(config.jid) }, deps, async (stream) => {
    await authenticate(stream, await stream.open(), config);
    return stream.open();
  });
}

/** Tries endpoint after endpoint until one lets `enter` end, which resolves with what the server offers then. */
async function reach(
  { domain, service, ca }: ServerPlace,
  deps: ConnectionDeps,
  enter: (stream: XmppStream) => Promise<Element>,
): Promise<SignedIn> {
  const endpoints = await findEndpoints(domain, service, deps.resolveSrv);
  if (deps.firstTry) endpoints.unshift(deps.firstTry);
  let telling = new ConnectionProblem('unreachable', reason('net.no-address', { domain }));
  let redirects = 0;
  for (let endpoint = endpoints.shift(); endpoint; endpoint = endpoints.shift()) {
    // What is left of a try that failed ends before the next.
    const scope = deps.scope.child();
    try {
      const stream = await openSecure(endpoint, domain, ca, { ...deps, scope });
      return { stream, endpoint, features: await enter(stream) };
    } catch (problem) {
      void scope.close();
      if (!(problem instanceof ConnectionProblem)) throw problem;
      const other = redirects < MAX_REDIRECTS ? redirectOf(problem, endpoint) : undefined;
      if (other) {
        redirects += 1;
        endpoints.unshift(other);
        continue;
      }
      // A password is refused by the whole service.
      if (isFinal(problem) || deps.scope.isClosed) throw problem;
      telling = moreTelling(telling, problem);
    }
  }
  throw telling;
}

/** Where the server wants to be called instead, when it ended the stream for that. */
export function redirectOf(problem: ConnectionProblem, from: Endpoint): Endpoint | undefined {
  if (!(problem instanceof StreamErrorProblem) || problem.otherHost === undefined) return undefined;
  return otherEndpoint(problem.otherHost, from);
}

type Previous = { management: StreamManagement; boundJid: FullJid } | undefined;

/** Signs in, then resumes the session of `management` if it can be, or binds a new one. */
export function establish(
  config: SessionConfig,
  deps: ConnectionDeps,
  previous: Previous,
  fresh: StreamManagement,
): Promise<Connection> {
  return inTime(domainOf(config.jid), deps, signInAndBind(config, deps, previous, fresh));
}

async function signInAndBind(
  config: SessionConfig,
  deps: ConnectionDeps,
  previous: Previous,
  fresh: StreamManagement,
): Promise<Connection> {
  const { stream, endpoint, features } = await signInSomewhere(config, deps);
  const common = { stream, endpoint, features };
  const hasManagement = child(features, 'sm', NS_SM) !== undefined;
  if (previous && hasManagement && (await tryResume(stream, previous.management))) {
    return { ...common, boundJid: previous.boundJid, isResumed: true, hasManagement, early: [] };
  }
  writeBind(stream, config);
  // The server reads one after the other, so nothing is gained by waiting in between.
  if (hasManagement) stream.write(enable());
  const boundJid = await bound(stream, config);
  const early: Arrival[] = [];
  const isEnabled = hasManagement && (await enableManagement(stream, fresh, early));
  return { ...common, boundJid, isResumed: false, hasManagement: isEnabled, early };
}

/** XEP-0198, 5. Stanzas that the server repeats follow its consent and are read later. */
async function tryResume(stream: XmppStream, management: StreamManagement): Promise<boolean> {
  const { resumption } = management;
  if (!resumption) return false;
  management.rewind();
  stream.write(resume(resumption.id, management.handled));
  const answer = await stream.next((one) => one.getNS() === NS_SM);
  const h = attribute(answer, 'h');
  const isResumed = answer.getName() === 'resumed';
  try {
    if (h !== undefined) management.acknowledge(parseH(h));
    else if (isResumed) throw new InvalidAck(Number.NaN, management.sentCount);
  } catch (error) {
    // A session that was lost cannot be put in order by arguing; one that was resumed has to be given up.
    if (isResumed) throw invalidCount(stream, error);
  }
  if (isResumed) management.dropRejected();
  return isResumed;
}

function invalidCount(stream: XmppStream, cause: unknown): ConnectionProblem {
  const text = reason('stream.lost-count', {});
  const problem = new ConnectionProblem('protocol', text, { condition: 'undefined-condition', cause });
  void stream.close({ condition: 'undefined-condition', problem });
  return problem;
}

/** Binds the resource (RFC 6120, 7). The JID that the server returns counts, whatever was asked for. */
export function bind(stream: XmppStream, config: BindConfig): Promise<FullJid> {
  writeBind(stream, config);
  return bound(stream, config);
}

type BindConfig = Pick<SessionConfig, 'jid' | 'resource'>;
const BIND_ID = 'bind';

function writeBind(stream: XmppStream, { resource }: BindConfig): void {
  stream.write(
    xml(
      'iq',
      { xmlns: NS_CLIENT, type: 'set', id: BIND_ID },
      xml('bind', { xmlns: NS_BIND }, xml('resource', {}, resource)),
    ),
  );
}

/** What the server answers to that. */
async function bound(stream: XmppStream, { jid }: BindConfig): Promise<FullJid> {
  const answer = await stream.next((one) => isStanza(one) && attribute(one, 'id') === BIND_ID);
  const given = child(answer, 'bind', NS_BIND);
  const text = given && childText(given, 'jid', NS_BIND);
  if (attribute(answer, 'type') === 'result' && text) {
    const boundJid = fullJid(text);
    if (withoutResource(boundJid) === jid) return boundJid;
    throw new ConnectionProblem(
      'protocol',
      reason('bind.other-account', { domain: domainOf(jid), other: foreignText(withoutResource(boundJid)) }),
    );
  }
  const { condition, message } = stanzaError(answer);
  throw new ConnectionProblem('protocol', reason('bind.refused', { domain: domainOf(jid), said: message }), {
    condition,
  });
}

/** Reads the answer to `<enable/>`. */
async function enableManagement(
  stream: XmppStream,
  management: StreamManagement,
  early: Arrival[],
): Promise<boolean> {
  const answered = () => stream.next((one) => one.getNS() === NS_SM, early);
  let answer = await answered();
  if (child(answer, 'unexpected-request', NS_STANZA_ERRORS)) {
    // A server that works on several things at once may have read it before the resource was bound.
    stream.write(enable());
    answer = await answered();
  }
  if (answer.getName() !== 'enabled') return false;
  const id = attribute(answer, 'id');
  const isResumable = ['true', '1'].includes(attribute(answer, 'resume') ?? '');
  const max = attribute(answer, 'max');
  if (id && isResumable) management.resumption = { id, maxMs: max ? Number(max) * 1_000 : undefined };
  return true;
}
