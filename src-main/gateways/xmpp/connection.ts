import { domainOf, type FullJid, fullJid, withoutResource } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import {
  attribute,
  child,
  childText,
  type Element,
  isElement,
  isStanza,
  stanzaError,
  xml,
} from './element.ts';
import { type Endpoint, findEndpoints, otherEndpoint, placeOf, type ResolveSrv } from './endpoint.ts';
import { NS_BIND, NS_CLIENT, NS_TLS } from './namespaces.ts';
import { ConnectionProblem, explainError } from './problem.ts';
import { authenticate } from './sasl.ts';
import type { SessionConfig } from './session.ts';
import { StreamErrorProblem } from './stream-error.ts';
import { type Transport, tcpTransport } from './transport.ts';
import { trustFor } from './trust.ts';
import { websocketTransport } from './websocket-transport.ts';
import {
  enable,
  InvalidAck,
  NS_SM,
  parseH,
  resume,
  type StreamManagement,
} from './xep-0198-stream-management.ts';
import { STEP_TIMEOUT_MS, XmppStream } from './xmpp-stream.ts';

/** How often in a row a server may send us on (`see-other-host`). */
export const MAX_REDIRECTS = 3;

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
  early: Element[];
}

/**
 * Connects and signs in: TCP or WebSocket, verified TLS, SASL (RFC 6120, 3 to 6). Endpoints are tried in order.
 * Rejects with a `ConnectionProblem`.
 */
export async function signIn(
  config: Pick<SessionConfig, 'jid' | 'password' | 'service' | 'ca'>,
  deps: ConnectionDeps,
): Promise<{ stream: XmppStream; endpoint: Endpoint; features: Element }> {
  const domain = domainOf(config.jid);
  const endpoints = await findEndpoints(domain, config.service, deps.resolveSrv);
  if (deps.firstTry) endpoints.unshift(deps.firstTry);
  let problem = new ConnectionProblem('unreachable', `${domain} has no address.`);
  let redirects = 0;
  for (let endpoint = endpoints.shift(); endpoint; endpoint = endpoints.shift()) {
    try {
      const stream = await openSecure(endpoint, domain, config.ca, deps);
      await authenticate(stream, await stream.open(), config);
      return { stream, endpoint, features: await stream.open() };
    } catch (error) {
      if (!(error instanceof ConnectionProblem)) throw error;
      problem = error;
      if (deps.scope.isClosed) break;
      const other = redirectOf(problem, endpoint);
      if (other && redirects < MAX_REDIRECTS) {
        redirects += 1;
        endpoints.unshift(other);
      } else if (problem.kind !== 'unreachable') break;
    }
  }
  throw problem;
}

/** Where the server wants to be called instead, when it ended the stream for that. */
export function redirectOf(problem: ConnectionProblem, from: Endpoint): Endpoint | undefined {
  if (!(problem instanceof StreamErrorProblem) || problem.otherHost === undefined) return undefined;
  return otherEndpoint(problem.otherHost, from);
}

/** Signs in, then resumes the session of `management` if it can be, or binds a new one. */
export async function establish(
  config: SessionConfig,
  deps: ConnectionDeps,
  previous: { management: StreamManagement; boundJid: FullJid } | undefined,
  fresh: StreamManagement,
): Promise<Connection> {
  const { stream, endpoint, features } = await signIn(config, deps);
  const common = { stream, endpoint, features };
  const hasManagement = child(features, 'sm', NS_SM) !== undefined;
  if (previous && hasManagement && (await tryResume(stream, previous.management))) {
    return { ...common, boundJid: previous.boundJid, isResumed: true, hasManagement, early: [] };
  }
  const boundJid = await bind(stream, config);
  const early: Element[] = [];
  const isEnabled = hasManagement && (await enableManagement(stream, fresh, early));
  return { ...common, boundJid, isResumed: false, hasManagement: isEnabled, early };
}

/** Connects and brings TLS up; nothing was said to the server but what STARTTLS needs. */
async function openSecure(
  endpoint: Endpoint,
  domain: string,
  ca: string | undefined,
  { clock, scope, dropsOversized = false }: ConnectionDeps,
): Promise<XmppStream> {
  const place = placeOf(endpoint);
  const trust = trustFor(domain, ca);
  const { transport, opened } =
    endpoint.kind === 'websocket' ? websocketTransport(endpoint.url, trust) : tcpTransport(endpoint, trust);
  scope.add(() => transport.destroy());
  await inTime(opened, transport, { clock, scope }, place).catch((error: unknown) => {
    transport.destroy();
    throw explainError(error, place, domain);
  });
  const stream = new XmppStream({ transport, domain, place, clock, scope, dropsOversized });
  if (endpoint.kind !== 'starttls') return stream;
  const features = await stream.open();
  if (!child(features, 'starttls', NS_TLS)) {
    void stream.close();
    throw new ConnectionProblem(
      'insecure',
      `${place} does not offer encryption (STARTTLS). Nothing was sent to it.`,
    );
  }
  stream.write(xml('starttls', { xmlns: NS_TLS }));
  const answer = await stream.next();
  if (!isElement(answer, 'proceed', NS_TLS)) {
    throw new ConnectionProblem('insecure', `${place} refused to start encryption (STARTTLS).`);
  }
  await stream.startTls();
  return stream;
}

async function inTime(
  opened: Promise<void>,
  transport: Transport,
  { clock, scope }: { clock: Clock; scope: Scope },
  place: string,
): Promise<void> {
  let isLate = false;
  const cancel = clock.after(scope, STEP_TIMEOUT_MS, () => {
    isLate = true;
    transport.destroy();
  });
  try {
    await opened;
  } catch (error) {
    throw isLate
      ? new ConnectionProblem('unreachable', `${place} does not answer.`, { cause: error })
      : error;
  } finally {
    cancel();
  }
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
  const text = 'The server has lost count of what it got from here.';
  const problem = new ConnectionProblem('protocol', text, { condition: 'undefined-condition', cause });
  void stream.close({ condition: 'undefined-condition', problem });
  return problem;
}

/** Binds the resource (RFC 6120, 7). The JID that the server returns counts, whatever was asked for. */
async function bind(stream: XmppStream, { jid, resource }: SessionConfig): Promise<FullJid> {
  const id = 'bind';
  stream.write(
    xml(
      'iq',
      { xmlns: NS_CLIENT, type: 'set', id },
      xml('bind', { xmlns: NS_BIND }, xml('resource', {}, resource)),
    ),
  );
  const answer = await stream.next((one) => isStanza(one) && attribute(one, 'id') === id);
  const bound = child(answer, 'bind', NS_BIND);
  const text = bound && childText(bound, 'jid', NS_BIND);
  if (attribute(answer, 'type') === 'result' && text) {
    const boundJid = fullJid(text);
    if (withoutResource(boundJid) === jid) return boundJid;
    throw new ConnectionProblem(
      'protocol',
      `${domainOf(jid)} bound another account (${withoutResource(boundJid)}).`,
    );
  }
  const { condition, message } = stanzaError(answer);
  throw new ConnectionProblem('protocol', `${domainOf(jid)} gave no session: ${message}.`, { condition });
}

async function enableManagement(
  stream: XmppStream,
  management: StreamManagement,
  early: Element[],
): Promise<boolean> {
  stream.write(enable());
  const answer = await stream.next((one) => one.getNS() === NS_SM, early);
  if (answer.getName() !== 'enabled') return false;
  const id = attribute(answer, 'id');
  const isResumable = ['true', '1'].includes(attribute(answer, 'resume') ?? '');
  const max = attribute(answer, 'max');
  if (id && isResumable) management.resumption = { id, maxMs: max ? Number(max) * 1_000 : undefined };
  return true;
}
