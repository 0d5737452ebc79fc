import { type BareJid, domainOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { HttpClient } from '../../base/http-client.ts';
import { type Discovered, discover } from '../../gateways/xmpp/discover.ts';

interface DiscoverServerDeps {
  /** Guarded: the name of the domain is somebody's typing. */
  client: Pick<HttpClient, 'exchange'>;
  clock: Clock;
}

const WITHIN_MS = 10_000;
const HOST_META_MS = 5_000;
const HOST_META_BYTES = 64 * 1024;
const WEBSOCKET_REL = 'urn:xmpp:alt-connections:websocket';

/**
 * What a form for signing in shows while somebody types an address: where the server is, whether it can be reached and
 * trusted, how one signs in there. Nobody signs in, and no password is asked for.
 */
export function discoverServer({ client, clock }: DiscoverServerDeps) {
  /** The address of a WebSocket that the domain names at its web server (XEP-0156); undefined: it names none. */
  async function webSocketOf(domain: string): Promise<string | undefined> {
    try {
      const url = `https://${domain}/.well-known/host-meta.json`;
      const options = {
        method: 'GET' as const,
        headers: { accept: 'application/json' },
        idleMs: HOST_META_MS,
        timeoutMs: HOST_META_MS,
      };
      return await client.exchange(url, options, async ({ status, body }) =>
        status === 200 ? linkIn(await textOf(body)) : undefined,
      );
    } catch {
      // Most domains have no such file; that is nothing to tell.
      return undefined;
    }
  }

  return async (
    jid: BareJid,
    { service, ca }: { service: string | undefined; ca: string | undefined },
  ): Promise<Discovered & { domain: string; webSocket: string | undefined }> => {
    const domain = domainOf(jid);
    const [found, webSocket] = await Promise.all([
      discover({ domain, service, ca }, { clock, withinMs: WITHIN_MS }),
      service === undefined && domain.includes('.') ? webSocketOf(domain) : undefined,
    ]);
    return { ...found, domain, webSocket };
  };
}
export { shownEndpoint } from '../../gateways/xmpp/discover.ts';
export type DiscoverServer = ReturnType<typeof discoverServer>;

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > HOST_META_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function linkIn(text: string): string | undefined {
  const meta = JSON.parse(text) as { links?: { rel?: unknown; href?: unknown }[] } | null;
  if (!Array.isArray(meta?.links)) return undefined;
  const href = meta.links.find((link) => link?.rel === WEBSOCKET_REL)?.href;
  return typeof href === 'string' && /^wss:\/\/[^\s/]+/.test(href) && href.length < 500 ? href : undefined;
}
