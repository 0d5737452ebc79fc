import type { BareJid } from '../../../src-shared/jid.ts';
import { atMost } from '../../base/at-most.ts';
import type { Clock } from '../../base/clock.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import { findServerServices, type ServerServices } from '../../gateways/xmpp/xep-0030-services.ts';

interface ServerOffersDeps {
  sessionOf: (jid: BareJid) => Session | undefined;
  clock: Clock;
}

/** A server may get a service, or another limit, while we are connected. */
const KNOWN_MS = 10 * 60 * 1_000;
/** Who shows a page does not wait longer for a server that does not answer. */
const ASKED_MS = 2_000;

/** What the servers of accounts offer to their bots: places for files, and rooms. Asked when somebody wants to know. */
export function serverOffers({ sessionOf, clock }: ServerOffersDeps) {
  const known = new WeakMap<Session, { services: ServerServices; untilMs: number }>();
  const asking = new WeakMap<Session, Promise<void>>();

  async function ask(session: Session): Promise<void> {
    try {
      const services = await findServerServices(session);
      known.set(session, { services, untilMs: clock.monotonic() + KNOWN_MS });
    } catch {
      // It is asked again when somebody wants to know again.
    } finally {
      asking.delete(session);
    }
  }

  return {
    /** Undefined while the account is not online, and where its server does not answer in time. */
    async of(jid: BareJid): Promise<ServerServices | undefined> {
      const session = sessionOf(jid);
      if (session?.state !== 'online') return undefined;
      const found = known.get(session);
      if (found && clock.monotonic() < found.untilMs) return found.services;
      const asked = asking.get(session) ?? ask(session);
      asking.set(session, asked);
      await atMost(clock, ASKED_MS, asked);
      return known.get(session)?.services;
    },
  };
}
export type ServerOffers = ReturnType<typeof serverOffers>;
