import { once } from 'node:events';
import net from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import tls from 'node:tls';
import { freePort } from '../../scripts/lib/ports.mjs';

/**
 * How bytes travel, on connections that are open and on new ones:
 * - `normal`: as they come;
 * - `late`: each after so many milliseconds, in order;
 * - `slices`: in pieces of so many bytes, each in a turn and a packet of its own;
 * - `blackhole`: not at all. Nothing is lost: what is held goes on when the flow changes.
 */
export type Flow =
  | { kind: 'normal' }
  | { kind: 'late'; ms: number }
  | { kind: 'slices'; bytes: number }
  | { kind: 'blackhole' };

export interface FaultProxyOptions {
  /** The server behind it. */
  to: { host: string; port: number };
  /** Ends TLS here and begins it anew behind, so that the peers' parsers see the slices and not only TLS. PEM. */
  tls?: { cert: string; key: string; ca: string; servername: string };
  /** Is shown what passes; in clear where TLS ends here. */
  watch?: (direction: 'up' | 'down', data: Buffer) => void;
}

export type CutKind = 'rst' | 'fin';

/** More than that is not read ahead. */
const HELD_LIMIT_BYTES = 256 * 1024;

/** A TCP proxy on loopback that fails as networks do. It is controlled while connections run. */
export class FaultProxy {
  readonly port: number;
  /** Bytes passed on since it began: to the server and to the client. */
  readonly carried = { up: 0, down: 0 };
  readonly #options: FaultProxyOptions;
  readonly #links = new Set<Link>();
  #server: net.Server | undefined;
  #flow: Flow = { kind: 'normal' };
  #flowChanged = Promise.withResolvers<void>();
  #plannedCut: { left: number; how: CutKind } | undefined;

  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options, await freePort());
    await proxy.refuse(false);
    return proxy;
  }

  private constructor(options: FaultProxyOptions, port: number) {
    this.#options = options;
    this.port = port;
  }

  /** For its links. */
  get watch() {
    return this.#options.watch;
  }

  get connections(): number {
    return this.#links.size;
  }

  get flow(): Flow {
    return this.#flow;
  }

  set flow(flow: Flow) {
    this.#flow = flow;
    const { resolve } = this.#flowChanged;
    this.#flowChanged = Promise.withResolvers();
    resolve();
  }

  /** Cuts all connections. What is on its way is lost. */
  cut(how: CutKind): void {
    for (const link of [...this.#links]) link.cut(how);
  }

  /** Cuts all connections as soon as exactly so many bytes more have passed, both ways together. */
  cutAfter(bytes: number, how: CutKind): void {
    this.#plannedCut = { left: bytes, how };
  }

  /** The open connections stay open and carry nothing any more, not even their end. New ones work. */
  halfOpen(): void {
    for (const link of this.#links) link.isDead = true;
  }

  /** While true, new connections are refused as where no program listens. */
  async refuse(isRefusing: boolean): Promise<void> {
    if (isRefusing) {
      this.#server?.close();
      this.#server = undefined;
    } else if (!this.#server) {
      this.#server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
        this.#accept(socket),
      );
      this.#server.listen(this.port, '127.0.0.1');
      await once(this.#server, 'listening');
    }
  }

  /** Everything works again; no cut is planned any more. */
  async heal(): Promise<void> {
    this.#plannedCut = undefined;
    this.flow = { kind: 'normal' };
    await this.refuse(false);
  }

  async close(): Promise<void> {
    await this.refuse(true);
    this.cut('rst');
    this.flow = { kind: 'normal' };
  }

  /** For its links: whether bytes may go, and how many of them before a planned cut. */
  async passage(): Promise<Flow> {
    while (this.#flow.kind === 'blackhole') await this.#flowChanged.promise;
    return this.#flow;
  }

  allowance(bytes: number): number {
    return Math.min(bytes, this.#plannedCut?.left ?? bytes);
  }

  passed(bytes: number, direction: 'up' | 'down'): void {
    this.carried[direction] += bytes;
    const cut = this.#plannedCut;
    if (!cut) return;
    cut.left -= bytes;
    if (cut.left > 0) return;
    this.#plannedCut = undefined;
    this.cut(cut.how);
  }

  #accept(client: net.Socket): void {
    const { to, tls: ends } = this.#options;
    const server = net.connect({ ...to, noDelay: true, allowHalfOpen: true });
    const link = new Link(this, client, server, ends);
    this.#links.add(link);
    void link.gone.then(() => this.#links.delete(link));
  }
}

/** One connection through the proxy: two sockets and a lane each way. */
class Link {
  isDead = false;
  readonly gone: Promise<unknown>;
  readonly #raw: net.Socket[];

  constructor(proxy: FaultProxy, client: net.Socket, server: net.Socket, ends: FaultProxyOptions['tls']) {
    this.#raw = [client, server];
    this.gone = Promise.all(this.#raw.map((socket) => new Promise((done) => socket.once('close', done))));
    for (const socket of this.#raw) socket.on('error', () => undefined);
    const inner = ends ? tls.connect({ socket: server, ...ends, ALPNProtocols: ['xmpp-client'] }) : server;
    const outer = ends
      ? new tls.TLSSocket(client, { isServer: true, cert: ends.cert, key: ends.key })
      : client;
    new Lane(proxy, this, 'up', outer, inner);
    new Lane(proxy, this, 'down', inner, outer);
  }

  cut(how: CutKind): void {
    this.isDead = true;
    for (const socket of this.#raw) {
      if (how === 'rst') socket.resetAndDestroy();
      else socket.destroySoon();
    }
  }
}

/** Bytes of one direction. */
class Lane {
  readonly #proxy: FaultProxy;
  readonly #link: Link;
  readonly #direction: 'up' | 'down';
  readonly #from: net.Socket;
  readonly #to: net.Socket;
  readonly #held: { data: Buffer; atMs: number }[] = [];
  #heldBytes = 0;
  #hasEnded = false;
  #isMoving = false;

  constructor(proxy: FaultProxy, link: Link, direction: 'up' | 'down', from: net.Socket, to: net.Socket) {
    this.#proxy = proxy;
    this.#link = link;
    this.#direction = direction;
    this.#from = from;
    this.#to = to;
    from.on('data', (data: Buffer) => this.#take(data));
    from.on('end', () => {
      this.#hasEnded = true;
      this.#move();
    });
    from.on('error', () => undefined);
    from.on('close', (hadError) => {
      if (this.#link.isDead) return;
      if (hadError) this.#link.cut('rst');
      else if (!this.#hasEnded) this.#link.cut('fin');
    });
  }

  #take(data: Buffer): void {
    if (this.#link.isDead) return;
    this.#held.push({ data, atMs: performance.now() });
    this.#heldBytes += data.length;
    if (this.#heldBytes > HELD_LIMIT_BYTES) this.#from.pause();
    this.#move();
  }

  #move(): void {
    if (this.#isMoving) return;
    this.#isMoving = true;
    void this.#moveAll().finally(() => {
      this.#isMoving = false;
    });
  }

  async #moveAll(): Promise<void> {
    for (let next = this.#held.shift(); next; next = this.#held.shift()) {
      await this.#carry(next.data, next.atMs);
      this.#heldBytes -= next.data.length;
      if (this.#heldBytes <= HELD_LIMIT_BYTES) this.#from.resume();
    }
    if (!this.#hasEnded) return;
    await this.#proxy.passage();
    if (!this.#link.isDead) this.#to.end();
  }

  async #carry(data: Buffer, atMs: number): Promise<void> {
    for (let at = 0; at < data.length; ) {
      const flow = await this.#proxy.passage();
      if (flow.kind === 'late') await wait(Math.max(0, atMs + flow.ms - performance.now()));
      if (this.#link.isDead || this.#to.destroyed) return;
      const wanted = flow.kind === 'slices' ? flow.bytes : data.length;
      const size = this.#proxy.allowance(Math.min(wanted, data.length - at));
      const part = data.subarray(at, at + size);
      this.#proxy.watch?.(this.#direction, part);
      this.#to.write(part);
      at += size;
      if (flow.kind === 'slices') await nextTurn();
      this.#proxy.passed(size, this.#direction);
    }
  }
}
