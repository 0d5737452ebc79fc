import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Scope } from '../../../../src-main/base/scope.ts';
import { trustFor } from '../../../../src-main/gateways/xmpp/trust.ts';
import { websocketTransport } from '../../../../src-main/gateways/xmpp/websocket-transport.ts';
import { XmppStream } from '../../../../src-main/gateways/xmpp/xmpp-stream.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { until } from '../../../support/until.ts';
import { makeCertificates } from '../../../support/xmpp-certificates.ts';

/** RFC 6455, 1.3. */
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** A WebSocket whose server takes the handshake and says nothing more, as if the line had died. */
async function silentServer() {
  const { cert, key, ca } = makeCertificates();
  const server = createServer({ cert, key });
  const sockets: Socket[] = [];
  server.on('upgrade', (request, socket) => {
    sockets.push(socket as Socket); // of a TLS server
    socket.on('error', () => undefined);
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}${WEBSOCKET_GUID}`)
      .digest('base64');
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    lines.push(`Sec-WebSocket-Accept: ${accept}`, 'Sec-WebSocket-Protocol: xmpp');
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `wss://localhost:${port}/ws`, ca, sockets };
}

it('a stream over a WebSocket closes in time though the other side is silent, and its connection with it', async () => {
  const { url, ca, sockets } = await silentServer();
  const { transport, opened } = websocketTransport(url, trustFor('localhost', ca));
  await opened;
  const clock = new ManualClock();
  const options = { transport, domain: 'localhost', place: url, clock, dropsOversized: false };
  const stream = new XmppStream({ ...options, scope: new Scope() });

  const closed = stream.close();
  clock.advance(2_000);

  await expect(closed).resolves.toBeUndefined();
  await until('the connection to be gone', () => sockets[0]?.destroyed === true);
});
