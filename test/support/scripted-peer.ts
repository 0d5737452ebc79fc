import net from 'node:net';
import tls from 'node:tls';
import { type Element, Parser } from '@xmpp/xml';
import { type Certificates, makeCertificates } from './xmpp-certificates.ts';

const STREAM =
  "<stream:stream from='localhost' id='s' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
const NS = {
  tls: 'urn:ietf:params:xml:ns:xmpp-tls',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  sm: 'urn:xmpp:sm:3',
};

/** An XMPP server that does what the test tells it, word by word. Close it after use. */
export class ScriptedPeer {
  readonly certificates: Certificates;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  readonly #accepted: PeerStream[] = [];
  readonly #waiting: ((stream: PeerStream) => void)[] = [];

  private constructor(certificates: Certificates) {
    this.certificates = certificates;
    this.#server = net.createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      const stream = new PeerStream(socket, certificates);
      const next = this.#waiting.shift();
      if (next) next(stream);
      else this.#accepted.push(stream);
    });
  }

  static async listen(certificates: Certificates = makeCertificates()): Promise<ScriptedPeer> {
    const peer = new ScriptedPeer(certificates);
    await new Promise<void>((resolve) => peer.#server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  /** The next connection, in the order they came. */
  async connection(): Promise<PeerStream> {
    return this.#accepted.shift() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** One connection to the peer: what came can be expected in order, anything can be sent. */
export class PeerStream {
  readonly #certificates: Certificates;
  #socket: net.Socket;
  #parser: Parser | undefined;
  #queue: Element[] = [];
  #waiting: ((element: Element | undefined) => void) | undefined;
  #isOver = false;
  readonly #closed: Promise<void>;

  constructor(socket: net.Socket, certificates: Certificates) {
    this.#socket = socket;
    this.#certificates = certificates;
    socket.on('error', () => undefined);
    this.#closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#isOver = true;
        this.#waiting?.(undefined);
        resolve();
      });
    });
    this.#read();
  }

  /** Resolves when the connection is gone. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  /** These bytes, in a packet of their own. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.write(bytes, () => resolve()));
  }

  /** Bytes one at a time, each in a turn of its own. */
  async sendSlowly(text: string): Promise<void> {
    for (const byte of Buffer.from(text)) {
      this.#socket.write(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** The next element that came, of whatever kind; rejects when the connection is over. */
  async next(): Promise<Element> {
    const element =
      this.#queue.shift() ??
      (this.#isOver
        ? undefined
        : await new Promise<Element | undefined>((resolve) => (this.#waiting = resolve)));
    this.#waiting = undefined;
    if (!element) throw new Error('the connection is over');
    if (['message', 'presence', 'iq'].includes(element.name)) this.seen += 1;
    return element;
  }

  /** The next element with that name; those before it are dropped. */
  async expect(name: string): Promise<Element> {
    for (;;) {
      const element = await this.next();
      if (element.name === name) return element;
    }
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.#socket.destroy();
  }

  end(): void {
    this.#socket.end('</stream:stream>');
  }

  /** Stream header and features, as the answer to a header that came. */
  async offer(features: string): Promise<void> {
    this.#parser = undefined;
    await this.expect('stream:stream');
    this.send(`${STREAM}<stream:features>${features}</stream:features>`);
  }

  async secure(): Promise<void> {
    await this.offer(`<starttls xmlns='${NS.tls}'><required/></starttls>`);
    await this.expect('starttls');
    this.send(`<proceed xmlns='${NS.tls}'/>`);
    await this.startTls();
  }

  /** TLS on the socket, now. */
  async startTls(): Promise<void> {
    const { cert, key } = this.#certificates;
    const plain = this.#socket;
    plain.removeAllListeners('data');
    const secure = new tls.TLSSocket(plain, {
      isServer: true,
      secureContext: tls.createSecureContext({ cert, key }),
    });
    secure.on('error', () => undefined);
    this.#socket = secure;
    this.#parser = undefined;
    this.#queue = [];
    this.#read();
  }

  /** The channel binding of this side (RFC 9266). */
  get exporter(): Buffer {
    if (!(this.#socket instanceof tls.TLSSocket)) throw new Error('there is no TLS yet');
    return this.#socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0));
  }

  /** Signs the client in by PLAIN inside TLS; returns its user name and password. */
  async authenticate(): Promise<{ username: string; password: string }> {
    await this.offer(`<mechanisms xmlns='${NS.sasl}'><mechanism>PLAIN</mechanism></mechanisms>`);
    const auth = await this.expect('auth');
    const [, username = '', password = ''] = Buffer.from(auth.getText(), 'base64').toString().split('\0');
    this.#parser = undefined;
    this.send(`<success xmlns='${NS.sasl}'/>`);
    return { username, password };
  }

  /** The whole way to a session that is online. `enabled` is the answer to the request for stream management. */
  async login({ hasSm = true, enabled = "id='sm1' resume='true' max='300'" } = {}): Promise<void> {
    await this.secure();
    await this.authenticate();
    await this.bind({ hasSm, enabled });
    await this.greet({ hasSm });
  }

  async bind({ hasSm = true, enabled = "id='sm1' resume='true' max='300'", after = '' } = {}): Promise<void> {
    await this.offer(`<bind xmlns='${NS.bind}'/>${hasSm ? `<sm xmlns='${NS.sm}'/>` : ''}`);
    await this.rebind({ hasSm, enabled, after });
  }

  /** Answers the request to bind, and the one for stream management. */
  async rebind({
    hasSm = true,
    enabled = "id='sm2' resume='true' max='300'",
    after = '',
  } = {}): Promise<void> {
    const bind = await this.expect('iq');
    const resource = bind.getChild('bind')?.getChildText('resource');
    this.send(
      `<iq type='result' id='${bind.attrs.id}'><bind xmlns='${NS.bind}'><jid>bot@localhost/${resource}</jid></bind></iq>`,
    );
    if (!hasSm) return;
    await this.expect('enable');
    this.send(`<enabled xmlns='${NS.sm}' ${enabled}/>${after}`);
  }

  /** Stanzas that came since the session was bound, as far as `greet` and `expect` have seen them. */
  seen = 0;
  /** Answers that `greet` gave: stanzas that the session got. */
  given = 0;

  /** Answers what a session asks before it is online, takes its presence, and acknowledges all. */
  async greet({ hasSm = true } = {}): Promise<Element> {
    this.seen = 0;
    for (;;) {
      const element = await this.next();
      if (element.name === 'r') this.acknowledge();
      else if (element.name === 'iq') {
        this.send(`<iq type='result' id='${element.attrs.id}'/>`);
        this.given += 1;
      } else if (element.name === 'presence') {
        if (!hasSm) return element;
        await this.expect('r');
        this.acknowledge();
        return element;
      }
    }
  }

  /** Tells the session that everything so far has come. */
  acknowledge(): void {
    this.send(`<a xmlns='${NS.sm}' h='${this.seen}'/>`);
  }

  /** Reads no more: what the session writes fills the network's buffers. */
  stopReading(): void {
    this.#socket.pause();
  }

  readOn(): void {
    this.#socket.resume();
  }

  /** Whether everything that was sent has left for the session. */
  get isDrained(): boolean {
    return this.#socket.writableLength === 0;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Up to the request to resume; the test answers it. */
  async resuming(): Promise<Element> {
    await this.secure();
    await this.authenticate();
    await this.offer(`<bind xmlns='${NS.bind}'/><sm xmlns='${NS.sm}'/>`);
    return this.expect('resume');
  }

  #read(): void {
    this.#socket.on('data', (bytes) => {
      this.#parser ??= this.#newParser();
      this.#parser.write(bytes.toString());
    });
  }

  #newParser(): Parser {
    const parser = new Parser();
    const arrived = (element: Element) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting) waiting(element);
      else this.#queue.push(element);
    };
    parser.on('start', arrived);
    parser.on('element', arrived);
    parser.on('error', () => undefined);
    return parser;
  }
}
