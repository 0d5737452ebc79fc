import { refuse } from '../../../src-shared/errors.ts';
import type { AccountId } from '../../../src-shared/ids.ts';
import { type BareJid, bareJidOnly } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';

export interface OutgoingDeps {
  accounts: Pick<AccountRepository, 'byJid'>;
  bots: BotRepository;
  clock: Clock;
  sessions: {
    of(jid: BareJid): Session | undefined;
    accountIdOf(jid: BareJid): AccountId | undefined;
  };
}

/** A session that has been away for less is about to come back: messages queue meanwhile. */
const QUEUED_WHILE_AWAY_MS = 60_000;
const RETRY_AFTER_S = 30;

/** What every message of a program has to pass: to whom it may go, and whether it will get there. */
export function outgoing({ accounts, bots, clock, sessions }: OutgoingDeps) {
  /** Why nothing can be sent now, and what to do. */
  async function offline(owner: BareJid, reason = sessions.of(owner)?.reason ?? 'it is signed out') {
    const account = await accounts.byJid(owner);
    if (account && !account.isEnabled) {
      return refuse('account.switched-off', { account: owner }, RETRY_AFTER_S);
    }
    return refuse('account.offline', { account: owner, reason, seconds: RETRY_AFTER_S }, RETRY_AFTER_S);
  }

  return {
    /** The address in its normal form. A program may not write to a bot of this installation. */
    async recipient(bot: Bot, address: string): Promise<BareJid> {
      const to = bareJidOnly(address);
      if (bot.mode === 'cloud') throw refuse('bot.cloud-unavailable', {});
      if (await bots.hasJid(to)) throw refuse('recipient.own-bot', { to });
      return to;
    },

    /**
     * The account that the bot speaks through. Refuses when it is signed out or has been away for a minute: a 200 is a
     * promise to deliver.
     */
    async account({ owner }: Bot): Promise<AccountId> {
      const session = sessions.of(owner);
      const accountId = sessions.accountIdOf(owner);
      if (!session || accountId === undefined) throw await offline(owner);
      if (session.state === 'online') return accountId;
      const awayMs = session.awaySinceMs === undefined ? Infinity : clock.monotonic() - session.awaySinceMs;
      if (session.state !== 'failed' && awayMs < QUEUED_WHILE_AWAY_MS) return accountId;
      throw await offline(owner);
    },

    /** The bot's session for what is worth nothing later; refuses unless it is online now. */
    async session({ owner }: Bot): Promise<Session> {
      const session = sessions.of(owner);
      if (session?.state !== 'online') throw await offline(owner);
      return session;
    },
    offline,
  };
}
export type Outgoing = ReturnType<typeof outgoing>;
