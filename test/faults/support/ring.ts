import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import type { Session } from '../../../src-main/gateways/xmpp/session.ts';
import { sessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { OutboxModel } from './outbox-model.ts';

export interface RingOptions {
  jids: readonly string[];
  password: string;
  service: string;
  ca: string;
}

interface Member {
  jid: string;
  session: Session;
  outbox: OutboxModel;
  /** Ids by text of what came. */
  received: Map<string, string[]>;
  wasAway: boolean;
}

/** Many accounts on one pool, each of which writes to the next: a ledger of one message to and from every session. */
export class Ring {
  readonly #pool = sessionPool({ clock: systemClock, logger: silentLogger });
  readonly #members: Member[];

  constructor({ jids, password, service, ca }: RingOptions) {
    this.#members = jids.map((jid, index) => {
      const session = this.#pool.start({
        jid: bareJid(jid),
        resource: 'ring',
        password: () => password,
        service,
        ca,
      });
      const received = new Map<string, string[]>();
      session.onMessage(async (stanza) => {
        const text = stanza.getChildText('body');
        if (!text || stanza.attrs.type === 'error') return;
        received.set(text, [...(received.get(text) ?? []), String(stanza.attrs.id)]);
      });
      const member = {
        jid,
        session,
        outbox: new OutboxModel(session, jids[(index + 1) % jids.length] ?? ''),
        received,
        wasAway: false,
      };
      session.onState(({ state }) => {
        if (state !== 'online') member.wasAway = true;
      });
      return member;
    });
  }

  get areAllOnline(): boolean {
    return this.#members.every(({ session }) => session.state === 'online');
  }

  /** From now on `wereAllAway` tells about a new outage. */
  expectOutage(): void {
    for (const member of this.#members) member.wasAway = false;
  }

  get wereAllAway(): boolean {
    return this.#members.every(({ wasAway }) => wasAway);
  }

  /** Every session sends one message to the next, now or as soon as it can. */
  round(name: string): void {
    for (const { jid, outbox } of this.#members) outbox.put([`${name} of ${jid}`]);
  }

  /** Whether all was acknowledged and has arrived. */
  get isComplete(): boolean {
    return this.#members.every(({ outbox, jid }) => outbox.isSettled && this.#missingFrom(jid).length === 0);
  }

  /** Everything that is not as it should be, when nothing is under way any more. */
  problems(): string[] {
    return this.#members.flatMap(({ jid, session, outbox, received }) => [
      ...(session.state === 'online' ? [] : [`${jid} is ${session.state}: ${session.reason}`]),
      ...outbox.violations,
      ...outbox.messages
        .filter(({ state }) => state !== 'acked')
        .map(({ text, state }) => `${text}: ${state}`),
      ...this.#missingFrom(jid).map((text) => `${text} did not arrive`),
      ...[...received]
        .filter(([, ids]) => new Set(ids).size > 1)
        .map(([text]) => `${text} came under two ids`),
    ]);
  }

  /** How many messages were there in all, and how many copies of some came again under the same id. */
  counts(): { messages: number; copies: number } {
    const ids = this.#members.flatMap(({ received }) => [...received.values()]);
    return { messages: ids.length, copies: ids.flat().length - ids.length };
  }

  stop(): Promise<void> {
    return this.#pool.stopAll();
  }

  #missingFrom(jid: string): string[] {
    const at = this.#members.findIndex((member) => member.jid === jid);
    const next = this.#members[(at + 1) % this.#members.length];
    const texts = this.#members[at]?.outbox.messages.map(({ text }) => text) ?? [];
    return texts.filter((text) => !next?.received.has(text));
  }
}
