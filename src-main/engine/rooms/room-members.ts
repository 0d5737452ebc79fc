import type { BareJid } from '../../../src-shared/jid.ts';
import { atMost } from '../../base/at-most.ts';
import type { Clock } from '../../base/clock.ts';
import { type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import type { Affiliation, Occupant } from '../../gateways/xmpp/xep-0045-muc.ts';
import { listAffiliated } from '../../gateways/xmpp/xep-0045-room-info.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Omemo } from '../omemo/omemo.ts';

interface RoomMembersDeps {
  account: Account;
  session: Session;
  room: BareJid;
  omemo: Omemo;
  /** Who is there now. */
  occupants: () => Iterable<Occupant>;
  clock: Clock;
}

const MEMBERS: readonly Affiliation[] = ['owner', 'admin', 'member'];
const FRESH_MS = 10 * 60 * 1_000;
/** Devices of that many members are looked for at a time. */
const AT_ONCE = 8;
/** Whoever cannot be reached by then is left out this time. */
const PATIENCE_MS = 10_000;

/** Who may read what is said in a room for members only: those on its lists, there or not, and those who are there. */
export function roomMembers({ account, session, room, omemo, occupants, clock }: RoomMembersDeps) {
  const listed = new Set<BareJid>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  /** What the room said while its lists were read: they may be older than that. */
  let news: Map<BareJid, Affiliation> | undefined;

  function apply(jid: BareJid, affiliation: Affiliation): void {
    if (MEMBERS.includes(affiliation)) listed.add(jid);
    else listed.delete(jid);
  }

  async function read(): Promise<void> {
    const found = new Set<BareJid>();
    const said = new Map<BareJid, Affiliation>();
    news = said;
    let isWhole = true;
    for (const affiliation of MEMBERS) {
      try {
        for (const jid of await listAffiliated(session, room, affiliation)) found.add(jid);
      } catch (error) {
        if (error instanceof SessionLost) return;
        // Not every room shows its lists to everybody (XEP-0045, 9.5): then those who are there have to do.
        if (!(error instanceof StanzaError)) throw error;
        isWhole = false;
      }
    }
    if (isWhole) listed.clear();
    for (const jid of found) listed.add(jid);
    for (const [jid, affiliation] of said) apply(jid, affiliation);
    readAt = clock.monotonic();
  }
  const refresh = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = undefined;
      news = undefined;
    });
    return reading;
  };

  /** A bot's account has no device but its own: another one under its name is not meant. */
  function all(): BareJid[] {
    const members = new Set(listed);
    for (const { jid } of occupants()) if (jid !== undefined) members.add(jid);
    if (account.botId !== undefined) members.delete(account.jid);
    return [...members];
  }

  return {
    all,
    refresh,
    /** Gets ready to encrypt for all of them, as far as that is possible in the time that anybody waits. */
    async prepare(): Promise<void> {
      if (clock.monotonic() - readAt > FRESH_MS) await atMost(clock, PATIENCE_MS, refresh());
      const waiting = all();
      const worker = async () => {
        for (let jid = waiting.pop(); jid !== undefined; jid = waiting.pop())
          await omemo.prepare(account, jid, { emptyFreshMs: FRESH_MS });
      };
      await atMost(
        clock,
        PATIENCE_MS,
        Promise.all(Array.from({ length: AT_ONCE }, worker)).then(() => undefined),
      );
    },
    /** The room says that somebody is something else to it now. */
    note(jid: BareJid, affiliation: Affiliation): void {
      news?.set(jid, affiliation);
      apply(jid, affiliation);
    },
  };
}
export type RoomMembers = ReturnType<typeof roomMembers>;
