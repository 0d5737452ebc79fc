import type { BareJid } from '../../../src-shared/jid.ts';
import type { JoinedRoom } from '../../gateways/xmpp/xep-0045-joined-room.ts';
import type { RoomInfo } from '../../gateways/xmpp/xep-0045-room-info.ts';
import type { Room } from '../../store/room-repository.ts';

/** `away`: about to come back, as soon as the account is online and the room can be reached. */
export type LiveState = 'away' | 'joining' | 'joined';

/** What is known at this moment of a room that an account has a session for; its parts change it together. */
export interface RoomNow {
  row: Room;
  state: LiveState;
  joined: JoinedRoom | undefined;
  info: RoomInfo | undefined;
  /** Whether it is known what the room is: before, nobody knows who there could read what is said. */
  isKnown: boolean;
  /** What has come from it is handed on up to now, so what is to be said may go out. */
  isFollowed: boolean;
  /** What keeps the account from coming back. */
  problem: string | undefined;
  /** Attempts to come back, or to follow, that failed in a row. */
  failures: number;
  /** Somebody wants it to be out, and then it is over. */
  isLeaving: boolean;
  /** Members whom the last message could not be encrypted for. */
  unreached: readonly BareJid[];
}

export const roomNow = (row: Room): RoomNow => ({
  row,
  state: 'away',
  joined: undefined,
  info: undefined,
  isKnown: false,
  isFollowed: false,
  problem: undefined,
  failures: 0,
  isLeaving: false,
  unreached: [],
});
