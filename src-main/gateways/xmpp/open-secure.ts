import { reason } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import { child, isElement, xml } from './element.ts';
import { type Endpoint, placeOf } from './endpoint.ts';
import { NS_TLS } from './namespaces.ts';
import { ConnectionProblem, explainError } from './problem.ts';
import { type Transport, tcpTransport } from './transport.ts';
import { type Trust, trustFor } from './trust.ts';
import { STEP_TIMEOUT_MS, XmppStream } from './xmpp-stream.ts';

/** Connects and brings TLS up; nothing was said to the server but what STARTTLS needs. */
export async function openSecure(
  endpoint: Endpoint,
  domain: string,
  ca: string | undefined,
  { clock, scope, dropsOversized = false }: { clock: Clock; scope: Scope; dropsOversized?: boolean },
): Promise<XmppStream> {
  const place = placeOf(endpoint);
  const trust = trustFor(domain, ca);
  const { transport, opened } =
    endpoint.kind === 'websocket' ? await overWebsocket(endpoint.url, trust) : tcpTransport(endpoint, trust);
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
    throw new ConnectionProblem('insecure', reason('tls.not-offered', { place }));
  }
  stream.write(xml('starttls', { xmlns: NS_TLS }));
  const answer = await stream.next();
  if (!isElement(answer, 'proceed', NS_TLS)) {
    throw new ConnectionProblem('insecure', reason('tls.not-started', { place }));
  }
  await stream.startTls();
  return stream;
}

/** Its library is loaded by those who need it. */
async function overWebsocket(url: string, trust: Trust) {
  const { websocketTransport } = await import('./websocket-transport.ts');
  return websocketTransport(url, trust);
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
      ? new ConnectionProblem('unreachable', reason('net.silent', { place }), { cause: error })
      : error;
  } finally {
    cancel();
  }
}
