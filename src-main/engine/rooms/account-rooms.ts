import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { bareOf } from '../../../src-shared/jid.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import { Scope } from '../../base/scope.ts';
import { attribute, type Element, stanzaError } from '../../gateways/xmpp/element.ts';
import { isNoRoom } from '../../gateways/xmpp/xep-0045-room-info.ts';
import { isArchiveResult } from '../../gateways/xmpp/xep-0313-archive.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { OutReason, Room } from '../../store/room-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { readAffiliationNews } from './affiliation-news.ts';
import { LEAVE_TIMEOUT_MS, type LiveRoom, liveRoom } from './live-room.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import type { RoomChanges } from './room-changes.ts';
import { whyNot } from './why-not.ts';

interface AccountRoomsDeps extends Omit<LiveRoomDeps, 'onOut'> {
  changes: RoomChanges;
  audit: AuditTrail;
}

export interface JoinRequest {
  room: BareJid;
  /** Undefined: the bot's name, or that with a number where somebody else has it. */
  nick: string | undefined;
  password: string | undefined;
}

/** An account in more rooms would hear more than a program can read. */
export const ROOMS_PER_ACCOUNT = 200;
/** So many rooms are entered at a time when a session begins. */
const ENTERED_AT_ONCE = 4;

/** The rooms that an account is in through one session. */
export function accountRooms(deps: AccountRoomsDeps) {
  const { account, session, store, rooms, changes, conversations, audit, events, logger } = deps;
  const scope = new Scope();
  const live = new Map<BareJid, LiveRoom>();
  const turns = new KeyedQueue<BareJid>();
  const report = (error: unknown) =>
    logger.warn({ err: error, account: account.jid }, 'rooms could not be followed');

  function make(room: Room): LiveRoom {
    const own: LiveRoom = liveRoom(room, {
      ...deps,
      onOut: (jid, out) =>
        turns.run(jid, async () => {
          // Somebody may have asked to join or leave it meanwhile: then that counts.
          if (live.get(jid) !== own) return;
          await store.write((tx) => putOut(tx, jid, out));
          await drop(jid);
        }),
    });
    return own;
  }

  async function putOut(
    tx: Tx,
    jid: BareJid,
    out: { nick: string; reason: OutReason; text: string | undefined },
  ): Promise<void> {
    const room = await rooms.find(account.id, jid, tx);
    if (room && !room.out) await changes.left(tx, room, out);
  }

  async function drop(jid: BareJid): Promise<void> {
    const room = live.get(jid);
    live.delete(jid);
    await room?.close();
  }

  /** One is there for a room at a time: what was before it hears nothing more. */
  async function put(room: LiveRoom): Promise<LiveRoom> {
    const before = live.get(room.jid);
    live.set(room.jid, room);
    await before?.close();
    return room;
  }

  /** A room that is to be entered for the first time, or again after the account was out. */
  const unknown = (jid: BareJid, nick: string, password: string | undefined): Room => ({
    accountId: account.id,
    jid,
    nick,
    password,
    out: undefined,
    isPrivate: undefined,
    hasArchive: false,
    position: undefined,
    joinedAt: deps.clock.now(),
    bots: [],
  });

  async function enter(bot: Bot, { room: jid, nick, password }: JoinRequest, caller: Caller): Promise<void> {
    if (live.size >= ROOMS_PER_ACCOUNT)
      throw refuse('room.too-many', { jid: account.jid, limit: ROOMS_PER_ACCOUNT });
    const before = await rooms.find(account.id, jid);
    // On its way back: what was missed is told then.
    const known = before?.out ? undefined : before;
    const wished = nick ?? known?.nick ?? bot.name;
    const secret = password ?? known?.password;
    // Nobody there would answer who wants in; where the account has been in, it is a room.
    if (!before && (await isNoRoom(session, jid))) throw refuse('room.no-room', { room: jid });
    const room = await put(make(known ?? unknown(jid, wished, secret)));
    try {
      await room.come({ nick: wished, password: secret, mayFindNick: nick === undefined });
    } catch (error) {
      await drop(jid);
      if (known) (await put(make(known))).back().catch(report);
      logger.info({ err: error, account: account.jid, room: jid }, 'a room could not be entered');
      throw whyNot(error, { room: jid, jid: account.jid, nick: wished, hasPassword: secret !== undefined });
    }
    // Who asks to join may not know yet that it has been opened, and what waits to be said there was meant for a private one.
    if (known?.isPrivate && room.isPrivate === false && conversations.isSecret(account, jid)) {
      await room.leave();
      await store.write((tx) => putOut(tx, jid, { nick: wished, reason: 'opened', text: undefined }));
      await drop(jid);
      throw refuse('room.opened', { room: jid });
    }
    try {
      await store.write(async (tx) => {
        await rooms.save(tx, { ...room.row, nick: wished });
        const { hasArchive } = room.row;
        await rooms.noteInfo(tx, account.id, jid, { isPrivate: room.row.isPrivate === true, hasArchive });
        await rooms.addBot(tx, account.id, jid, bot.id);
        await audit.note(tx, caller, { action: 'room.join', botId: bot.id, details: jid });
        const saved = await rooms.find(account.id, jid, tx);
        const { nick: own, subject } = room;
        if (saved && !known)
          await changes.joined(tx, saved, { nick: own, subject, isPrivate: room.isPrivate === true });
      });
    } catch (error) {
      await room.leave();
      await drop(jid);
      throw error;
    }
    room.follow({ isFirst: known === undefined });
  }

  /**
   * The account is there already: the bot is one more who asked for that. Nobody knows whether a password is right that
   * was not needed, so the one that let the account in is kept.
   */
  async function joinKnown(room: LiveRoom, bot: Bot, { nick }: JoinRequest, caller: Caller): Promise<void> {
    const known = await rooms.find(account.id, room.jid);
    const isAlone = known?.bots.every((id) => id === bot.id) ?? true;
    if (nick !== undefined && nick !== room.nick) {
      if (!isAlone) throw refuse('room.nick-held', { jid: account.jid, room: room.jid, nick: room.nick });
      try {
        await room.rename(nick);
      } catch (error) {
        throw whyNot(error, { room: room.jid, jid: account.jid, nick, hasPassword: false });
      }
    }
    await store.write(async (tx) => {
      const row = await rooms.find(account.id, room.jid, tx);
      if (!row) return;
      await rooms.save(tx, { ...row, nick: nick ?? row.nick });
      if (row.bots.includes(bot.id)) return;
      await rooms.addBot(tx, account.id, room.jid, bot.id);
      await audit.note(tx, caller, { action: 'room.join', botId: bot.id, details: room.jid });
      const seen = { nick: room.nick, subject: room.subject, isPrivate: room.isPrivate === true };
      await changes.joined(tx, { ...row, bots: [bot.id] }, seen);
    });
  }

  /** Personal bots are switched on and off while the account stays: nobody is in a room for nobody. */
  async function settle(isWanted: (room: Room) => Promise<boolean>): Promise<void> {
    const known = await rooms.of(account.id);
    const wanted: Room[] = [];
    for (const room of known) if (!room.out && (await isWanted(room))) wanted.push(room);
    for (const jid of [...live.keys()]) {
      if (wanted.some((room) => room.jid === jid)) continue;
      await turns.run(jid, async () => {
        const row = await rooms.find(account.id, jid);
        if (row && !row.out && (await isWanted(row))) return;
        await live.get(jid)?.leave();
        await drop(jid);
        if (row?.bots.length === 0) await store.write((tx) => rooms.delete(tx, account.id, jid));
      });
    }
    const waiting = wanted.filter(({ jid }) => !live.has(jid));
    const worker = async () => {
      for (let room = waiting.shift(); room && !scope.isClosed; room = waiting.shift()) {
        const begun = await begin(room.jid, isWanted);
        if (session.state === 'online') await begun?.back().catch(report);
      }
    };
    await Promise.all(Array.from({ length: ENTERED_AT_ONCE }, worker));
  }

  /** Unless somebody has asked to join it meanwhile, or to leave it. */
  const begin = (jid: BareJid, isWanted: (room: Room) => Promise<boolean>): Promise<LiveRoom | undefined> =>
    turns.run(jid, async () => {
      const row = await rooms.find(account.id, jid);
      if (live.has(jid) || !row || row.out || !(await isWanted(row)) || scope.isClosed) return undefined;
      return put(make(row));
    });

  scope.add(
    session.onReady(({ resumed }) => {
      const waiting = [...live.values()];
      const worker = async () => {
        for (let room = waiting.shift(); room && !scope.isClosed; room = waiting.shift())
          await room.began(resumed).catch(report);
      };
      for (let count = 0; count < ENTERED_AT_ONCE; count += 1) void worker();
    }),
  );

  return {
    of: (jid: BareJid): LiveRoom | undefined => live.get(jid),
    /** Rooms that may ask the session questions: pings of our own come through them. */
    includes: (jid: BareJid): boolean => live.has(jid),

    /**
     * Brings the account into the rooms that are wanted, and out of others. Resolves when that was tried; what fails is
     * tried again.
     */
    settle: (isWanted: (room: Room) => Promise<boolean>): Promise<void> => settle(isWanted).catch(report),

    /** Brings a bot into a room; resolves when it is there, refuses as the room does. Doing it again changes nothing. */
    join: (bot: Bot, request: JoinRequest, caller: Caller): Promise<void> =>
      turns.run(request.room, async () => {
        const known = live.get(request.room);
        await known?.entered();
        if (known?.state === 'joined' && live.get(request.room) === known)
          return joinKnown(known, bot, request, caller);
        // On its way back: whoever asks now wants to know how that ends.
        await drop(request.room);
        await enter(bot, request, caller);
      }),

    /**
     * Takes a bot out of a room; resolves when it is out. Refuses where it is in none, and, being out here, where the
     * room has not confirmed that.
     */
    leave: (bot: Bot, jid: BareJid, caller: Caller): Promise<void> =>
      turns.run(jid, async () => {
        const row = await rooms.find(account.id, jid);
        if (!row?.bots.includes(bot.id)) throw refuse('room.not-joined', { room: jid });
        const isLast = row.bots.every((id) => id === bot.id);
        const room = live.get(jid);
        const nick = room?.nick ?? row.nick;
        const isConfirmed = isLast && room ? await room.leave() : true;
        if (isLast) await drop(jid);
        await store.write(async (tx) => {
          await audit.note(tx, caller, { action: 'room.leave', botId: bot.id, details: jid });
          const left = { nick, reason: 'left' as const, text: undefined };
          if (isLast && !row.out) await changes.left(tx, row, left);
          if (isLast) await rooms.delete(tx, account.id, jid);
          else {
            await rooms.removeBot(tx, account.id, jid, bot.id);
            if (!row.out) await changes.leftByOne(tx, row, bot.id, nick);
          }
          tx.afterCommit(() => events.emit('room.changed', { accountId: account.id, room: jid }));
        });
        if (!isConfirmed)
          throw refuse('room.leave-unconfirmed', { room: jid, seconds: LEAVE_TIMEOUT_MS / 1_000 });
      }),

    /** A message of the account's stream; resolves when what concerns its rooms is stored. */
    async handle(stanza: Element): Promise<void> {
      const room = live.get(bareOf(attribute(stanza, 'from')) ?? ('' as BareJid));
      if (!room || isArchiveResult(stanza)) return;
      const type = attribute(stanza, 'type');
      // It has come back: maybe because we are no longer there (XEP-0045, 7.4).
      if (type === 'error' && stanzaError(stanza).condition === 'not-acceptable') room.check();
      if (type === 'groupchat') await room.take(stanza);
      const news = readAffiliationNews(stanza);
      if (news) room.members.note(news.jid, news.affiliation);
    },

    async close(): Promise<void> {
      await scope.close();
      await Promise.all([...live.keys()].map(drop));
    },
  };
}
export type AccountRooms = ReturnType<typeof accountRooms>;
