import type { LiveRoomDeps } from './live-room-deps.ts';
import { roomCatchUp } from './room-catch-up.ts';
import type { RoomLane } from './room-lane.ts';
import type { RoomMembers } from './room-members.ts';
import type { RoomNow } from './room-now.ts';
import type { RoomReading } from './room-reading.ts';

interface FollowDeps extends LiveRoomDeps {
  members: RoomMembers;
  reading: RoomReading;
  lane: RoomLane;
  /** Stores what the room is; it may turn out to be one that the account leaves again. */
  noteInfo: () => Promise<void>;
  isClosed: () => boolean;
  report: (error: unknown) => void;
}

/**
 * What follows when an account has come into a room: what was missed is handed on, then what has come meanwhile, then the
 * next; and what is to be said there may go out.
 */
export function followRoom(deps: FollowDeps, now: RoomNow) {
  const { account, session, store, rooms, clock, logger, members, reading, lane } = deps;
  const { jid } = now.row;
  const catchUp = roomCatchUp({ session, room: jid, clock, logger });

  /** Begins at what the archive has now, or reads what has come since. */
  async function readArchive(isFirst: boolean, isCurrent: () => boolean): Promise<void> {
    if (isFirst) {
      const archiveId = await catchUp.newest();
      const position = { archiveId, atMs: clock.now() };
      if (isCurrent()) await store.write((tx) => rooms.notePosition(tx, account.id, jid, position));
    } else if (now.row.position) {
      await catchUp.read(now.row.position, reading.takeArchived, isCurrent);
    }
  }

  /** Resolves when the room is followed, or left meanwhile. Rejects where that failed: then it has to be entered anew. */
  return async (isFirst: boolean): Promise<void> => {
    const own = now.joined;
    const isCurrent = () => now.joined === own && own !== undefined && !deps.isClosed();
    if (!now.info) return;
    await deps.noteInfo();
    if (!isCurrent()) return;
    if (now.row.isPrivate && account.hasOmemo)
      members
        .refresh()
        .then(() => members.prepare())
        .catch(deps.report);
    if (now.info.hasArchive) await readArchive(isFirst, isCurrent);
    await reading.drain(isCurrent);
    if (!isCurrent()) return;
    now.isFollowed = true;
    await lane.open();
  };
}
