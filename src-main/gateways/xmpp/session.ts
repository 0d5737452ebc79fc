import type { Element } from '@xmpp/xml';
import type { SessionState } from '../../../src-shared/events.ts';
import type { BareJid, FullJid } from '../../../src-shared/jid.ts';
import type { Scope } from '../../base/scope.ts';
import type { DiscoNodes } from './disco-nodes.ts';
import type { Identity } from './identity.ts';

/** How to reach and enter an account. The password is asked for at each login, so it is not kept in memory here. */
export interface SessionConfig {
  jid: BareJid;
  /** Fixed per data folder: `botmother-<8 hex>`. */
  resource: string;
  password: () => string;
  /** `xmpp://host:port` (STARTTLS), `xmpps://host:port` (direct TLS) or `wss://...`; undefined: discovery. */
  service: string | undefined;
  /** PEM certificates trusted in addition to the system's. */
  ca: string | undefined;
  /** Who it is in service discovery; asked for each time, since a name can change. Without it: the program itself. */
  identity?: () => Identity;
}

/** A stanza error (RFC 6120, 8.3) that answered an iq. */
export class StanzaError extends Error {
  readonly condition: string;
  readonly type: string;
  /** What a protocol adds to the condition (RFC 6120, 8.3.4). */
  readonly detail: { name: string; namespace: string } | undefined;
  constructor(condition: string, type: string, text: string, detail?: StanzaError['detail']) {
    super(text || condition);
    this.name = 'StanzaError';
    this.condition = condition;
    this.type = type;
    this.detail = detail;
  }
}

/** A session as the rest of the program sees it: one account's stream across resumptions and reconnects. */
export interface Session {
  readonly jid: BareJid;
  readonly state: SessionState;
  /** Why the state is not online, in words for people; undefined when online. */
  readonly reason: string | undefined;
  /** The JID the server bound, while online. */
  readonly boundJid: FullJid | undefined;
  /** The IP address the server was reached at, while connected. */
  readonly serverAddress: string | undefined;
  /** When the session was last online or began to try, monotonic milliseconds: tells how long it has been away. */
  readonly awaySinceMs: number | undefined;
  /** When it tries to connect again by itself, monotonic milliseconds; undefined while it does, and where it will not. */
  readonly nextTryAtMs: number | undefined;

  /**
   * Writes a message or presence to the stream, in call order. Resolves when the server has acknowledged it
   * (XEP-0198); rejects with `SessionLost` when that can no longer be known (stream gone, not resumed).
   * Rejects with `StanzaRejected` when the server ended the stream because of this stanza: it must not be sent again.
   * Throws at once, before anything is written, when the session is not online (`SessionLost`), when too much is under
   * way (`SendQueueFull`), or when the stanza cannot be sent at all. A text is a stanza that was serialised before.
   */
  send(stanza: Element | string): Promise<void>;

  /**
   * Sends an iq and resolves with the result stanza. Always settles: rejects with `StanzaError`, with `SessionLost` when
   * the session ends before the answer, with `SendQueueFull` when too many are open, or by time-out.
   */
  request(iq: Element, options?: { timeoutMs?: number }): Promise<Element>;

  /**
   * Handles every incoming message stanza, in order. The server is told that a stanza was handled (XEP-0198 `h`)
   * only when its promise has resolved, and all before it: a handler resolves after its commit. A rejection ends
   * the stream without acknowledging, so that the server delivers the stanza again. While many handlers are under way
   * nothing more is read from the server, so a handler must not wait for the answer to an iq.
   */
  onMessage(handler: (stanza: Element) => Promise<void>): () => void;

  /**
   * Sees every message stanza as it comes, in order, without a say in its handling: for what belongs to a question that
   * is under way, such as archive results, and for notifications that are asked for again when they are missed.
   */
  watchMessages(watcher: (stanza: Element) => void): () => void;

  /** Sees every incoming presence stanza, in order. What the handler does with it is not waited for. */
  onPresence(handler: (presence: Element) => void): () => void;

  /** Answers incoming iqs of one kind. Returns the child of the result, or undefined for an empty result. */
  onIq(
    type: 'get' | 'set',
    name: string,
    namespace: string,
    handler: (iq: Element) => Element | undefined | Promise<Element | undefined>,
  ): () => void;

  /**
   * From now on an iq is answered only when `isAdmitted` says so; any other gets the error of an address where nobody is
   * (RFC 6121, 8.5.3.2.3), whatever it asks.
   */
  admitIqs(isAdmitted: (iq: Element) => boolean): () => void;

  /** `resumed: false` is a new session: what was in flight before must be sent again by its owner. */
  onReady(listener: (event: { resumed: boolean }) => void): () => void;
  onState(listener: (event: { state: SessionState; reason: string | undefined }) => void): () => void;

  /** Announces a feature in service discovery (XEP-0030) and capabilities (XEP-0115). */
  advertise(feature: string): () => void;
  /** Adds an element to each presence. Online, a new presence is sent for it, and once more when it is taken back. */
  addToPresence(part: () => Element): () => void;
  /** Tells who watches us anew: what a part of the presence, or the identity, says has changed. */
  renewPresence(): void;
  /** What the server offered on the present stream after signing in (RFC 6120, 4.3.2). */
  readonly streamFeatures: Element | undefined;

  /** What is below us in service discovery. */
  readonly disco: DiscoNodes;
}

/** Whether the server got the stanza is not known: the session ended without resumption. */
export class SessionLost extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SessionLost';
  }
}

/** Nobody answered a question in time. */
export class RequestTimeout extends Error {
  constructor(asked: string, waitedMs: number) {
    super(`${asked} did not answer within ${waitedMs / 1_000} s`);
    this.name = 'RequestTimeout';
  }
}

/** The server ended the stream because of this stanza, and would do it again. */
export class StanzaRejected extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'StanzaRejected';
  }
}

/** The server is behind: too much of what was sent waits for it. A later try may succeed. */
export class SendQueueFull extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SendQueueFull';
  }
}

/** Attaches to a session and takes itself off with the scope. One file per XEP. */
export type XmppExtension = (session: Session, scope: Scope) => void;
