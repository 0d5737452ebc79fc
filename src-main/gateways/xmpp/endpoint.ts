import { Resolver, type SrvRecord } from 'node:dns';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { reason } from '../../../src-shared/text/reasons.ts';
import { foreignText } from './foreign-text.ts';
import { ConnectionProblem } from './problem.ts';

/** A place to connect to, and how TLS starts there. */
export type Endpoint =
  | { kind: 'starttls' | 'tls'; host: string; port: number }
  | { kind: 'websocket'; url: string };

/** Looks up a service record; rejects or resolves with nothing where there is none. */
export type ResolveSrv = (name: string) => Promise<SrvRecord[]>;

const CLIENT_PORT = 5222;
const DIRECT_TLS_PORT = 5223;
/** The longest address of another host that is believed. */
const PLACE_LENGTH = 1_000;

/** What is said about an endpoint to people. */
export const placeOf = (endpoint: Endpoint): string =>
  foreignText(
    endpoint.kind === 'websocket' ? new URL(endpoint.url).host : `${endpoint.host}:${endpoint.port}`,
  );

/**
 * Where to connect, in the order to try: the given service, or what DNS says about the domain (RFC 6120, 3.2 and
 * XEP-0368), or the domain itself at port 5222. Throws a `config` problem when the service is not understood.
 */
export async function findEndpoints(
  domain: string,
  service: string | undefined,
  resolve: ResolveSrv = resolveSrv,
): Promise<Endpoint[]> {
  if (service !== undefined) return [parseService(service)];
  const fallback: Endpoint = { kind: 'starttls', host: domain, port: CLIENT_PORT };
  if (isIP(domain) || domain.startsWith('[') || !domain.includes('.')) return [fallback];
  const [direct, startTls] = await Promise.all(
    [`_xmpps-client._tcp.${domain}`, `_xmpp-client._tcp.${domain}`].map((name) =>
      resolve(name).catch(() => []),
    ),
  );
  const records = [
    ...(direct ?? []).map((record) => ({ ...record, kind: 'tls' as const })),
    ...(startTls ?? []).map((record) => ({ ...record, kind: 'starttls' as const })),
  ];
  if (records.length === 0) return [fallback];
  const offered = records.filter(({ name }) => name !== '' && name !== '.');
  if (offered.length === 0) {
    throw new ConnectionProblem('unreachable', reason('dns.none', { domain }));
  }
  return inOrder(offered).map(({ kind, name, port }) => ({ kind, host: name, port }));
}

/** Lower priority first; among equals a random order in proportion to the weights (RFC 2782). */
function inOrder<Rec extends { priority: number; weight: number }>(records: Rec[]): Rec[] {
  return records
    .map((record) => ({ record, draw: Math.random() ** (1 / (record.weight || 0.1)) }))
    .sort((a, b) => a.record.priority - b.record.priority || b.draw - a.draw)
    .map(({ record }) => record);
}

function parseService(service: string): Endpoint {
  if (!URL.canParse(service)) throw notUnderstood(service);
  const url = new URL(service);
  if (url.protocol === 'wss:') return { kind: 'websocket', url: service };
  if (url.protocol === 'ws:') {
    throw new ConnectionProblem('config', reason('service.not-encrypted', {}));
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === '' || (url.pathname !== '' && url.pathname !== '/')) throw notUnderstood(service);
  if (url.protocol === 'xmpp:') return { kind: 'starttls', host, port: Number(url.port || CLIENT_PORT) };
  if (url.protocol === 'xmpps:') return { kind: 'tls', host, port: Number(url.port || DIRECT_TLS_PORT) };
  throw notUnderstood(service);
}

const notUnderstood = (service: string) =>
  new ConnectionProblem('config', reason('service.not-understood', { service: foreignText(service) }));

/**
 * Where a server that says so wants to be called instead (RFC 6120, 4.9.3.19: host, host:port or [address]:port; for a
 * WebSocket RFC 7395, 3.6.1: a URL), in the same way as before. Undefined when it is not understood. The certificate
 * there must be for the same XMPP domain, so this cannot lead anywhere else.
 */
export function otherEndpoint(place: string, before: Endpoint): Endpoint | undefined {
  if (place.length > PLACE_LENGTH) return undefined;
  if (before.kind === 'websocket') {
    return URL.canParse(place) && new URL(place).protocol === 'wss:'
      ? { kind: 'websocket', url: place }
      : undefined;
  }
  if (isIP(place) === 6) return { ...before, host: place, port: defaultPort(before.kind) };
  const [, address, name, port] = /^(?:\[([\da-f:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/i.exec(place) ?? [];
  const host = address ?? name;
  const number = port === undefined ? defaultPort(before.kind) : Number(port);
  if (host === undefined || number < 1 || number > 65_535) return undefined;
  return { ...before, host, port: number };
}

const defaultPort = (kind: 'starttls' | 'tls') => (kind === 'tls' ? DIRECT_TLS_PORT : CLIENT_PORT);

/** Node's own waits for DNS are long; a name server that is silent must not hold a login for a minute. */
async function resolveSrv(name: string): Promise<SrvRecord[]> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  return promisify(resolver.resolveSrv.bind(resolver) as typeof import('node:dns').resolveSrv)(name);
}
