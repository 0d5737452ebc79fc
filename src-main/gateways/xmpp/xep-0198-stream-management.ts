import { type Element, xml } from './element.ts';
import { SessionLost, type StanzaRejected } from './session.ts';

export const NS_SM = 'urn:xmpp:sm:3';
const MODULUS = 2 ** 32;

/** What the server granted for coming back (XEP-0198, 5). */
export interface Resumption {
  id: string;
  /** How long the server keeps the session after a cut; undefined: it did not say. */
  maxMs: number | undefined;
}

interface Unacked {
  text: string;
  /** The server refused it: it keeps its number until it is known whether the server counted it. */
  isRejected: boolean;
  resolve: () => void;
  reject: (reason: SessionLost | StanzaRejected) => void;
}

/** The server acknowledged stanzas that were never sent: the two sides have lost count (XEP-0198, 4). */
export class InvalidAck extends Error {
  readonly h: number;
  readonly sendCount: number;
  constructor(h: number, sendCount: number) {
    super(`the server acknowledged ${h} stanzas of ${sendCount}`);
    this.name = 'InvalidAck';
    this.h = h;
    this.sendCount = sendCount;
  }
}

/**
 * The counters of one session (XEP-0198), across its resumptions: what was sent and is not acknowledged, and how far
 * what came was handled. Every stanza counts: message, presence and iq, answers too. Counters wrap at 2^32.
 */
export class StreamManagement {
  resumption: Resumption | undefined;
  #unacked: Unacked[] = [];
  #unackedLength = 0;
  /** How many of `#unacked`, from the first, were ever written. */
  #written = 0;
  #acked: number;
  #received: number;
  #handled: number;
  /** For each stanza after `#handled`: whether it is done. */
  #progress: { isDone: boolean }[] = [];

  /** `start` sets both counters, for tests of the wrap. */
  constructor(start = 0) {
    this.#acked = start;
    this.#received = start;
    this.#handled = start;
  }

  /** Takes a stanza in that is to be written; settles when the server has it or the session is lost. */
  add(text: string): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => {
      this.#unacked.push({ text, isRejected: false, resolve, reject });
    });
    this.#unackedLength += text.length;
    // Who does not care for the outcome (presence, iq) need not take hold of it.
    promise.catch(() => undefined);
    return promise;
  }

  /** That many of those taken in, from the first, were written by now. */
  wrote(count: number): void {
    this.#written = Math.max(this.#written, count);
  }

  get unackedCount(): number {
    return this.#unacked.length;
  }

  /** How many characters they have together. */
  get unackedLength(): number {
    return this.#unackedLength;
  }

  /** How many were written in all, modulo 2^32. */
  get sentCount(): number {
    return (this.#acked + this.#written) % MODULUS;
  }

  /** Those taken in and not acknowledged, in order: what has to be written again after a resumption. */
  unackedTexts(): string[] {
    return this.#unacked.map(({ text }) => text);
  }

  unackedText(at: number): string | undefined {
    return this.#unacked[at]?.text;
  }

  /** The server has handled `h` stanzas. Throws `InvalidAck` when it cannot have. */
  acknowledge(h: number): void {
    const count = (h - this.#acked + MODULUS) % MODULUS;
    if (!Number.isInteger(h) || h < 0 || h >= MODULUS || count > this.#written) {
      throw new InvalidAck(h, this.sentCount);
    }
    this.#acked = h;
    this.#written -= count;
    for (const { text, resolve } of this.#unacked.splice(0, count)) {
      this.#unackedLength -= text.length;
      resolve();
    }
  }

  /** The first one is refused for good. It is written no more. */
  rejectFirst(reason: StanzaRejected): void {
    const [first] = this.#unacked;
    if (!first) return;
    first.isRejected = true;
    first.reject(reason);
  }

  /** After a resumption: a refused stanza that the server did not count takes no number. */
  dropRejected(): void {
    const kept = this.#unacked.filter(({ isRejected }) => !isRejected);
    this.#written -= this.#unacked.slice(0, this.#written).filter(({ isRejected }) => isRejected).length;
    this.#unacked = kept;
    this.#unackedLength = kept.reduce((sum, { text }) => sum + text.length, 0);
  }

  /** The session is gone: nobody will ever know whether the server has the rest. */
  abandon(reason: string): void {
    this.resumption = undefined;
    this.#progress = [];
    this.#unackedLength = 0;
    this.#written = 0;
    for (const { reject } of this.#unacked.splice(0)) reject(new SessionLost(reason));
  }

  /** Counts a stanza that came. The returned function tells that it is handled for good: committed. */
  arrived(): () => void {
    const progress = { isDone: false };
    this.#received = (this.#received + 1) % MODULUS;
    this.#progress.push(progress);
    return () => {
      progress.isDone = true;
      this.#advance();
    };
  }

  /** How many came and are not yet handled for good, or wait for one that is not. */
  get pendingCount(): number {
    return this.#progress.length;
  }

  /** How many stanzas came, modulo 2^32. */
  get received(): number {
    return this.#received;
  }

  /** The `h` to tell the server: the last stanza before which, and with which, everything is done. */
  get handled(): number {
    return this.#handled;
  }

  /** Before a resumption: the server sends again what follows `handled`, done or not. */
  rewind(): void {
    this.#progress = [];
    this.#received = this.#handled;
  }

  #advance(): void {
    const open = this.#progress.findIndex(({ isDone }) => !isDone);
    const done = open < 0 ? this.#progress.length : open;
    this.#progress.splice(0, done);
    this.#handled = (this.#handled + done) % MODULUS;
  }
}

export const ackRequest = (): Element => xml('r', { xmlns: NS_SM });
export const ack = (h: number): Element => xml('a', { xmlns: NS_SM, h: String(h) });
export const enable = (): Element => xml('enable', { xmlns: NS_SM, resume: 'true' });
export const resume = (previd: string, h: number): Element =>
  xml('resume', { xmlns: NS_SM, previd, h: String(h) });

/** The detail of the stream error that answers an invalid `h` (XEP-0198, 4). */
export const countTooHigh = ({ h, sendCount }: InvalidAck): Element =>
  xml('handled-count-too-high', { xmlns: NS_SM, h: String(h), 'send-count': String(sendCount) });

/** Reads an `h`; what is no number is invalid in the same way as one that is too high. */
export const parseH = (text: string | undefined): number =>
  text && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
