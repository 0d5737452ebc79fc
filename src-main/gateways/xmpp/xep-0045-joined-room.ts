import { randomUUID } from 'node:crypto';
import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import { attribute, child, childElements, type Element, isElement, stanzaError } from './element.ts';
import { RequestTimeout, type Session, SessionLost, StanzaError } from './session.ts';
import {
  joinPresence,
  leavePresence,
  NS_MUC_USER,
  type Occupant,
  type RoomPresence,
  readRoomPresence,
  readSubject,
  renamePresence,
  STATUS,
  subjectMessage,
} from './xep-0045-muc.ts';

type RoomSession = Pick<Session, 'send' | 'watchMessages' | 'onPresence' | 'onReady'>;

export interface JoinRequest {
  room: BareJid;
  nickname: string;
  password?: string;
  /** How much of the past the room tells at once; none, unless this says otherwise. */
  historyMessages?: number;
  /** Only what was said from then on, Unix milliseconds. */
  historySinceMs?: number;
  timeoutMs?: number;
}

/** Why we are no longer in the room; `dropped`: for a connection that the room took for broken. */
export type Departure =
  | 'left'
  | 'kicked'
  | 'banned'
  | 'removed'
  | 'destroyed'
  | 'shutdown'
  | 'dropped'
  | 'session-lost';

export interface RoomEvents {
  onOccupant?(event: { occupant: Occupant; isAvailable: boolean; isSelf: boolean }): void;
  onSubject?(subject: string): void;
  /** What the room is, or may be asked, has changed. */
  onConfigured?(): void;
  /** Once. Whoever wants to be in the room joins again. */
  onDeparture?(event: { why: Departure; reason: string | undefined }): void;
}

const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Enters a room (XEP-0045, 7.2) and resolves when the room has shown us ourselves (status 110): all others were shown
 * before. Rejects with the StanzaError of the room: `conflict` somebody else has the nickname, `not-authorized` the
 * password is missing or wrong, `registration-required` members only, `forbidden` banned, `item-not-found` locked or
 * not there, `service-unavailable` full. A room that did not exist is made by this and may be locked until
 * `configureRoom` (`isNew`).
 */
export async function joinRoom(
  { session, clock }: { session: RoomSession; clock: Clock },
  { timeoutMs = ANSWER_TIMEOUT_MS, ...request }: JoinRequest,
  events: RoomEvents = {},
): Promise<JoinedRoom> {
  const room = new JoinedRoom(session, clock, request, events);
  await room.enter(request, timeoutMs);
  return room;
}

/** Leaves (XEP-0045, 7.14) and resolves when the room has said so; a room that was left before is fine. */
export const leaveRoom = (room: JoinedRoom, timeoutMs?: number): Promise<void> => room.leave(timeoutMs);

/** A room as seen by an occupant, until the departure. */
export class JoinedRoom {
  readonly jid: BareJid;
  readonly #session: RoomSession;
  readonly #clock: Clock;
  readonly #events: RoomEvents;
  readonly #scope = new Scope();
  readonly #occupants = new Map<string, Occupant>();
  readonly #departed = Promise.withResolvers<void>();
  #nickname: string;
  #subject: string | undefined;
  #isNew = false;
  #state: 'entering' | 'inside' | 'left' = 'entering';

  constructor(
    session: RoomSession,
    clock: Clock,
    request: Pick<JoinRequest, 'room' | 'nickname'>,
    events: RoomEvents,
  ) {
    this.jid = request.room;
    this.#session = session;
    this.#clock = clock;
    this.#events = events;
    this.#nickname = request.nickname;
  }

  /** Ours, as the room has it: it may give us another than we asked for (status 210). */
  get nickname(): string {
    return this.#nickname;
  }

  get subject(): string | undefined {
    return this.#subject;
  }

  get occupants(): ReadonlyMap<string, Occupant> {
    return this.#occupants;
  }

  /** The room was made by our entering (status 201). */
  get isNew(): boolean {
    return this.#isNew;
  }

  get isJoined(): boolean {
    return this.#state === 'inside';
  }

  /** For `joinRoom`. */
  async enter(
    { nickname, password, historyMessages = 0, historySinceMs }: Omit<JoinRequest, 'timeoutMs'>,
    timeoutMs: number,
  ): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const id = randomUUID();
    const session = this.#session;
    const fail = (error: unknown) => {
      if (this.#state !== 'entering') return;
      this.#state = 'left';
      reject(error);
    };
    const cancelTimer = this.#clock.after(this.#scope, timeoutMs, () => {
      // It may still let us in: then we are not there.
      this.#sendQuietly(leavePresence({ room: this.jid, nickname }));
      fail(new RequestTimeout(this.jid, timeoutMs));
    });
    this.#scope.add(
      session.onPresence((presence) => {
        const refusal = this.#state === 'entering' ? this.#refusalIn(presence, id) : undefined;
        if (refusal) return fail(refusal);
        const seen = readRoomPresence(presence);
        if (seen?.room !== this.jid) return;
        this.#take(seen);
        if (this.#state === 'inside') resolve();
        if (this.#state === 'left') reject(new StanzaError('forbidden', 'cancel', seen.reason ?? ''));
      }),
    );
    this.#scope.add(
      session.watchMessages((message) => {
        if (bareOf(attribute(message, 'from')) !== this.jid) return;
        if (this.#state === 'left') return;
        if (isConfigured(message)) this.#events.onConfigured?.();
        const subject = readSubject(message);
        if (subject === undefined) return;
        this.#subject = subject;
        this.#events.onSubject?.(subject);
      }),
    );
    this.#scope.add(
      session.onReady(({ resumed }) => {
        if (resumed) return;
        fail(new SessionLost('The session was lost.'));
        this.#depart('session-lost', undefined);
      }),
    );
    try {
      const presence = joinPresence({
        room: this.jid,
        nickname,
        password,
        historyMessages,
        historySinceMs,
        id,
      });
      session.send(presence).catch(fail);
      await promise;
    } catch (error) {
      this.#state = 'left';
      this.#departed.resolve();
      await this.#scope.close();
      throw error;
    } finally {
      cancelTimer();
    }
  }

  /**
   * For `leaveRoom`. While it is still entering, that fails then: a room that lets us in hears at once that we have gone,
   * and resolves when it has, or has refused.
   */
  async leave(timeoutMs = ANSWER_TIMEOUT_MS): Promise<void> {
    if (this.#state === 'left') return;
    const timer = new Scope();
    const timeout = Promise.withResolvers<never>();
    this.#clock.after(timer, timeoutMs, () => timeout.reject(new RequestTimeout(this.jid, timeoutMs)));
    try {
      const sent = this.#session.send(leavePresence({ room: this.jid, nickname: this.#nickname }));
      await Promise.race([Promise.all([sent, this.#departed.promise]), timeout.promise]);
    } finally {
      await timer.close();
    }
  }

  /**
   * Takes another nickname, and resolves when the room shows us under it. Rejects with the StanzaError of the room:
   * `conflict` somebody else has it, `not-acceptable` names cannot be changed here.
   */
  async rename(nickname: string, timeoutMs = ANSWER_TIMEOUT_MS): Promise<void> {
    const own = this.#scope.child();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const id = randomUUID();
    const late = () => reject(new RequestTimeout(this.jid, timeoutMs));
    this.#clock.after(own, timeoutMs, late);
    own.add(
      this.#session.onPresence((presence) => {
        const isError = attribute(presence, 'type') === 'error' && attribute(presence, 'id') === id;
        if (isError && bareOf(attribute(presence, 'from')) === this.jid) reject(stanzaError(presence));
        else if (this.#state !== 'inside' || this.#nickname === nickname) resolve();
      }),
    );
    try {
      await this.#session.send(renamePresence({ room: this.jid, nickname, id }));
      await promise;
    } finally {
      await own.close();
    }
  }

  /** The room has us no longer, and did not say so: nothing is sent and nothing announced. */
  forget(): void {
    this.#state = 'left';
    this.#occupants.clear();
    void this.#scope.close();
  }

  /** Asks for another subject; resolves when the server has the wish. The room may refuse, with an error message. */
  setSubject(subject: string): Promise<void> {
    return this.#session.send(subjectMessage({ room: this.jid, subject, id: randomUUID() }));
  }

  #refusalIn(presence: Element, id: string): StanzaError | undefined {
    if (attribute(presence, 'type') !== 'error' || bareOf(attribute(presence, 'from')) !== this.jid)
      return undefined;
    const refused = attribute(presence, 'id');
    return refused === undefined || refused === id ? stanzaError(presence) : undefined;
  }

  #take(seen: RoomPresence): void {
    const { occupant, isAvailable, statuses } = seen;
    const isSelf =
      statuses.has(STATUS.self) || (this.#state === 'inside' && occupant.nickname === this.#nickname);
    if (isAvailable) {
      this.#occupants.set(occupant.nickname, occupant);
    } else {
      this.#occupants.delete(occupant.nickname);
      if (statuses.has(STATUS.nicknameChanged) && seen.newNickname) {
        // Under that name there is nobody any more: whoever takes it next is somebody else.
        this.#events.onOccupant?.({ occupant, isAvailable: false, isSelf: false });
        this.#rename(occupant, seen.newNickname, isSelf);
        return;
      }
    }
    this.#events.onOccupant?.({ occupant, isAvailable, isSelf });
    if (!isSelf) return;
    if (!isAvailable) {
      this.#depart(departureOf(seen), seen.reason);
      return;
    }
    this.#nickname = occupant.nickname;
    this.#isNew ||= statuses.has(STATUS.created);
    if (this.#state === 'entering') this.#state = 'inside';
  }

  /** The presence under the new name follows; until then the room is not without the occupant. */
  #rename(occupant: Occupant, nickname: string, isSelf: boolean): void {
    this.#occupants.set(nickname, { ...occupant, nickname });
    if (isSelf) this.#nickname = nickname;
  }

  #depart(why: Departure, reason: string | undefined): void {
    const wasInside = this.#state === 'inside';
    this.#state = 'left';
    this.#occupants.clear();
    this.#departed.resolve();
    if (!wasInside) return;
    void this.#scope.close();
    this.#events.onDeparture?.({ why, reason });
  }

  #sendQuietly(stanza: Element): void {
    try {
      this.#session.send(stanza).catch(() => undefined);
    } catch {
      // Not online: then we are in no room.
    }
  }
}

function departureOf({ statuses, isDestroyed }: RoomPresence): Departure {
  if (isDestroyed) return 'destroyed';
  if (statuses.has(STATUS.banned)) return 'banned';
  if (statuses.has(STATUS.affiliationLost) || statuses.has(STATUS.membersOnly)) return 'removed';
  if (statuses.has(STATUS.shutdown)) return 'shutdown';
  // It carries the code of a kick by a moderator as well.
  if (statuses.has(STATUS.technicalProblem)) return 'dropped';
  return statuses.has(STATUS.kicked) ? 'kicked' : 'left';
}

/** A message of the room itself says that its settings are others now (XEP-0045, 10.2.1). */
function isConfigured(message: Element): boolean {
  const user = child(message, 'x', NS_MUC_USER);
  if (!user || attribute(message, 'from')?.includes('/')) return false;
  const codes = [STATUS.configurationChanged, STATUS.nonAnonymous, STATUS.semiAnonymous];
  return childElements(user).some(
    (one) =>
      isElement(one, 'status', NS_MUC_USER) && codes.some((code) => attribute(one, 'code') === String(code)),
  );
}
