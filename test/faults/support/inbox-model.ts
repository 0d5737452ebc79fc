import type { Element } from '@xmpp/xml';
import type { Clock } from '../../../src-main/base/clock.ts';
import { Scope } from '../../../src-main/base/scope.ts';
import { type Session, SessionLost } from '../../../src-main/gateways/xmpp/session.ts';
import { accountFeatures } from '../../../src-main/gateways/xmpp/xep-0030-disco-query.ts';
import {
  isArchiveResult,
  NS_ARCHIVE,
  queryArchive,
} from '../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import { ResumptionRule } from './resumption-rule.ts';

interface Incoming {
  id: string;
  text: string;
}

const PAGE = 50;
const ATTEMPTS = 10;

/**
 * Receives as the product does: a handler resolves after its commit, commits come in order, copies are recognised by id,
 * and a session that is new reads the archive before what the stream brings goes on.
 */
export class InboxModel {
  /** Everything committed, in order of arrival, without repetitions. Outlives the sessions. */
  readonly arrived: Incoming[] = [];
  /** How many copies were recognised. */
  copies = 0;
  readonly violations: string[] = [];
  /** What happened, in short, for the report of a failure. */
  readonly trace: string[] = [];
  /** How many sessions were made, new or resumed: more than one means that the server had to hand over. */
  sessions = 0;
  /** How long a commit takes, milliseconds of the clock. */
  commitMs = 0;
  /** The next message cannot be stored, nor those taken behind it. */
  rejectsNext = false;
  readonly #isOurs: (text: string) => boolean;
  readonly #clock: Clock;
  readonly #sinceMs = Date.now() - 1_000;
  readonly #known = new Map<string, string>();
  readonly #idsByText = new Map<string, string>();
  #running = new Scope();
  #isCaughtUp = false;
  #heldBack: Incoming[] = [];
  /** Counts streams: after a rejection nothing that was taken from the same one is committed. */
  #stream = 0;
  #brokenStream: number | undefined;
  readonly #resumption = new ResumptionRule();
  /** Counts readings of the archive: a new one makes those before void. */
  #reading = 0;

  constructor(clock: Clock, isOurs: (text: string) => boolean) {
    this.#clock = clock;
    this.#isOurs = isOurs;
  }

  /** The program begins: with a session, and with what is committed. */
  attach(session: Session): void {
    const running = new Scope();
    this.#running = running;
    this.#isCaughtUp = false;
    this.trace.push('attached');
    let tail: Promise<void> = Promise.resolve();
    session.onMessage((stanza) => {
      const message = this.#read(stanza);
      if (!message) return Promise.resolve();
      const stream = this.#stream;
      this.trace.push(`got ${message.text}`);
      this.violations.push(...this.#resumption.got(message.text, session.state === 'online'));
      const commit = tail.then(async () => {
        await this.#pause(running);
        if (this.rejectsNext) {
          this.rejectsNext = false;
          this.#brokenStream = stream;
        }
        if (stream === this.#brokenStream) {
          this.trace.push(`rejected ${message.text}`);
          throw new Error('the disk is full, as the schedule wants it');
        }
        this.#commit(message, !this.#isCaughtUp || session.state !== 'online');
      });
      tail = commit.catch(() => undefined);
      return commit;
    });
    session.onState(({ state }) => {
      this.trace.push(state);
      if (state === 'online') return;
      this.#stream += 1;
      this.#resumption.streamEnded();
    });
    session.onReady(({ resumed }) => {
      this.sessions += 1;
      this.violations.push(...this.#resumption.ready(resumed));
      this.trace.push(resumed ? 'resumed' : 'new session');
      if (resumed && this.#isCaughtUp) this.#release();
      else void this.#catchUp(session, running);
    });
  }

  /** The program dies: what is not committed by now never will be by it. */
  async crash(): Promise<void> {
    await this.#running.close();
    this.#stream += 1;
    this.#resumption.ready(false);
  }

  has(id: string): boolean {
    return this.arrived.some((message) => message.id === id);
  }

  #read(stanza: Element): Incoming | undefined {
    const text = stanza.getChildText('body');
    if (!text || stanza.attrs.type === 'error' || isArchiveResult(stanza) || !this.#isOurs(text))
      return undefined;
    return { id: String(stanza.attrs.id), text };
  }

  /** Never settles when the program has died meanwhile. */
  #pause(running: Scope): Promise<void> {
    return new Promise((resolve) => {
      if (running.isClosed) return;
      if (this.commitMs === 0) resolve();
      else this.#clock.after(running, this.commitMs, resolve);
    });
  }

  #commit(message: Incoming, isHeldBack: boolean): void {
    this.#resumption.committed(message.text);
    const otherId = this.#idsByText.get(message.text);
    if (otherId !== undefined && otherId !== message.id)
      this.violations.push(`"${message.text}" came under the ids ${otherId} and ${message.id}`);
    this.#idsByText.set(message.text, message.id);
    if (this.#known.has(message.id)) {
      this.copies += 1;
      return;
    }
    this.#known.set(message.id, message.text);
    this.trace.push(`${isHeldBack ? 'held back' : 'arrived'} ${message.text}`);
    (isHeldBack ? this.#heldBack : this.arrived).push(message);
  }

  #release(): void {
    this.trace.push('released');
    this.arrived.push(...this.#heldBack.splice(0));
  }

  /** Everything since the schedule began: reading it twice changes nothing. */
  async #catchUp(session: Session, running: Scope): Promise<void> {
    this.#reading += 1;
    const own = this.#reading;
    this.#isCaughtUp = false;
    for (let attempt = 1; own === this.#reading && !running.isClosed; attempt += 1) {
      try {
        await this.readArchive(session);
        break;
      } catch (error) {
        this.trace.push(`archive not read: ${String(error)}`);
        if (error instanceof SessionLost) return;
        if (attempt === ATTEMPTS) this.violations.push(`the archive could not be read: ${String(error)}`);
        if (attempt === ATTEMPTS) break;
      }
    }
    if (own !== this.#reading || running.isClosed) return;
    this.#isCaughtUp = true;
    this.#release();
  }

  /** Takes everything of the archive that is not known, in its order. */
  async readArchive(session: Session): Promise<void> {
    if (!(await accountFeatures(session)).has(NS_ARCHIVE)) return;
    let after: string | undefined;
    for (;;) {
      const page = await queryArchive(session, {
        max: PAGE,
        start: this.#sinceMs,
        ...(after === undefined ? {} : { after }),
      });
      for (const { message } of page.messages) {
        const found = this.#read(message);
        if (!found) continue;
        // What the stream brought meanwhile is in the archive as well, at its place.
        const at = this.#heldBack.findIndex(({ id }) => id === found.id);
        this.trace.push(`archive ${found.text}`);
        if (at >= 0) this.arrived.push(...this.#heldBack.splice(at, 1));
        else this.#commit(found, false);
      }
      after = page.last;
      if (page.isComplete || after === undefined) return;
    }
  }
}
