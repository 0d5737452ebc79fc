import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJidOnly } from '../../../src-shared/jid.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { RoomRepository } from '../../store/room-repository.ts';
import type { RoomRegistry } from './room-registry.ts';

interface RoomDestinationsDeps {
  rooms: RoomRepository;
  registry: RoomRegistry;
  accounts: Pick<AccountRepository, 'byJid'>;
}

const speakerOf = ({ jid, owner }: Bot): BareJid => (jid === '' ? owner : jid);

/** Rooms as places that a bot can say something in. */
export function roomDestinations({ rooms, registry, accounts }: RoomDestinationsDeps) {
  async function roomOf(bot: Bot, jid: BareJid) {
    const account = await accounts.byJid(speakerOf(bot));
    return account && (await rooms.find(account.id, jid));
  }

  return {
    /**
     * The room in its normal form. Refuses one that the bot is not in, also where another bot of its account is: nothing
     * is kept for a room that nobody may be in, and what a bot may say somewhere is what it was asked to join for.
     */
    async find(bot: Bot, address: string): Promise<BareJid> {
      const jid = bareJidOnly(address);
      const room = await roomOf(bot, jid);
      if (!room?.bots.includes(bot.id)) throw refuse('room.not-there', { room: jid });
      if (room.out) throw refuse('room.out', { room: jid, reason: room.out.reason });
      return jid;
    },
    async includes(bot: Bot, jid: BareJid): Promise<boolean> {
      const account = await accounts.byJid(speakerOf(bot));
      return account !== undefined && rooms.has(account.id, jid);
    },
    /** Ours there. */
    async nickIn(bot: Bot, jid: BareJid): Promise<string> {
      const account = await accounts.byJid(speakerOf(bot));
      return (account && registry.of(account)?.of(jid)?.nick) ?? bot.name;
    },
  };
}
export type RoomDestinations = ReturnType<typeof roomDestinations>;
