import xml from '@xmpp/xml';
import { type Session, SessionLost } from '../../../src-main/gateways/xmpp/session.ts';

interface Outgoing {
  id: string;
  text: string;
  /** `waiting` also means: sent, and not known whether it arrived. `returned`: the server gave it back as undeliverable. */
  state: 'waiting' | 'acked' | 'returned';
}

/** As the product's outbox runner has it: sending waits while so many are not acknowledged. */
const UNACKED_LIMIT = 100;

/**
 * Sends as the product's outbox does: stable ids, in order; what a lost session leaves open goes again, under the same
 * id, when a session is new. Notes whatever the gateway does that it must not.
 */
export class OutboxModel {
  readonly messages: Outgoing[] = [];
  readonly violations: string[] = [];
  /** What happened, in short, for the report of a failure. */
  readonly trace: string[] = [];
  readonly #session: Session;
  readonly #to: string;
  #sentUpTo = 0;
  #unacked = 0;
  /** Promises of `send` that have not settled. */
  openPromises = 0;
  #generation = 0;

  constructor(session: Session, to: string) {
    this.#session = session;
    this.#to = to;
    session.onState(({ state, reason }) => this.trace.push(reason ? `${state} (${reason})` : state));
    session.onReady(({ resumed }) => {
      const open = this.messages.filter(({ state }) => state === 'waiting').length;
      this.trace.push(`${resumed ? 'resumed' : 'new session'} with ${open} open`);
      if (!resumed) {
        this.#generation += 1;
        this.#sentUpTo = 0;
        this.#unacked = 0;
      }
      this.#pump();
    });
    session.onMessage(async (stanza) => {
      if (stanza.attrs.type !== 'error') return;
      const message = this.messages.find(({ id }) => id === stanza.attrs.id);
      if (message) message.state = 'returned';
    });
  }

  put(texts: readonly string[]): void {
    this.messages.push(
      ...texts.map((text) => ({ id: crypto.randomUUID(), text, state: 'waiting' as const })),
    );
    this.#pump();
  }

  get isSettled(): boolean {
    return this.openPromises === 0 && this.messages.every(({ state }) => state !== 'waiting');
  }

  #pump(): void {
    while (this.#session.state === 'online' && this.#unacked < UNACKED_LIMIT) {
      const message = this.messages[this.#sentUpTo];
      if (!message) return;
      this.#sentUpTo += 1;
      if (message.state === 'waiting') this.#send(message);
    }
  }

  #send(message: Outgoing): void {
    const sentIn = this.#generation;
    this.#unacked += 1;
    this.openPromises += 1;
    this.#session
      .send(stanzaOf(message, this.#to))
      .then(
        () => {
          if (message.state === 'waiting') message.state = 'acked';
        },
        (error: unknown) => {
          if (!(error instanceof SessionLost))
            this.violations.push(`send was rejected with ${String(error)}`);
        },
      )
      .finally(() => {
        this.openPromises -= 1;
        if (sentIn !== this.#generation) return;
        this.#unacked -= 1;
        this.#pump();
      });
  }
}

const stanzaOf = ({ id, text }: Outgoing, to: string) =>
  xml(
    'message',
    { to, id, type: 'chat' },
    xml('body', {}, text),
    xml('origin-id', { xmlns: 'urn:xmpp:sid:0', id }),
  );
