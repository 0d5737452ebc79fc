import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJidOnly, fullJid } from '../../../src-shared/jid.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { OutReason, Room, RoomRepository } from '../../store/room-repository.ts';
import { type Outgoing, speakerOf } from '../messages/outgoing.ts';
import type { LiveState } from './room-now.ts';
import type { RoomRegistry } from './room-registry.ts';

interface RoomServiceDeps {
  roomRows: RoomRepository;
  registry: RoomRegistry;
  accounts: Pick<AccountRepository, 'byJid'>;
  outgoing: Pick<Outgoing, 'session' | 'account' | 'offline'>;
}

export interface RoomRequest {
  room: string;
  nick?: string | undefined;
  password?: string | undefined;
}

/** A room of a bot as people see it. */
export interface RoomOverview {
  jid: BareJid;
  name: string | undefined;
  nick: string;
  state: LiveState | 'out';
  /** Why it is out, or what keeps it from coming back. */
  reason: OutReason | undefined;
  problem: string | undefined;
  /** Undefined until it was seen in this run. */
  isEncrypted: boolean | undefined;
  subject: string | undefined;
  occupants: readonly { nick: string; jid: BareJid | undefined; role: string; affiliation: string }[];
  /** Members whom the last message could not be encrypted for. */
  unreached: readonly BareJid[];
}

const NICK_LENGTH = 64;

/** Rooms of bots, for every entrance. */
export function roomService({ roomRows: rooms, registry, accounts, outgoing }: RoomServiceDeps) {
  function checkNick(room: BareJid, wished: string | undefined): string | undefined {
    const nick = wished?.trim();
    if (nick === undefined) return undefined;
    const length = [...nick].length;
    if (length === 0 || length > NICK_LENGTH) throw refuse('room.nick', {});
    try {
      fullJid(`${room}/${nick}`);
    } catch {
      throw refuse('room.nick', {});
    }
    checkText('nick', nick);
    return nick;
  }

  /** The rooms of the session that the bot speaks through; refuses unless it is online. */
  async function present(bot: Bot) {
    if (bot.mode === 'cloud') throw refuse('bot.cloud-unavailable', {});
    await outgoing.session(bot);
    const account = await outgoing.account(bot);
    const found = registry.of(account);
    if (!found) throw await outgoing.offline(speakerOf(bot));
    return found;
  }

  function overview(room: Room, account: Account): RoomOverview {
    const live = registry.of(account)?.of(room.jid);
    return {
      jid: room.jid,
      name: live?.name,
      nick: live?.nick ?? room.nick,
      state: room.out ? 'out' : (live?.state ?? 'away'),
      reason: room.out?.reason,
      problem: room.out?.text ?? live?.problem,
      isEncrypted: live?.isPrivate ?? room.isPrivate,
      subject: live?.subject,
      occupants: (live?.occupants ?? []).map(({ nickname, jid, role, affiliation }) => ({
        nick: nickname,
        jid,
        role,
        affiliation,
      })),
      unreached: live?.unreached ?? [],
    };
  }

  return {
    /** Brings a bot into a room; resolves once it is there. Refuses as the room does, in words for people. */
    async join(bot: Bot, request: RoomRequest, caller: Caller): Promise<void> {
      const room = bareJidOnly(request.room);
      const nick = checkNick(room, request.nick);
      const password = request.password || undefined;
      if (password !== undefined) checkText('password', password);
      await (await present(bot)).join(bot, { room, nick, password }, caller);
    },

    /** Takes a bot out of a room; resolves once it is out, and refuses where the room has not confirmed that in time. */
    async leave(bot: Bot, address: string, caller: Caller): Promise<void> {
      const room = bareJidOnly(address);
      await (await present(bot)).leave(bot, room, caller);
    },

    /** The rooms that a bot asked to be in, and those it was put out of. */
    async list(bot: Bot): Promise<RoomOverview[]> {
      const account = await accounts.byJid(speakerOf(bot));
      if (!account) return [];
      const known = await rooms.of(account.id);
      return known.filter(({ bots }) => bots.includes(bot.id)).map((room) => overview(room, account));
    },
  };
}
export type RoomService = ReturnType<typeof roomService>;
