import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Room } from '../../store/room-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { type AccountRooms, accountRooms } from './account-rooms.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import { type RoomChangesDeps, roomChanges } from './room-changes.ts';
import { type RoomIntakeDeps, roomIntake } from './room-intake.ts';
import { roomInvitations } from './room-invitations.ts';
import { roomReaders } from './room-readers.ts';
import type { RoomRegistry } from './room-registry.ts';

interface RoomsDeps
  extends Omit<RoomIntakeDeps, 'readers'>,
    Omit<RoomChangesDeps, 'readers'>,
    Pick<LiveRoomDeps, 'events'> {
  registry: RoomRegistry;
  bots: BotService;
  botSettings: Pick<BotSettings, 'get'>;
  audit: AuditTrail;
}

/** Ties rooms to the sessions of accounts. */
export function roomsOf(deps: RoomsDeps) {
  const { registry, bots, events } = deps;
  const readers = roomReaders(deps);

  /** Somebody who is switched on wants to be there. A dedicated bot has no session while it is not. */
  const isWanted = (account: Account) => async (room: Room) => {
    if (account.botId !== undefined) return room.bots.includes(account.botId);
    const active = await bots.activeOf(account.jid);
    return active.some(({ id }) => room.bots.includes(id));
  };

  function begin(account: Account, session: Session): AccountRooms {
    return accountRooms({
      ...deps,
      account,
      session,
      intake: roomIntake(account, { ...deps, readers }),
      changes: roomChanges(account, { ...deps, readers }),
    });
  }

  return {
    /** Of a person's account: its rooms follow its personal bots. */
    ofPerson(account: Account, session: Session) {
      const own = begin(account, session);
      const settle = () => void own.settle(isWanted(account));
      const changed = ({ owner }: { owner: Account['jid'] }) => owner === account.jid && settle();
      const stops = [
        registry.add(account, own),
        session.onMessage(own.handle),
        events.on('bot.changed', changed),
        events.on('bot.deleted', changed),
      ];
      settle();
      return closing(own, stops);
    },

    /** Of a dedicated bot's account, which also follows its owner's invitations. */
    ofBot(account: Account, session: Session, bot: () => Promise<Bot | undefined>) {
      const own = begin(account, session);
      const invitations = roomInvitations({ ...deps, account, bot, rooms: own });
      const stops = [
        registry.add(account, own),
        session.onMessage(async (stanza) => {
          invitations.take(stanza);
          await own.handle(stanza);
        }),
      ];
      void own.settle(isWanted(account));
      return closing(own, stops);
    },
  };
}
export type Rooms = ReturnType<typeof roomsOf>;

const closing = (rooms: AccountRooms, stops: readonly (() => void)[]) => ({
  includes: rooms.includes,
  async close(): Promise<void> {
    for (const stop of stops) stop();
    await rooms.close();
  },
});
