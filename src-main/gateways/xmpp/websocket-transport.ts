import type { Socket } from 'node:net';
import tls from 'node:tls';
import { Agent, buildConnector, WebSocket } from 'undici';
import { reason } from '../../../src-shared/text/reasons.ts';
import { foreignText } from './foreign-text.ts';
import { ConnectionProblem } from './problem.ts';
import type { Transport, TransportListener } from './transport.ts';
import type { Trust } from './trust.ts';
import { WriteQueue } from './write-queue.ts';

/** The largest frame that is taken in at all; how large a stanza may be is the parser's business. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;

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
  let carrier: Socket | undefined;
  const agent = new Agent({
    webSocket: { maxPayloadSize: MAX_FRAME_BYTES },
    connect: (options, callback) =>
      connect(options, (...result) => {
        if (result[0]) reason = result[0];
        else carrier = result[1];
        callback(...result);
      }),
  });
  const socket = new WebSocket(url, { protocols: ['xmpp'], dispatcher: agent });
  socket.binaryType = 'arraybuffer';
  const transport = new WebsocketTransport(socket, agent, () => carrier);
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
    reason('net.no-websocket', { url: foreignText(new URL(url).origin + new URL(url).pathname) }),
  );

class WebsocketTransport implements Transport {
  readonly isFramed = true;
  readonly #socket: WebSocket;
  readonly #agent: Agent;
  /** The connection that carries the frames: a WebSocket has no flow control of its own. */
  readonly #carrier: () => Socket | undefined;
  readonly #queue = new WriteQueue();
  #isFull = false;
  #isPaused = false;
  #isClosed = false;
  #listener: TransportListener | undefined;
  #error: Error | undefined;

  constructor(socket: WebSocket, agent: Agent, carrier: () => Socket | undefined) {
    this.#socket = socket;
    this.#agent = agent;
    this.#carrier = carrier;
    socket.addEventListener('message', ({ data }) => this.#received(data));
    socket.addEventListener('error', (event) => {
      this.#error ??= event.error instanceof Error ? event.error : undefined;
    });
    socket.addEventListener('close', () => this.#closed());
  }

  /** An open socket of `wss:` has a verified certificate. */
  get remoteAddress(): string | undefined {
    return this.#carrier()?.remoteAddress;
  }

  get isSecure(): boolean {
    return this.#socket.url.startsWith('wss:') && this.#socket.readyState === WebSocket.OPEN;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  write(text: string): void {
    this.#queue.add(text);
    this.#flush();
  }

  writeFirst(text: string): void {
    this.#queue.setUrgent(text);
    this.#flush();
  }

  pause(): void {
    this.#isPaused = true;
    this.#carrier()?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#carrier()?.resume();
  }

  /** TLS may well end at a web server in front, of which the XMPP server knows nothing. */
  channelBinding(): undefined {
    return undefined;
  }

  async startTls(): Promise<void> {
    throw new Error('a secure WebSocket has TLS already');
  }

  close(): void {
    this.#isFull = false;
    this.#flush(true);
    this.#socket.close();
  }

  /** Does not wait for the other side to agree: it may be gone. */
  destroy(): void {
    this.#socket.close();
    this.#carrier()?.destroy();
    this.#closed();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    void this.#agent.destroy().catch(() => undefined);
    // Later, as the end of any connection comes: whoever destroys it is not told in the middle of it.
    queueMicrotask(() => this.#listener?.closed(this.#error));
  }

  #flush(isLast = false): void {
    const carrier = this.#carrier();
    while (!this.#isFull && this.#socket.readyState === WebSocket.OPEN) {
      const text = this.#queue.next();
      if (text === undefined) return;
      this.#socket.send(text);
      if (!carrier?.writableNeedDrain || isLast) continue;
      this.#isFull = true;
      carrier.once('drain', () => {
        this.#isFull = false;
        this.#flush();
      });
    }
  }

  #received(data: unknown): void {
    // undici lets the connection run again when it has worked off what it read.
    if (this.#isPaused) this.#carrier()?.pause();
    if (typeof data === 'string') this.#listener?.received(data);
    else this.destroy(); // RFC 7395, 3.2: frames are text
  }
}
