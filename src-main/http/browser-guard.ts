import type { IncomingMessage } from 'node:http';
import { refuse } from '../../src-shared/errors.ts';
import { isOverTls } from './door.ts';
import { peerUid } from './peer-process.ts';

/** What proxies add to what they pass on. */
const PROXY_HEADER =
  /^(forwarded|via|x-real-ip|x-forwarded.*|x-original-.*|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip)$/;
/** Whether this system shows to whom the other end of a connection belongs (/proc/net/tcp). */
export const TELLS_USERS_APART = process.platform === 'linux';
const SAME_SITE = new Set(['same-origin', 'none']);

/** The names under which this machine asks itself, with our port. */
function isOwnHost(host: string | undefined, port: number | undefined): boolean {
  const [, name, asked] = /^(127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i.exec(host ?? '') ?? [];
  return name !== undefined && Number(asked ?? 80) === port;
}

/**
 * A host name that is not ours means DNS rebinding, or a proxy that passes everything on (RFC 9110, 15.5.20). Over
 * TLS this machine may have any name: its certificate stands for it, and nobody is let in for where he asks from.
 */
export function checkHost(request: IncomingMessage): void {
  if (isOverTls(request)) return;
  if (!isOwnHost(request.headers.host, request.socket.localPort)) throw refuse('host.unknown', {});
}

/** Refuses what a page of another origin sends, under its own name or under one that leads here. */
export function checkOwnPage(request: IncomingMessage): void {
  const { headers } = request;
  checkHost(request);
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, request)) {
    throw refuse('admin.denied', { reason: 'the request comes from a web page' });
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && !SAME_SITE.has(String(site))) {
    throw refuse('admin.denied', { reason: 'the request comes from a web page' });
  }
}

function isOwnOrigin(origin: string, request: IncomingMessage): boolean {
  const { headers, socket } = request;
  // A browser says under which name it asks, and a page cannot change that.
  if (isOverTls(request)) return origin.toLowerCase() === `https://${headers.host?.toLowerCase()}`;
  const [, host] = /^http:\/\/(.+)$/.exec(origin) ?? [];
  return isOwnHost(host, socket.localPort);
}

/**
 * Lets a request without a token use admin routes only when it cannot come from a web page, a proxy or another user
 * of this machine (contract, section 7, "Admin routes").
 */
export async function checkLocalAdmin(request: IncomingMessage): Promise<void> {
  checkOwnPage(request);
  if (Object.keys(request.headers).some((name) => PROXY_HEADER.test(name))) {
    throw refuse('admin.denied', { reason: 'the request came through a proxy' });
  }
  const own = process.getuid?.();
  // Elsewhere nothing tells to an ordinary program whose connection it is: `doctor` and the manual say so.
  if (own === undefined || !TELLS_USERS_APART) return;
  const uid = await peerUid(request.socket);
  if (uid === undefined)
    throw refuse('admin.denied', { reason: 'the program that asks cannot be identified' });
  if (uid !== own) throw refuse('admin.denied', { reason: 'another user of this machine asks' });
}
