import type { CalledPlace } from '../../../src-shared/access.ts';
import { DomainError } from '../../../src-shared/errors.ts';
import { type BareJid, domainOf } from '../../../src-shared/jid.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import type { Language } from '../../../src-shared/text/language.ts';
import type { Logger } from '../../base/logger.ts';
import type { Element } from '../../gateways/xmpp/element.ts';
import { type Invitation, readInvitation } from '../../gateways/xmpp/xep-0249-invitation.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { NoticeKind, OwnerNotices } from '../notices/owner-notices.ts';
import type { AccountRooms } from './account-rooms.ts';

interface RoomInvitationsDeps {
  account: Account;
  rooms: AccountRooms;
  /** The bot as it is now. */
  bot: () => Promise<Bot | undefined>;
  store: Store;
  notices: Pick<OwnerNotices, 'tell'>;
  botSettings: Pick<BotSettings, 'get'>;
  languageOf: (account: Account) => Promise<Language>;
  logger: Logger;
}

type InvitationNews = Extract<NoticeKind, `room-invit${string}`>;

/**
 * A dedicated bot follows the invitations of its owner, and hears of no others (contract, section 4). Who it is that
 * invites through a room only that room says, so its word counts where the room is at home with the owner or the bot;
 * and a room that names an occupant in the place of a person (Prosody) says nothing that could be known for true.
 * Invitations come in clear, whatever app makes them: what a bot does not take from its owner in clear it does not follow.
 */
export function roomInvitations(deps: RoomInvitationsDeps) {
  const { account, rooms, bot, store, notices, botSettings, languageOf, logger } = deps;
  async function follow({ room, password }: Invitation, of: Bot): Promise<void> {
    const tell = (kind: InvitationNews, values: Record<string, string>) =>
      store.write((tx) => notices.tell(tx, of.id, kind, { room, ...values }));
    if (!botSettings.get(of.id, 'allow_plaintext')) return tell('room-invitation-in-clear', {});
    try {
      const caller = { actor: of.owner, from: 'invitation' satisfies CalledPlace };
      await rooms.join(of, { room, nick: undefined, password }, caller);
      await tell('room-invited', {});
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await tell('room-invitation-failed', { reason: describeInChat(error, await languageOf(account)) });
    }
  }

  const isAtHome = (room: BareJid, { owner }: Bot) =>
    [owner, account.jid].some((jid) => domainOf(room).endsWith(`.${domainOf(jid)}`));

  return {
    /** Looks at a message of the stream. What follows from it is not waited for. */
    take(stanza: Element): void {
      const invitation = readInvitation(stanza);
      // The same one comes directly and through the room.
      if (!invitation || rooms.of(invitation.room)) return;
      (async () => {
        const of = await bot();
        if (!of || of.owner !== invitation.from || of.status !== 'active') return;
        if (!invitation.isDirect && !isAtHome(invitation.room, of)) return;
        if (!rooms.of(invitation.room)) await follow(invitation, of);
      })().catch((error: unknown) =>
        logger.warn({ err: error, account: account.jid }, 'an invitation could not be followed'),
      );
    },
  };
}
