import { type Element, xml } from './element.ts';
import { SessionLost } from './session.ts';

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
  resolve: () => void;
  reject: (reason: SessionLost) => void;
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

  /** Counts a stanza that is being written; settles when the server has it or the session is lost. */
  sent(text: string): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => {
      this.#unacked.push({ text, resolve, reject });
    });
    // Who does not care for the outcome (presence, iq) need not take hold of it.
    promise.catch(() => undefined);
    return promise;
  }

  get unackedCount(): number {
    return this.#unacked.length;
  }

  /** How many were sent in all, modulo 2^32. */
  get sentCount(): number {
    return (this.#acked + this.#unacked.length) % MODULUS;
  }

  /** What has to be written again after a resumption, in order. */
  unackedTexts(): string[] {
    return this.#unacked.map(({ text }) => text);
  }

  /** The server has handled `h` stanzas. Throws `InvalidAck` when it cannot have. */
  acknowledge(h: number): void {
    const count = (h - this.#acked + MODULUS) % MODULUS;
    if (!Number.isInteger(h) || h < 0 || h >= MODULUS || count > this.#unacked.length) {
      throw new InvalidAck(h, this.sentCount);
    }
    this.#acked = h;
    for (const { resolve } of this.#unacked.splice(0, count)) resolve();
  }

  /** The session is gone: nobody will ever know whether the server has the rest. */
  abandon(reason: string): void {
    this.resumption = undefined;
    this.#progress = [];
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
