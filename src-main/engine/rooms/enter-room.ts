import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { type Session, StanzaError } from '../../gateways/xmpp/session.ts';
import { JoinedRoom, type RoomEvents } from '../../gateways/xmpp/xep-0045-joined-room.ts';
import { configureRoom } from '../../gateways/xmpp/xep-0045-muc.ts';
import { discoverRoom, type RoomInfo } from '../../gateways/xmpp/xep-0045-room-info.ts';

export interface EnterRequest {
  room: BareJid;
  nick: string;
  password: string | undefined;
  /** Where the nickname is somebody else's, another one with a number is as good. */
  mayFindNick: boolean;
  /** What was said since then is told by the room, Unix milliseconds; nothing without it. */
  historySinceMs: number | undefined;
}

interface EnterDeps {
  session: Session;
  clock: Clock;
  events: (room: JoinedRoom) => RoomEvents;
  /** Called with each room object before it asks to enter: what comes from the room from then on is for that one. */
  onTry: (room: JoinedRoom) => void;
}

const ENTER_TIMEOUT_MS = 20_000;
const NICKS_TRIED = 9;
const HISTORY_MESSAGES = 500;

/** Enters and finds out what the room is. Rejects as the room does; nothing is left of the attempt then. */
export async function enterRoom(
  deps: EnterDeps,
  request: EnterRequest,
): Promise<{ joined: JoinedRoom; info: RoomInfo }> {
  const { session } = deps;
  const joined = await enterUnderSomeNick(deps, request);
  try {
    // One that was made by this is locked until somebody says how it shall be: as the server suggests (10.1.2).
    if (joined.isNew) await configureRoom(session, { room: request.room });
    return { joined, info: await discoverRoom(session, request.room) };
  } catch (error) {
    await joined.leave().catch(() => joined.forget());
    throw error;
  }
}

async function enterUnderSomeNick(deps: EnterDeps, request: EnterRequest): Promise<JoinedRoom> {
  const { session, clock, events, onTry } = deps;
  const { room, nick, password, mayFindNick, historySinceMs } = request;
  for (let number = 1; ; number += 1) {
    const nickname = number === 1 ? nick : `${nick}_${number}`;
    // The events are only asked for below, when there is somebody to tell them of.
    const joined: JoinedRoom = new JoinedRoom(
      session,
      clock,
      { room, nickname },
      lateEvents(() => events(joined)),
    );
    onTry(joined);
    try {
      await joined.enter(
        {
          room,
          nickname,
          ...(password !== undefined && { password }),
          ...(historySinceMs !== undefined && { historySinceMs, historyMessages: HISTORY_MESSAGES }),
        },
        ENTER_TIMEOUT_MS,
      );
      return joined;
    } catch (error) {
      const isTaken = error instanceof StanzaError && error.condition === 'conflict';
      if (!isTaken || !mayFindNick || number === NICKS_TRIED) throw error;
    }
  }
}

const lateEvents = (events: () => RoomEvents): RoomEvents => ({
  onOccupant: (event) => events().onOccupant?.(event),
  onSubject: (subject) => events().onSubject?.(subject),
  onConfigured: () => events().onConfigured?.(),
  onDeparture: (event) => events().onDeparture?.(event),
});
