import net from 'node:net';
import tls from 'node:tls';
import { type BindingType, bindingOf } from './channel-binding.ts';
import type { Trust } from './trust.ts';
import { WriteQueue } from './write-queue.ts';

export interface TransportListener {
  /** Bytes of a stream, or one whole frame of a WebSocket as text. */
  received(data: Uint8Array | string): void;
  /** Comes once. `error` is what the network said; undefined when the other side just closed. */
  closed(error: Error | undefined): void;
}

/** Carries bytes or frames; knows nothing of XML. */
export interface Transport {
  /** Verified TLS is in place. */
  readonly isSecure: boolean;
  /** The address of the other end, while it is connected. */
  readonly remoteAddress: string | undefined;
  /** Each write is one frame (RFC 7395). */
  readonly isFramed: boolean;
  listen(listener: TransportListener): void;
  write(text: string): void;
  /** Writes ahead of everything that still waits here, in place of what was to be written so before: `<a/>`. */
  writeFirst(text: string): void;
  /** Stops reading: the other side soon cannot send more (flow control of TCP). A little may still come. */
  pause(): void;
  resume(): void;
  /** What ties a login to this connection; undefined where it cannot be tied. */
  channelBinding(type: BindingType): Buffer | undefined;
  /** Turns TLS on and verifies the certificate. Rejects with the error of TLS. */
  startTls(): Promise<void>;
  /** Writes what is waiting, then closes. */
  close(): void;
  /** Closes at once. */
  destroy(): void;
}

/** The kernel finds a dead peer by itself after a while; our own watchdog is faster. */
const TCP_KEEP_ALIVE_MS = 60_000;
/** How much is handed to the socket at a time. */
const PIECE_LENGTH = 64 * 1024;

/** TCP, with TLS from the start (`tls`) or later. `opened` settles when it is connected and, with `tls`, verified. */
export function tcpTransport(
  { host, port, kind }: { host: string; port: number; kind: 'tls' | 'starttls' },
  trust: Trust,
): { transport: Transport; opened: Promise<void> } {
  const socket = net.connect({ host, port });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
  const transport = new TcpTransport(socket, trust);
  const connected = settled(socket, 'connect');
  return {
    transport,
    opened: kind === 'starttls' ? connected : connected.then(() => transport.startTls(['xmpp-client'])),
  };
}

class TcpTransport implements Transport {
  readonly isFramed = false;
  readonly #trust: Trust;
  #socket: net.Socket | tls.TLSSocket;
  #listener: TransportListener | undefined;
  #error: Error | undefined;
  readonly #queue = new WriteQueue();
  #isFlushPlanned = false;
  /** The socket has enough for now. */
  #isFull = false;
  #isClosed = false;

  constructor(socket: net.Socket, trust: Trust) {
    this.#socket = socket;
    this.#trust = trust;
    this.#attach(socket);
  }

  get isSecure(): boolean {
    return this.#socket instanceof tls.TLSSocket && this.#socket.authorized;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  /** All writes of one turn of the event loop leave together: one TLS record, one system call. */
  write(text: string): void {
    this.#queue.add(text);
    this.#planFlush();
  }

  writeFirst(text: string): void {
    this.#queue.setUrgent(text);
    this.#planFlush();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  channelBinding(type: BindingType): Buffer | undefined {
    const socket = this.#socket;
    return socket instanceof tls.TLSSocket && socket.authorized ? bindingOf(socket, type) : undefined;
  }

  async startTls(protocols?: string[]): Promise<void> {
    this.#isFull = false;
    this.#flush();
    this.#isFull = false;
    const plain = this.#socket;
    plain.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error');
    plain.on('error', () => undefined); // TLS reports it
    const { servername, ...trust } = this.#trust;
    const socket = tls.connect({
      socket: plain,
      rejectUnauthorized: true,
      ...trust,
      ...(servername === undefined ? {} : { servername }),
      ...(protocols === undefined ? {} : { ALPNProtocols: protocols }),
    });
    this.#socket = socket;
    this.#attach(socket);
    await settled(socket, 'secureConnect');
  }

  close(): void {
    if (this.#socket.writable) this.#socket.end(this.#queue.piece(Number.POSITIVE_INFINITY));
  }

  destroy(): void {
    this.#queue.clear();
    this.#socket.destroy();
  }

  #planFlush(): void {
    if (this.#isFlushPlanned || this.#isFull) return;
    this.#isFlushPlanned = true;
    setImmediate(() => {
      this.#isFlushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    const socket = this.#socket;
    while (!this.#isFull && !this.#queue.isEmpty && socket.writable) {
      if (socket.write(this.#queue.piece(PIECE_LENGTH))) continue;
      this.#isFull = true;
      socket.once('drain', () => {
        if (this.#socket !== socket) return;
        this.#isFull = false;
        this.#flush();
      });
    }
  }

  #attach(socket: net.Socket): void {
    socket.on('data', (bytes) => this.#listener?.received(bytes));
    socket.on('error', (error) => {
      this.#error ??= error;
    });
    socket.on('close', () => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      this.#listener?.closed(this.#error);
    });
  }
}

/** Waits for the event; rejects when the socket fails or closes before it. */
function settled(socket: net.Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    let error: Error | undefined;
    socket.once(event, () => resolve());
    socket.once('error', (reason) => {
      error = reason;
    });
    socket.once('close', () => reject(error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}
