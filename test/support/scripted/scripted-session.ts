import { type Element, parse } from 'ltx';
import { DiscoNodes } from '../../../src-main/gateways/xmpp/disco-nodes.ts';
import {
  type Session,
  type SessionConfig,
  SessionLost,
  StanzaError,
} from '../../../src-main/gateways/xmpp/session.ts';
import type { SessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import type { FullJid } from '../../../src-shared/jid.ts';
import type { Answer } from './scripted-server.ts';

/** The way between a session and its server, which may end with the program at any time. */
export interface ServerLine {
  connect(jid: string, deliver: (stanza: string) => Promise<void>): void;
  disconnect(jid: string): void;
  request(jid: string, iq: string): Promise<Answer>;
  /** Resolves when the server has it. */
  send(jid: string, stanza: string): Promise<void>;
}

type Listener<T> = (event: T) => void;

/** Sessions without a network: online as soon as they are started, with whatever is at the end of the line. */
export function scriptedPool(line: ServerLine): SessionPool {
  const sessions = new Map<string, ScriptedSession>();
  const stop = async (jid: string) => {
    await sessions.get(jid)?.stop();
    sessions.delete(jid);
  };
  return {
    start(config) {
      const session = new ScriptedSession(config, line);
      sessions.set(config.jid, session);
      setImmediate(() => session.start());
      return session;
    },
    get: (jid) => sessions.get(jid),
    stop,
    stopAll: async () => void (await Promise.all([...sessions.keys()].map(stop))),
  };
}

class ScriptedSession implements Session {
  readonly jid: Session['jid'];
  readonly disco = new DiscoNodes();
  readonly streamFeatures = undefined;
  readonly serverAddress = '127.0.0.1';
  state: Session['state'] = 'connecting';
  reason: string | undefined;
  awaySinceMs: number | undefined;
  nextTryAtMs: number | undefined;
  readonly #line: ServerLine;
  readonly #resource: string;
  readonly #handlers = new Set<(stanza: Element) => Promise<void>>();
  readonly #presences = new Set<Listener<Element>>();
  readonly #watchers = new Set<Listener<Element>>();
  readonly #ready = new Set<Listener<{ resumed: boolean }>>();
  readonly #states = new Set<Listener<{ state: Session['state']; reason: string | undefined }>>();

  constructor({ jid, resource }: SessionConfig, line: ServerLine) {
    this.jid = jid;
    this.#resource = resource;
    this.#line = line;
  }

  get boundJid(): FullJid | undefined {
    return this.state === 'online' ? (`${this.jid}/${this.#resource}` as FullJid) : undefined;
  }

  start(): void {
    if (this.state !== 'connecting') return;
    this.#become('online');
    for (const listener of [...this.#ready]) listener({ resumed: false });
    this.#line.connect(this.jid, (stanza) => this.#take(stanza));
  }

  /** The stream was cut and is back: the session goes on, or is another one. */
  cut(resumed: boolean): void {
    for (const listener of [...this.#ready]) listener({ resumed });
  }

  async stop(): Promise<void> {
    this.#line.disconnect(this.jid);
    this.#become('offline');
  }

  async #take(text: string): Promise<void> {
    const stanza = parse(text);
    if (stanza.name === 'presence') {
      for (const handler of [...this.#presences]) handler(stanza);
      return;
    }
    for (const watcher of [...this.#watchers]) watcher(stanza);
    await Promise.all([...this.#handlers].map((handler) => handler(stanza)));
  }

  #become(state: Session['state']): void {
    this.state = state;
    for (const listener of [...this.#states]) listener({ state, reason: undefined });
  }

  send(stanza: Element | string): Promise<void> {
    if (this.state !== 'online') throw new SessionLost('not online');
    return this.#line.send(this.jid, stanza.toString());
  }

  async request(iq: Element): Promise<Element> {
    if (this.state !== 'online') throw new SessionLost('not online');
    const { before, answer } = await this.#line.request(this.jid, iq.toString());
    for (const one of before) for (const watcher of [...this.#watchers]) watcher(parse(one));
    const answered = parse(answer);
    if (answered.attrs.type !== 'error') return answered;
    const error = answered.getChild('error');
    throw new StanzaError(error?.getChildElements()[0]?.name ?? '', String(error?.attrs.type), '');
  }

  onMessage = (handler: (stanza: Element) => Promise<void>) => added(this.#handlers, handler);
  watchMessages = (watcher: Listener<Element>) => added(this.#watchers, watcher);
  onReady = (listener: Listener<{ resumed: boolean }>) => added(this.#ready, listener);
  onState = (listener: Listener<{ state: Session['state']; reason: string | undefined }>) =>
    added(this.#states, listener);
  onPresence = (handler: Listener<Element>) => added(this.#presences, handler);
  onIq = () => () => undefined;
  admitIqs = () => () => undefined;
  advertise = () => () => undefined;
  addToPresence = () => () => undefined;
  renewPresence = () => undefined;
}

function added<T>(to: Set<T>, one: T): () => void {
  to.add(one);
  return () => void to.delete(one);
}
