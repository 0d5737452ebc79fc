import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJidOnly } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { RoomDestinations } from '../rooms/room-destinations.ts';

export interface OutgoingDeps {
  accounts: Pick<AccountRepository, 'byJid'>;
  bots: BotRepository;
  botSettings: Pick<BotSettings, 'get'>;
  rooms: RoomDestinations;
  clock: Clock;
  sessions: {
    of(jid: BareJid): Session | undefined;
    accountOf(jid: BareJid): Account | undefined;
  };
}

/** To one person, or to everybody in a room. */
export type MessageType = 'chat' | 'groupchat';

/** A session that has been away for less is about to come back: messages queue meanwhile. */
const QUEUED_WHILE_AWAY_MS = 60_000;
const RETRY_AFTER_S = 30;

/** The account that a bot speaks through: its own, or its owner's. */
export const speakerOf = ({ jid, owner }: Bot): BareJid => (jid === '' ? owner : jid);

/** What every message of a program has to pass: to whom it may go, and whether it will get there. */
export function outgoing({ accounts, bots, botSettings, rooms, clock, sessions }: OutgoingDeps) {
  /** Why nothing can be sent now, and what to do. */
  async function offline(owner: BareJid, reason = sessions.of(owner)?.reason ?? why('here.signed-out', {})) {
    const account = await accounts.byJid(owner);
    if (account && !account.isEnabled) {
      return refuse('account.switched-off', { account: owner }, RETRY_AFTER_S);
    }
    return refuse('account.offline', { account: owner, reason, seconds: RETRY_AFTER_S }, RETRY_AFTER_S);
  }

  const contactsOf = (bot: Bot): readonly string[] => botSettings.get(bot.id, 'allowed_contacts').split(', ');

  return {
    /**
     * The address in its normal form. A program may not write to a bot of this installation, nor to a room that its
     * account is not in.
     */
    async recipient(bot: Bot, address: string, type: MessageType = 'chat'): Promise<BareJid> {
      const to = bareJidOnly(address);
      if (bot.mode === 'cloud') throw refuse('bot.cloud-unavailable', {});
      if (type === 'groupchat') return rooms.find(bot, to);
      if (await rooms.includes(bot, to)) throw refuse('room.is-room', { to });
      if (await bots.hasJid(to)) throw refuse('recipient.own-bot', { to });
      // A dedicated bot is its owner's alone.
      const isAllowed = bot.mode !== 'dedicated' || to === bot.owner || contactsOf(bot).includes(to);
      if (!isAllowed) throw refuse('recipient.not-allowed', { to, id: bot.id });
      return to;
    },

    /**
     * The account that the bot speaks through. Refuses when it is signed out or has been away for a minute: a 200 is a
     * promise to deliver.
     */
    async account(bot: Bot): Promise<Account> {
      const jid = speakerOf(bot);
      const session = sessions.of(jid);
      const account = sessions.accountOf(jid);
      if (!session || !account) throw await offline(jid);
      if (session.state === 'online') return account;
      const awayMs = session.awaySinceMs === undefined ? Infinity : clock.monotonic() - session.awaySinceMs;
      if (session.state !== 'failed' && awayMs < QUEUED_WHILE_AWAY_MS) return account;
      throw await offline(jid);
    },

    /** The bot's session for what is worth nothing later; refuses unless it is online now. */
    async session(bot: Bot): Promise<Session> {
      const jid = speakerOf(bot);
      const session = sessions.of(jid);
      if (session?.state !== 'online') throw await offline(jid);
      return session;
    },
    offline,
  };
}
export type Outgoing = ReturnType<typeof outgoing>;
