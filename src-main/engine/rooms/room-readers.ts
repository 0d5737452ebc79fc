import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { Room } from '../../store/room-repository.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { asksFor } from '../updates/wanted-types.ts';

interface RoomReadersDeps {
  bots: Pick<BotService, 'list' | 'activeOf'>;
  botSettings: Pick<BotSettings, 'get'>;
}

/** Whose programs hear of rooms. */
export function roomReaders({ bots, botSettings }: RoomReadersDeps) {
  /** The bots that speak through an account and are switched on. */
  async function speakers(tx: Tx, account: Account): Promise<Bot[]> {
    if (account.botId === undefined) return bots.activeOf(account.jid, tx);
    const all = await bots.list(undefined, tx);
    return all.filter(({ id, status }) => id === account.botId && status === 'active');
  }

  return {
    speakers,
    /** Who gets what is said in a room: of personal bots those with the scope `all`, and what is encrypted with leave. */
    async ofSaying(tx: Tx, account: Account, type: string, isEncrypted: boolean): Promise<Bot[]> {
      const takers = (await speakers(tx, account)).filter((bot) => asksFor(bot, type));
      if (account.botId !== undefined) return takers;
      return takers.filter(
        ({ id }) =>
          botSettings.get(id, 'scope') === 'all' && (!isEncrypted || botSettings.get(id, 'encrypted')),
      );
    },
    /** Who is told that the account came into a room, or is out: those who asked to be there. */
    async ofChange(tx: Tx, account: Account, room: Pick<Room, 'bots'>, type: string): Promise<Bot[]> {
      const all = await speakers(tx, account);
      return all.filter((bot) => room.bots.includes(bot.id) && asksFor(bot, type));
    },
  };
}
export type RoomReaders = ReturnType<typeof roomReaders>;
