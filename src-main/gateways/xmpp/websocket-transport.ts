import tls from 'node:tls';
import { Agent, buildConnector, WebSocket } from 'undici';
import { ConnectionProblem } from './problem.ts';
import type { Transport, TransportListener } from './transport.ts';
import type { Trust } from './trust.ts';

/**
 * XMPP over a secure WebSocket (RFC 7395). The certificate may be for the host of the URL, which somebody configured,
 * or for the XMPP domain.
 */
export function websocketTransport(
  url: string,
  trust: Trust,
): { transport: Transport; opened: Promise<void> } {
  const { hostname } = new URL(url);
  // Node says why a connection failed, the WebSocket of undici does not: the connector keeps the reason.
  let reason: Error | undefined;
  const connect = buildConnector({
    secureContext: trust.secureContext,
    rejectUnauthorized: true,
    checkServerIdentity: (host, certificate) =>
      tls.checkServerIdentity(hostname.replace(/^\[|\]$/g, ''), certificate) &&
      trust.checkServerIdentity(host, certificate),
  });
  const agent = new Agent({
    connect: (options, callback) =>
      connect(options, (...result) => {
        if (result[0]) reason = result[0];
        callback(...result);
      }),
  });
  const socket = new WebSocket(url, { protocols: ['xmpp'], dispatcher: agent });
  socket.binaryType = 'arraybuffer';
  const transport = new WebsocketTransport(socket, agent);
  const opened = new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      if (socket.protocol === 'xmpp') return resolve();
      transport.destroy();
      reject(noWebsocket(url));
    });
    const failed = () => reject(reason ?? noWebsocket(url));
    socket.addEventListener('error', failed);
    socket.addEventListener('close', failed);
  });
  return { transport, opened };
}

const noWebsocket = (url: string) =>
  new ConnectionProblem(
    'unreachable',
    `There is no XMPP service at ${new URL(url).origin}${new URL(url).pathname}.`,
  );

class WebsocketTransport implements Transport {
  readonly isFramed = true;
  readonly #socket: WebSocket;
  readonly #agent: Agent;
  #listener: TransportListener | undefined;
  #error: Error | undefined;

  constructor(socket: WebSocket, agent: Agent) {
    this.#socket = socket;
    this.#agent = agent;
    socket.addEventListener('message', ({ data }) => this.#received(data));
    socket.addEventListener('error', (event) => {
      this.#error ??= event.error instanceof Error ? event.error : undefined;
    });
    socket.addEventListener('close', () => {
      void agent.destroy().catch(() => undefined);
      this.#listener?.closed(this.#error);
    });
  }

  /** An open socket of `wss:` has a verified certificate. */
  get isSecure(): boolean {
    return this.#socket.url.startsWith('wss:') && this.#socket.readyState === WebSocket.OPEN;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  write(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  async startTls(): Promise<void> {
    throw new Error('a secure WebSocket has TLS already');
  }

  close(): void {
    this.#socket.close();
  }

  destroy(): void {
    void this.#agent.destroy().catch(() => undefined);
    this.#socket.close();
  }

  #received(data: unknown): void {
    if (typeof data === 'string') this.#listener?.received(data);
    else this.destroy(); // RFC 7395, 3.2: frames are text
  }
}
