import type { BareJid } from '../../../src-shared/jid.ts';
import { Scope } from '../../base/scope.ts';
import type { Element } from '../../gateways/xmpp/element.ts';
import type { Departure, JoinedRoom, RoomEvents } from '../../gateways/xmpp/xep-0045-joined-room.ts';
import type { Occupant } from '../../gateways/xmpp/xep-0045-muc.ts';
import { selfPing } from '../../gateways/xmpp/xep-0410-self-ping.ts';
import type { OutReason, Room } from '../../store/room-repository.ts';
import { enterRoom } from './enter-room.ts';
import { followRoom } from './follow-room.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import { roomLane } from './room-lane.ts';
import { type RoomMembers, roomMembers } from './room-members.ts';
import { isPrivateOf, roomNature } from './room-nature.ts';
import { type LiveState, roomNow } from './room-now.ts';
import { roomPeople } from './room-people.ts';
import { roomReading } from './room-reading.ts';
import { roomReturn } from './room-return.ts';
import { silenceWatch } from './silence-watch.ts';
import { isSessionLost } from './why-not.ts';

/** Clocks differ: what the room tells twice is known by its name. */
const HISTORY_MARGIN_MS = 60_000;
export const LEAVE_TIMEOUT_MS = 10_000;

/** Departures after which a room is tried again. */
const PASSING: ReadonlySet<Departure> = new Set<Departure>(['left', 'shutdown', 'dropped']);

/**
 * One room of an account while it has that session: it is entered, found again after every kind of loss, and what comes
 * from it is handed on in order.
 */
export function liveRoom(initial: Room, deps: LiveRoomDeps) {
  const { account, session, omemo, events, clock, logger, onOut } = deps;
  const { jid } = initial;
  const scope = new Scope();
  const now = roomNow(initial);
  const people = roomPeople();
  const members: RoomMembers = roomMembers({
    account,
    session,
    room: jid,
    omemo,
    occupants: people.all,
    clock,
  });
  const reading = roomReading(deps, now, people);
  const lane = roomLane(deps, now);
  const report = (error: unknown, what = 'a room could not be followed') => {
    if (isSessionLost(error)) return;
    logger.warn({ err: error, account: account.jid, room: jid }, what);
  };
  const announce = () => events.emit('room.changed', { accountId: account.id, room: jid });
  const nature = roomNature({ ...deps, scope, lane, leave: leaveNow, reset, announce, report }, now);
  const followNow = followRoom(
    {
      ...deps,
      members,
      reading,
      lane,
      noteInfo: async () => now.info && nature.note(now.info),
      isClosed: () => scope.isClosed,
      report,
    },
    now,
  );
  const enter = (...how: Parameters<typeof enterNow>): Promise<void> => {
    const done = enterNow(...how);
    entering = done.catch(() => undefined);
    return done;
  };
  const way = roomReturn({ ...deps, scope, enter, follow: () => follow(false), announce, report }, now);
  /** Coming in, at the moment; settles when that has succeeded or not. */
  let entering: Promise<unknown> = Promise.resolve();

  const roomEvents = (of: JoinedRoom): RoomEvents => ({
    onOccupant({ occupant, isAvailable }) {
      if (of !== now.joined) return;
      silence.heard();
      const { jid: address, affiliation } = occupant;
      const isNew = people.note(occupant, isAvailable);
      if (address === undefined) return;
      members.note(address, affiliation);
      // Maybe with a device that nobody here has heard of: rooms announce no lists.
      if (isNew && now.state === 'joined' && now.row.isPrivate && account.hasOmemo)
        omemo.lookAgain(account, address).catch(report);
    },
    onConfigured() {
      if (of === now.joined && now.state === 'joined') nature.lookAgain();
    },
    onDeparture({ why, reason }) {
      if (of === now.joined) departed(why, reason);
    },
  });

  function departed(why: Departure, text: string | undefined): void {
    reset();
    announce();
    if (now.isLeaving || why === 'session-lost') return;
    if (PASSING.has(why)) way.plan();
    else onOut(jid, { nick: now.row.nick, reason: why as OutReason, text }).catch(report);
  }

  /** Out, as far as this session knows. */
  function reset(): void {
    lane.close().catch(report);
    now.joined = undefined;
    now.state = 'away';
    now.isFollowed = false;
    people.clear();
    reading.end().catch(report);
  }

  /** Rejects when the room does not say so in time; the account is out as far as this session knows. */
  async function leaveNow(): Promise<void> {
    try {
      if (session.state === 'online') await now.joined?.leave(LEAVE_TIMEOUT_MS);
    } finally {
      now.joined?.forget();
    }
  }

  async function enterNow(nick: string, password: string | undefined, mayFindNick: boolean): Promise<void> {
    now.state = 'joining';
    const { position, hasArchive } = now.row;
    const historySinceMs =
      position === undefined || hasArchive ? undefined : position.atMs - HISTORY_MARGIN_MS;
    let own: JoinedRoom | undefined;
    try {
      const entered = await enterRoom(
        {
          session,
          clock,
          events: roomEvents,
          onTry(trying) {
            if (now.isLeaving || scope.isClosed) throw new Error('nobody wants to be there any more');
            own = trying;
            now.joined = trying;
            reading.begin();
            people.clear();
          },
        },
        { room: jid, nick, password, mayFindNick, historySinceMs },
      );
      // It was kicked out while it was asking what the room is.
      if (now.joined !== entered.joined || !entered.joined.isJoined)
        throw new Error('the room was left again');
      now.info = entered.info;
      now.state = 'joined';
      now.problem = undefined;
      now.failures = 0;
      silence.heard();
    } catch (error) {
      if (own === now.joined) reset();
      throw error;
    }
  }

  /** From here on what comes is told. Where that fails, the room is entered anew, and read from where it was followed to. */
  async function follow(isFirst: boolean): Promise<void> {
    const own = now.joined;
    try {
      await followNow(isFirst);
    } catch (error) {
      if (now.joined !== own || scope.isClosed) return;
      report(error);
      // The archive tells it again; handed on now, it would hide what is missing before it.
      if (now.info?.hasArchive) reading.drop();
      own?.forget();
      reset();
      now.failures += 1;
      way.plan();
    }
  }

  /** Asks the room whether it still has us (XEP-0410). */
  async function check(): Promise<void> {
    const own = now.joined;
    if (now.state !== 'joined' || !own || !own.isJoined) return;
    silence.heard();
    if ((await selfPing(session, { room: jid, nickname: own.nickname })) !== 'outside') return;
    if (own !== now.joined || now.state !== 'joined') return;
    logger.info({ account: account.jid, room: jid }, 'a room has lost us');
    own.forget();
    reset();
    await way.back();
  }

  const silence = silenceWatch(clock, scope, () => check().catch(report));

  return {
    jid,
    get row(): Room {
      return now.row;
    },
    get state(): LiveState {
      return session.state === 'online' ? now.state : 'away';
    },
    /** Ours, as the room has it. */
    get nick(): string {
      return now.joined?.nickname ?? now.row.nick;
    },
    get subject(): string | undefined {
      return now.joined?.subject;
    },
    get name(): string | undefined {
      return now.info?.name;
    },
    get problem(): string | undefined {
      return now.problem;
    },
    get occupants(): readonly Occupant[] {
      return people.all();
    },
    get unreached(): readonly BareJid[] {
      return now.unreached;
    },
    /** For members only, who see each other's addresses; undefined until that is known in this run. */
    get isPrivate(): boolean | undefined {
      return now.isKnown ? now.row.isPrivate : undefined;
    },
    members,
    noteReached(reached: ReadonlySet<BareJid>): void {
      now.unreached = members.all().filter((one) => one !== account.jid && !reached.has(one));
      if (now.unreached.length > 0)
        logger.info(
          { account: account.jid, room: jid, members: now.unreached.length },
          'some members of a room have no device that a message could be encrypted for',
        );
    },

    /** Enters for the first time, or anew. Rejects as the room does. What comes is held until `follow`. */
    async come(request: { nick: string; password: string | undefined; mayFindNick: boolean }): Promise<void> {
      await enter(request.nick, request.password, request.mayFindNick);
      const isPrivate = now.info !== undefined && isPrivateOf(now.info);
      const hasArchive = now.info?.hasArchive === true;
      now.row = { ...now.row, nick: request.nick, password: request.password, isPrivate, hasArchive };
      now.isKnown = true;
    },
    /** Resolves when an attempt to enter that is under way has ended. */
    entered: (): Promise<unknown> => entering,
    /** It is stored that the account is there. */
    follow: ({ isFirst }: { isFirst: boolean }): void => void follow(isFirst).catch(report),
    back: way.back,
    check: (): void => void check().catch(report),
    async rename(nick: string): Promise<void> {
      await now.joined?.rename(nick);
      now.row = { ...now.row, nick };
    },

    /** Leaves for good, also while it is entering. False where the room has not confirmed that in time. */
    async leave(): Promise<boolean> {
      now.isLeaving = true;
      try {
        await leaveNow();
        return true;
      } catch (error) {
        report(error, 'a room did not say that it was left');
        return isSessionLost(error);
      }
    },

    /** The session is there, as before (`isResumed`) or anew: then the account is in no room. */
    async began(isResumed: boolean): Promise<void> {
      if (isResumed && now.state !== 'away') return check();
      if (!isResumed) reset();
      await way.back();
    },

    /** A message of the room; resolves when it is stored, or held until what was missed is. */
    take(stanza: Element): Promise<void> {
      silence.heard();
      return reading.take(stanza);
    },
    async close(): Promise<void> {
      now.isLeaving = true;
      await scope.close();
      await lane.close();
      now.joined?.forget();
    },
  };
}
export type LiveRoom = ReturnType<typeof liveRoom>;
