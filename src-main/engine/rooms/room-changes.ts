import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { OutReason, Room, RoomRepository } from '../../store/room-repository.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { joinedData, leftData } from './room-data.ts';
import type { RoomReaders } from './room-readers.ts';

export interface RoomChangesDeps {
  rooms: RoomRepository;
  readers: RoomReaders;
  updates: UpdateService;
  outbox: Outbox;
  notices: Pick<OwnerNotices, 'tell'>;
  languageOf: (account: Account) => Promise<Language>;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** What reasons there are to be out that nobody here has asked for. */
const UNASKED: ReadonlySet<OutReason> = new Set<OutReason>([
  'kicked',
  'banned',
  'removed',
  'destroyed',
  'refused',
  'opened',
]);
/** For people who look at the state of a message that waited for the room. */
const NEVER_SENT = why('message.left-room', {});

/** Tells programs and owners, in the unit that stores it, that an account came into a room or is out of it. */
export function roomChanges(account: Account, deps: RoomChangesDeps) {
  const { rooms, readers, updates, outbox, notices, languageOf, events, clock } = deps;
  const announce = (tx: Tx, room: BareJid) =>
    tx.afterCommit(() => events.emit('room.changed', { accountId: account.id, room }));

  async function tellLeft(
    tx: Tx,
    room: Room,
    { nick, reason, text }: { nick: string; reason: OutReason; text: string | undefined },
  ): Promise<void> {
    announce(tx, room.jid);
    const change = { account: account.jid, room: room.jid, nick, atMs: clock.now() };
    const data = leftData({ ...change, reason, text });
    for (const { id } of await readers.ofChange(tx, account, room, 'room_left'))
      await updates.queue(tx, id, { type: 'room_left', conversation: room.jid, data });
  }

  return {
    /** To the bots that `room` names. */
    async joined(
      tx: Tx,
      room: Room,
      { nick, subject, isPrivate }: { nick: string; subject: string | undefined; isPrivate: boolean },
    ): Promise<void> {
      announce(tx, room.jid);
      const change = { account: account.jid, room: room.jid, nick, atMs: clock.now() };
      const data = joinedData({ ...change, subject, isPrivate });
      for (const { id } of await readers.ofChange(tx, account, room, 'room_joined'))
        await updates.queue(tx, id, { type: 'room_joined', conversation: room.jid, data });
    },

    /** One bot of several is out; the account stays. */
    leftByOne: (tx: Tx, room: Room, botId: BotId, nick: string): Promise<void> =>
      tellLeft(tx, { ...room, bots: [botId] }, { nick, reason: 'left', text: undefined }),

    /** The account is out of the room; with any reason but `left` it stays known as such, and the owners are told. */
    async left(
      tx: Tx,
      room: Room,
      { nick, reason, text }: { nick: string; reason: OutReason; text: string | undefined },
    ): Promise<void> {
      await tellLeft(tx, room, { nick, reason, text });
      await outbox.failForRoom(tx, account.id, room.jid, NEVER_SENT);
      if (!UNASKED.has(reason)) return;
      await rooms.noteOut(tx, account.id, room.jid, { reason, text });
      const t = translate(await languageOf(account));
      // Catalogued under each reason.
      const why = t(`room.out.${reason as Exclude<OutReason, 'left'>}`);
      const said = text ? `\n${text}` : '';
      for (const botId of room.bots) await notices.tell(tx, botId, 'room-out', { room: room.jid, why, said });
    },
  };
}
export type RoomChanges = ReturnType<typeof roomChanges>;
