import { reason } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import { AckPacer } from './ack-pacing.ts';
import type { Arrival } from './arrivals.ts';
import type { Connection } from './connection.ts';
import { attribute, type Element, isStanza } from './element.ts';
import { ConnectionProblem } from './problem.ts';
import type { StanzaBlame } from './stanza-blame.ts';
import {
  ack,
  ackRequest,
  countTooHigh,
  InvalidAck,
  NS_SM,
  parseH,
  type StreamManagement,
} from './xep-0198-stream-management.ts';
import { pingRequest } from './xep-0199-ping.ts';

/** An answer to `<r/>` waits for handlers that are about to commit, but not longer: the server would hang up. */
const ANSWER_WITHIN_MS = 1_000;
/** How long a closing stream waits for handlers, so that its last `h` is exact, and for the `h` of the server. */
const SETTLE_TIMEOUT_MS = 2_000;
/** With more handlers under way than that nothing more is read, */
export const PENDING_LIMIT = 500;
/** until no more than so many are left. */
export const PENDING_RESUME = 250;
/** The same for the memory that their stanzas take: a few large ones take more than many small ones. */
export const PENDING_LIMIT_BYTES = 16 * 1024 * 1024;
const PENDING_RESUME_BYTES = PENDING_LIMIT_BYTES / 2;
/** A stream that was silent for so long is asked for a sign of life, */
export const IDLE_MS = 60_000;
/** which must come within this; together a dead connection is found within 90 s. */
export const PROBE_TIMEOUT_MS = 25_000;

/** After a wake-up, or on another network, a connection that lives answers soon. */
export const QUICK_PROBE_TIMEOUT_MS = 5_000;

export interface LiveStreamDeps {
  clock: Clock;
  scope: Scope;
  domain: string;
  management: StreamManagement;
  /** Tells when to write one stanza at a time. */
  blame: StanzaBlame;
  /** A stanza came. `done` must be called when it is handled for good. */
  onStanza(stanza: Element, done: () => void): void;
  onEnd(problem: ConnectionProblem): void;
}

/**
 * A bound stream in use: counts stanzas both ways (XEP-0198), asks for acknowledgements and answers such questions,
 * and notices when the other side is silent. Where the server does not count, a ping and its answer do.
 */
export class LiveStream {
  readonly #deps: LiveStreamDeps;
  readonly #connection: Connection;
  readonly #pacer: AckPacer;
  /** Pings under way that stand for a question about everything sent before: id to the count sent until then. */
  readonly #pings = new Map<string, number>();
  #pingNumber = 0;
  /** How many of the unacknowledged stanzas, from the first, were written on this stream. */
  #onWire = 0;
  /** How many handlers are under way. */
  #pending = 0;
  #pendingBytes = 0;
  #answerUntil: number | undefined;
  #cancelAnswer: (() => void) | undefined;
  #onSettled: (() => void) | undefined;
  #wasAcked = false;

  constructor(connection: Connection, deps: LiveStreamDeps) {
    this.#connection = connection;
    this.#deps = deps;
    this.#pacer = new AckPacer(deps.clock, deps.scope, () => this.#askForAck());
  }

  /** Takes the stream over. After a resumption what was not acknowledged is written again first. */
  begin(): void {
    const { stream, early, isResumed } = this.#connection;
    const { management, blame } = this.#deps;
    if (isResumed) blame.retain(management.unackedTexts());
    this.writeWaiting();
    for (const arrival of early) this.#handle(arrival, () => undefined);
    this.#watch();
    stream.receive({
      element: (arrival) => this.#received(arrival),
      ended: (problem) => this.#deps.onEnd(problem),
    });
  }

  /** Writes a serialised stanza. Settles when the server has it, or when that can no longer be known. */
  send(text: string): Promise<void> {
    const promise = this.#deps.management.add(text);
    this.writeWaiting();
    return promise;
  }

  /** What was written on this stream and is not acknowledged, in order. */
  get textsOnWire(): string[] {
    return this.#deps.management.unackedTexts().slice(0, this.#onWire);
  }

  /** Asks for a sign of life now, and ends the stream when none comes soon. */
  probe(): void {
    if (!this.#connection.stream.isPaused) this.#probe(QUICK_PROBE_TIMEOUT_MS, () => undefined);
  }

  /** An element that is no stanza: not counted. */
  writeNonza(element: Element): void {
    this.#connection.stream.write(element);
  }

  /** Writes what may be written. To be called when care has ended. */
  writeWaiting(): void {
    const { management, blame } = this.#deps;
    while (this.#onWire < (blame.isCareful ? 1 : management.unackedCount)) {
      const text = management.unackedText(this.#onWire);
      if (text === undefined) return;
      this.#onWire += 1;
      management.wrote(this.#onWire);
      this.#connection.stream.writeText(text);
      this.#pacer.sent();
    }
  }

  /**
   * Closes in the orderly way: handlers get a moment to finish, so that the server does not deliver twice, and the server
   * a moment to tell what it got, so that nothing of it is sent twice.
   */
  async close(): Promise<void> {
    const { management, clock, scope } = this.#deps;
    if (this.#onWire > 0) this.#askForAck();
    if (!this.#isSettled) {
      const settled = new Promise<void>((resolve) => {
        this.#onSettled = resolve;
        clock.after(scope, SETTLE_TIMEOUT_MS, resolve);
      });
      // The connection may break meanwhile, which ends the scope and with it the timer.
      await Promise.race([settled, this.#connection.stream.gone]);
    }
    if (this.#connection.hasManagement) this.#connection.stream.write(ack(management.handled));
    await this.#connection.stream.close();
  }

  /** Ends without acknowledging anything more and without closing: the session can be resumed. */
  cut(problem: ConnectionProblem): void {
    this.#connection.stream.cut(problem);
  }

  #received(arrival: Arrival): void {
    const { element } = arrival;
    if (element.getNS() === NS_SM) this.#managed(element);
    else if (isStanza(element) && !this.#isAckPing(element)) this.#stanza(arrival);
  }

  #stanza(arrival: Arrival): void {
    if (!this.#connection.hasManagement) {
      this.#handle(arrival, () => undefined);
      return;
    }
    const done = this.#deps.management.arrived();
    this.#handle(arrival, () => {
      done();
      this.#answerIfDue();
    });
  }

  /** Hands a stanza on. With too much under way the server has to wait: TCP holds it back (back-pressure). */
  #handle({ element, weightBytes }: Arrival, done: () => void): void {
    const { stream } = this.#connection;
    let isDone = false;
    this.#pending += 1;
    this.#pendingBytes += weightBytes;
    this.#deps.onStanza(element, () => {
      if (isDone) return;
      isDone = true;
      this.#pending -= 1;
      this.#pendingBytes -= weightBytes;
      done();
      const isLittle = this.#pending <= PENDING_RESUME && this.#pendingBytes <= PENDING_RESUME_BYTES;
      if (stream.isPaused && isLittle) this.#readOn();
    });
    if (this.#pending > PENDING_LIMIT || this.#pendingBytes > PENDING_LIMIT_BYTES) stream.pause();
  }

  /** The server learns first how far we are: its questions of the meantime have not been read. */
  #readOn(): void {
    if (this.#connection.hasManagement) this.#answer();
    this.#connection.stream.resume();
  }

  #managed(element: Element): void {
    if (element.getName() === 'a') this.#acknowledged(parseH(attribute(element, 'h')));
    else if (element.getName() === 'r') {
      this.#answerUntil = this.#deps.management.received;
      this.#cancelAnswer ??= this.#deps.clock.after(this.#deps.scope, ANSWER_WITHIN_MS, () => this.#answer());
      this.#answerIfDue();
    }
  }

  #acknowledged(h: number): void {
    const { management, blame } = this.#deps;
    const before = management.unackedCount;
    const first = blame.isCareful ? management.unackedText(0) : undefined;
    try {
      management.acknowledge(h);
      this.#wasAcked = true;
      if (first !== undefined && management.unackedCount < before) blame.passed(first);
      this.#onWire = Math.max(0, this.#onWire - (before - management.unackedCount));
      this.#pacer.answered(this.#onWire > 0);
      if (this.#isSettled) this.#onSettled?.();
      this.writeWaiting();
    } catch (error) {
      if (!(error instanceof InvalidAck)) throw error;
      const condition = 'undefined-condition';
      const text = reason('stream.lost-count', {});
      const problem = new ConnectionProblem('protocol', text, { condition, cause: error });
      management.resumption = undefined;
      void this.#connection.stream.close({ condition, problem, details: countTooHigh(error) });
    }
  }

  /** Once everything that came before the question is committed. What is late gets an answer of its own later. */
  #answerIfDue(): void {
    const { handled, received } = this.#deps.management;
    if (this.#isSettled) this.#onSettled?.();
    if (this.#answerUntil === undefined) return;
    const missing = (received - handled + 2 ** 32) % 2 ** 32;
    const since = (received - this.#answerUntil + 2 ** 32) % 2 ** 32;
    if (missing > since) return;
    this.#answerUntil = undefined;
    this.#answer();
  }

  get #isSettled(): boolean {
    const { handled, received } = this.#deps.management;
    return handled === received && this.#onWire === 0;
  }

  #answer(): void {
    this.#cancelAnswer?.();
    this.#cancelAnswer = undefined;
    this.#connection.stream.writeFirst(ack(this.#deps.management.handled));
  }

  #askForAck(): void {
    if (this.#connection.hasManagement) this.#connection.stream.write(ackRequest());
    else this.#ping();
  }

  #ping(): void {
    this.#pingNumber += 1;
    const id = `ack-${this.#pingNumber}`;
    this.#pings.set(id, this.#deps.management.sentCount);
    this.#connection.stream.write(pingRequest(this.#deps.domain, id));
  }

  /** Without stream management: the answer to a ping, even an error, tells that the server read what came before. */
  #isAckPing(element: Element): boolean {
    const id = attribute(element, 'id');
    const count = id === undefined || element.getName() !== 'iq' ? undefined : this.#pings.get(id);
    if (id === undefined || count === undefined) return false;
    if (!['result', 'error'].includes(attribute(element, 'type') ?? '')) return false;
    if (![undefined, this.#deps.domain].includes(attribute(element, 'from'))) return false;
    // An answer that comes after that of a later ping says nothing new.
    for (const earlier of this.#pings.keys()) {
      this.#pings.delete(earlier);
      if (earlier === id) break;
    }
    this.#acknowledged(count);
    return true;
  }

  /** Finds a connection that is dead without saying so (half-open). While nothing is read nothing can be found. */
  #watch(): void {
    const { clock, scope } = this.#deps;
    const { stream } = this.#connection;
    const idleForMs = stream.isPaused ? 0 : clock.monotonic() - stream.lastReceivedMs;
    if (idleForMs < IDLE_MS) clock.after(scope, IDLE_MS - idleForMs, () => this.#watch());
    else this.#probe(PROBE_TIMEOUT_MS, () => this.#watch());
  }

  #probe(timeoutMs: number, onAlive: () => void): void {
    const { clock, scope, domain } = this.#deps;
    const { stream } = this.#connection;
    const before = stream.receivedCount;
    this.#askForAck();
    clock.after(scope, timeoutMs, () => {
      if (stream.isPaused || stream.receivedCount !== before) return onAlive();
      // Prosody 0.12 can resume a session that answers nothing, again and again: such a one is given up.
      if (this.#connection.isResumed && !this.#wasAcked) this.#deps.management.resumption = undefined;
      this.cut(new ConnectionProblem('unreachable', reason('net.gone', { domain })));
    });
  }
}
