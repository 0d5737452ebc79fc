import type { Scope } from '../../base/scope.ts';
import { discoverRoom, type RoomInfo } from '../../gateways/xmpp/xep-0045-room-info.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import type { RoomLane } from './room-lane.ts';
import type { RoomNow } from './room-now.ts';

interface NatureDeps extends LiveRoomDeps {
  scope: Scope;
  lane: RoomLane;
  /** Rejects when the room does not say in time that it was left. */
  leave: () => Promise<void>;
  /** Out, as far as this session knows. */
  reset: () => void;
  announce: () => void;
  report: (error: unknown, what?: string) => void;
}

const LOOK_AGAIN_AFTER_MS = 2_000;

/** For members only, who see each other's addresses: such a room can be encrypted. */
export const isPrivateOf = ({ isMembersOnly, isNonAnonymous }: RoomInfo): boolean =>
  isMembersOnly && isNonAnonymous;

/** Keeps what a room is, which decides whether something is said there in clear, encrypted or not at all. */
export function roomNature(deps: NatureDeps, now: RoomNow) {
  const { account, session, store, rooms, conversations, clock, onOut, scope, lane, report } = deps;
  const { jid } = now.row;
  /** Only what the last look found counts. */
  let looks = 0;

  /** It says that it has changed: until it is known into what, nothing is said there. */
  function lookAgain(): void {
    looks += 1;
    const look = looks;
    const of = now.joined;
    const isCurrent = () => look === looks && of === now.joined && now.state === 'joined';
    now.isKnown = false;
    (async () => {
      await lane.close();
      const found = await discoverRoom(session, jid);
      if (!isCurrent()) return;
      now.info = found;
      await note(found);
      if (isCurrent()) await lane.open();
    })().catch((error: unknown) => {
      report(error);
      clock.after(scope, LOOK_AGAIN_AFTER_MS, () => isCurrent() && lookAgain());
    });
  }

  /** Stores what it is; leaves it where it has become one that nobody here has asked to speak in. */
  async function note(found: RoomInfo): Promise<void> {
    const news = { isPrivate: isPrivateOf(found), hasArchive: found.hasArchive };
    if (now.row.isPrivate && !news.isPrivate && conversations.isSecret(account, jid)) return withdraw();
    now.row = { ...now.row, ...news };
    now.isKnown = true;
    await store.write((tx) => rooms.noteInfo(tx, account.id, jid, news));
    deps.announce();
  }

  /**
   * What was said there was encrypted, and what would be said now could not be. A room decides that by itself: nothing goes
   * out in clear until somebody has asked to join the room as it is now.
   */
  async function withdraw(): Promise<void> {
    await lane.close();
    now.isLeaving = true;
    try {
      await deps.leave();
    } catch (error) {
      report(error, 'a room did not say that it was left');
    }
    deps.reset();
    await onOut(jid, { nick: now.row.nick, reason: 'opened', text: undefined });
  }

  return { lookAgain, note };
}
