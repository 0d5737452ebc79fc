import type { BareJid } from '../../../src-shared/jid.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { Scope } from '../../base/scope.ts';
import type { Element } from '../../gateways/xmpp/element.ts';
import type { Departure, JoinedRoom, RoomEvents } from '../../gateways/xmpp/xep-0045-joined-room.ts';
import { type Occupant, readSubject } from '../../gateways/xmpp/xep-0045-muc.ts';
import { discoverRoom, type RoomInfo } from '../../gateways/xmpp/xep-0045-room-info.ts';
import { selfPing } from '../../gateways/xmpp/xep-0410-self-ping.ts';
import type { OutReason, Room } from '../../store/room-repository.ts';
import { startOutboxRunner } from '../messages/outbox-runner.ts';
import { enterRoom } from './enter-room.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import { type RoomView, readRoomStanza } from './read-room-message.ts';
import { roomBacklog } from './room-backlog.ts';
import { roomCatchUp } from './room-catch-up.ts';
import { type RoomMembers, roomMembers } from './room-members.ts';
import { roomPeople } from './room-people.ts';
import { silenceWatch } from './silence-watch.ts';
import { isPassing, isSessionLost, whyNot } from './why-not.ts';

/** `away`: about to come back, as soon as the account is online and the room can be reached. */
export type LiveState = 'away' | 'joining' | 'joined';

/** A message that came while it was not known yet what the room is, or while its archive was read. */
interface Held {
  stanza: Element;
  receivedAt: number;
  view: RoomView;
}

const RETRY = { baseMs: 2_000, capMs: 5 * 60 * 1_000 };
/** A ghost of ours may still have the nickname for a while. */
const NICK_KEPT_FOR = 3;
/** Clocks differ: what the room tells twice is known by its name. */
const HISTORY_MARGIN_MS = 60_000;
const LEAVE_TIMEOUT_MS = 10_000;

/** Departures after which a room is tried again. */
const PASSING: ReadonlySet<Departure> = new Set<Departure>(['left', 'shutdown', 'dropped']);

/**
 * One room of an account while it has that session: it is entered, found again after every kind of loss, and what comes
 * from it is handed on in order.
 */
export function liveRoom(initial: Room, deps: LiveRoomDeps) {
  const { account, session, store, rooms, intake, outbox, omemo, events, clock, logger, onOut } = deps;
  const { jid } = initial;
  const scope = new Scope();
  const catchUp = roomCatchUp({ session, room: jid, clock, logger });
  let room = initial;
  let state: LiveState = 'away';
  let joined: JoinedRoom | undefined;
  let info: RoomInfo | undefined;
  let lane: Scope | undefined;
  let problem: string | undefined;
  let failures = 0;
  let isLeaving = false;
  /** After entering the room tells its subject: that is no news. */
  let wasToldSubject = false;
  let isRetryPlanned = false;
  /** Whether it is known what the room is: before, nobody knows who there could read what is said. */
  let isKnown = false;
  let unreached: readonly BareJid[] = [];
  const people = roomPeople();
  const members: RoomMembers = roomMembers({
    account,
    session,
    room: jid,
    omemo,
    occupants: people.all,
    clock,
  });

  const isPrivate = () => room.isPrivate;
  const report = (error: unknown, what = 'a room could not be followed') => {
    if (isSessionLost(error)) return;
    logger.warn({ err: error, account: account.jid, room: jid }, what);
  };
  const announce = () => events.emit('room.changed', { accountId: account.id, room: jid });

  /** What is known of the room at this moment, for one sender. */
  function viewFor(nick: string): RoomView {
    const occupant = people.of(nick);
    const person = people.personOf(nick);
    return {
      room: jid,
      nick: joined?.nickname ?? room.nick,
      account: account.jid,
      occupants: occupant ? new Map([[nick, occupant]]) : new Map(),
      personOf: () => person,
      hasStanzaIds: info?.hasStanzaIds === true,
      hasOccupantIds: info?.hasOccupantIds === true,
    };
  }

  const roomEvents = (of: JoinedRoom): RoomEvents => ({
    onOccupant({ occupant, isAvailable }) {
      if (of !== joined) return;
      silence.heard();
      const { jid: address, affiliation } = occupant;
      const isNew = people.note(occupant, isAvailable);
      if (address === undefined) return;
      members.note(address, affiliation);
      // Maybe with a device that nobody here has heard of: rooms announce no lists.
      if (isNew && state === 'joined' && isPrivate() && account.hasOmemo)
        omemo.lookAgain(account, address).catch(report);
    },
    onConfigured() {
      if (of === joined && state === 'joined') lookAgain();
    },
    onDeparture({ why, reason }) {
      if (of !== joined) return;
      departed(why, reason);
    },
  });

  function departed(why: Departure, text: string | undefined): void {
    reset();
    announce();
    if (isLeaving || why === 'session-lost') return;
    if (PASSING.has(why)) planReturn();
    else onOut(jid, { nick: room.nick, reason: why as OutReason, text }).catch(report);
  }

  /** Out, as far as this session knows. */
  function reset(): void {
    lane?.close().catch(report);
    lane = undefined;
    joined = undefined;
    state = 'away';
    people.clear();
    backlog.end().catch(report);
  }

  const takeNow = ({ stanza, receivedAt, view }: Held): Promise<void> => {
    const known = {
      ...view,
      hasStanzaIds: info?.hasStanzaIds === true,
      hasOccupantIds: info?.hasOccupantIds === true,
    };
    const from = readRoomStanza(stanza, known, { receivedAt });
    // Some rooms tell their past, asked or not: it was said before anybody listened.
    if (from.isOld && from.sentAt < room.joinedAt) return Promise.resolve();
    return intake.take(from, known);
  };

  const backlog = roomBacklog(takeNow);

  /** What the room is now: it may have become one that can be encrypted, or no longer be one. */
  async function look(): Promise<void> {
    const found = await discoverRoom(session, jid);
    info = found;
    await noteInfo(found);
  }

  /** It says that it has changed: until it is known into what, nothing is said there. */
  function lookAgain(): void {
    isKnown = false;
    look().then(
      () => {
        isKnown = true;
      },
      (error: unknown) => {
        report(error);
        clock.after(scope, RETRY.baseMs, () => state === 'joined' && lookAgain());
      },
    );
  }

  async function noteInfo({ isMembersOnly, isNonAnonymous, hasArchive }: RoomInfo): Promise<void> {
    const news = { isPrivate: isMembersOnly && isNonAnonymous, hasArchive };
    if (room.isPrivate && !news.isPrivate && account.botId !== undefined) return withdraw();
    room = { ...room, ...news };
    await store.write((tx) => rooms.noteInfo(tx, account.id, jid, news));
    announce();
  }

  /**
   * What was said there was encrypted, and what would be said now could not be. A room decides that by itself: nothing goes
   * out in clear until somebody has asked to join the room as it is now.
   */
  async function withdraw(): Promise<void> {
    await lane?.close();
    isLeaving = true;
    try {
      if (session.state === 'online') await joined?.leave(LEAVE_TIMEOUT_MS);
    } catch (error) {
      report(error, 'a room did not say that it was left');
    } finally {
      isLeaving = false;
    }
    joined?.forget();
    reset();
    await onOut(jid, { nick: room.nick, reason: 'opened', text: undefined });
  }

  async function enter(nick: string, password: string | undefined, mayFindNick: boolean): Promise<void> {
    state = 'joining';
    const since = wasKnown() && !room.hasArchive ? room.position?.atMs : undefined;
    const historySinceMs = since === undefined ? undefined : since - HISTORY_MARGIN_MS;
    let own: JoinedRoom | undefined;
    try {
      const entered = await enterRoom(
        {
          session,
          clock,
          events: roomEvents,
          onTry(trying) {
            own = trying;
            joined = trying;
            backlog.begin();
            wasToldSubject = false;
            people.clear();
          },
        },
        { room: jid, nick, password, mayFindNick, historySinceMs },
      );
      // It was kicked out while it was asking what the room is.
      if (joined !== entered.joined || !entered.joined.isJoined) throw new Error('the room was left again');
      info = entered.info;
      state = 'joined';
      isKnown = true;
      problem = undefined;
      failures = 0;
      silence.heard();
    } catch (error) {
      if (own === joined) reset();
      throw error;
    }
  }

  const wasKnown = () => room.position !== undefined;

  /** From here on what comes is told. Where that fails, the room is entered anew, and read from where it was followed to. */
  async function follow(isFirst: boolean): Promise<void> {
    const own = joined;
    try {
      await followNow(isFirst);
    } catch (error) {
      if (joined !== own || scope.isClosed) return;
      report(error);
      // The archive tells it again; handed on now, it would hide what is missing before it.
      if (info?.hasArchive) backlog.drop();
      own?.forget();
      reset();
      failures += 1;
      planReturn();
    }
  }

  /** First what was missed, then what has come meanwhile, then the next. */
  async function followNow(isFirst: boolean): Promise<void> {
    const own = joined;
    const isCurrent = () => joined === own && own !== undefined && !scope.isClosed;
    if (!info) return;
    await noteInfo(info);
    if (!isCurrent()) return;
    if (isPrivate() && account.hasOmemo)
      members
        .refresh()
        .then(() => members.prepare())
        .catch(report);
    if (info.hasArchive) {
      if (isFirst) {
        const archiveId = await catchUp.newest();
        const position = { archiveId, atMs: clock.now() };
        if (isCurrent()) await store.write((tx) => rooms.notePosition(tx, account.id, jid, position));
      } else if (room.position) {
        await catchUp.read(
          room.position,
          ({ message, stampMs, archiveId }) => {
            const view = viewFor('');
            const receivedAt = clock.now();
            return intake.take(readRoomStanza(message, view, { receivedAt, stampMs, archiveId }), view);
          },
          isCurrent,
        );
      }
    }
    await backlog.drain(isCurrent);
    if (!isCurrent()) return;
    lane = startOutboxRunner({
      accountId: account.id,
      session,
      outbox,
      store,
      events,
      clock,
      logger,
      room: jid,
    });
    announce();
  }

  function planReturn(): void {
    if (isRetryPlanned || scope.isClosed) return;
    isRetryPlanned = true;
    const waitMs = fullJitterMs(failures, RETRY);
    clock.after(scope, waitMs, () => {
      isRetryPlanned = false;
      back().catch(report);
    });
  }

  /** Comes back into the room, if the account is not there. */
  async function back(): Promise<void> {
    if (state !== 'away' || scope.isClosed || isLeaving || session.state !== 'online') return;
    const known = await rooms.find(account.id, jid);
    if (!known || known.out || state !== 'away') return;
    room = { ...known, isPrivate: known.isPrivate ?? room.isPrivate };
    const { nick, password } = room;
    try {
      await enter(nick, password, failures >= NICK_KEPT_FOR);
    } catch (error) {
      if (isSessionLost(error) || session.state !== 'online' || scope.isClosed || isLeaving) return;
      const refusal = whyNot(error, {
        room: jid,
        jid: account.jid,
        nick,
        hasPassword: password !== undefined,
      });
      failures += 1;
      problem = refusal.message;
      logger.info({ account: account.jid, room: jid, reason: refusal.code }, 'a room could not be entered');
      announce();
      if (isPassing(refusal)) planReturn();
      else await onOut(jid, { nick, reason: 'refused', text: refusal.message });
      return;
    }
    await follow(false);
  }

  /** Asks the room whether it still has us (XEP-0410). */
  async function check(): Promise<void> {
    const own = joined;
    if (state !== 'joined' || !own || !own.isJoined) return;
    silence.heard();
    if ((await selfPing(session, { room: jid, nickname: own.nickname })) !== 'outside') return;
    if (own !== joined || state !== 'joined') return;
    logger.info({ account: account.jid, room: jid }, 'a room has lost us');
    own.forget();
    reset();
    await back();
  }

  const silence = silenceWatch(clock, scope, () => check().catch(report));

  return {
    jid,
    get row(): Room {
      return room;
    },
    get state(): LiveState {
      return session.state === 'online' ? state : 'away';
    },
    /** Ours, as the room has it. */
    get nick(): string {
      return joined?.nickname ?? room.nick;
    },
    get subject(): string | undefined {
      return joined?.subject;
    },
    get name(): string | undefined {
      return info?.name;
    },
    get problem(): string | undefined {
      return problem;
    },
    get occupants(): readonly Occupant[] {
      return people.all();
    },
    /** Members whom the last message could not be encrypted for. */
    get unreached(): readonly BareJid[] {
      return unreached;
    },
    /** For members only, who see each other's addresses; undefined until that is known in this run. */
    get isPrivate(): boolean | undefined {
      return isKnown ? room.isPrivate : undefined;
    },
    members,
    noteReached(reached: ReadonlySet<BareJid>): void {
      unreached = members.all().filter((one) => one !== account.jid && !reached.has(one));
      if (unreached.length > 0)
        logger.info(
          { account: account.jid, room: jid, members: unreached.length },
          'some members of a room have no device that a message could be encrypted for',
        );
    },

    /** Enters for the first time, or anew. Rejects as the room does. What comes is held until `follow`. */
    async come(request: { nick: string; password: string | undefined; mayFindNick: boolean }): Promise<void> {
      await enter(request.nick, request.password, request.mayFindNick);
      const isOpen = info?.isMembersOnly === true && info.isNonAnonymous;
      room = { ...room, nick: request.nick, password: request.password, isPrivate: isOpen };
    },
    /** It is stored that the account is there. */
    follow: ({ isFirst }: { isFirst: boolean }): void => void follow(isFirst).catch(report),
    back,
    check: (): void => void check().catch(report),
    async rename(nick: string): Promise<void> {
      await joined?.rename(nick);
      room = { ...room, nick };
    },

    /** Leaves; resolves when the room has said so, or does not answer. */
    async leave(): Promise<void> {
      isLeaving = true;
      try {
        if (session.state === 'online') await joined?.leave(LEAVE_TIMEOUT_MS);
      } catch (error) {
        report(error, 'a room did not say that it was left');
        joined?.forget();
      } finally {
        isLeaving = false;
      }
    },

    /** The session is there, as before (`isResumed`) or anew: then the account is in no room. */
    async began(isResumed: boolean): Promise<void> {
      if (isResumed && state !== 'away') return check();
      if (!isResumed) reset();
      await back();
    },

    /** A message of the room; resolves when it is stored, or held until what was missed is. */
    async take(stanza: Element): Promise<void> {
      silence.heard();
      const isFirstSubject = !wasToldSubject && readSubject(stanza) !== undefined;
      wasToldSubject ||= isFirstSubject;
      if (isFirstSubject) return;
      const address = String(stanza.attrs.from ?? '');
      const nick = address.includes('/') ? address.slice(address.indexOf('/') + 1) : '';
      const one: Held = { stanza, receivedAt: clock.now(), view: viewFor(nick) };
      if (!backlog.add(one) && joined) await takeNow(one);
    },
    async close(): Promise<void> {
      await scope.close();
      await lane?.close();
      joined?.forget();
    },
  };
}
export type LiveRoom = ReturnType<typeof liveRoom>;
