import type { Chat } from '../../../src-shared/api/chats.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AccountId } from '../../../src-shared/ids.ts';
import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { Scope } from '../../base/scope.ts';
import { attribute, type Element } from '../../gateways/xmpp/element.ts';
import { foreignText } from '../../gateways/xmpp/foreign-text.ts';
import { followRoster } from '../../gateways/xmpp/roster.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import { readChatState } from '../../gateways/xmpp/xep-0085-chat-states.ts';
import { onNickname } from '../../gateways/xmpp/xep-0172-nickname.ts';
import type { Account } from '../../store/account-repository.ts';

interface ChatPeopleDeps {
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
  /** The account may have other names for people than before, and others on its contact list. */
  onContacts: (
    account: Account,
    names: ReadonlyMap<BareJid, string>,
    isContact: (jid: BareJid) => boolean,
  ) => void;
}

type Presence = Exclude<Chat['presence'], null>;

/** Who says nothing more has stopped, or is gone. */
const TYPING_MS = 60_000;
/** Addresses can be made up: so many per account are told as typing. */
const TYPING_LIMIT = 200;
const NAME_LENGTH = 200;
/** Nicknames are told before the contact list may be there, and by anybody: so many are kept, and only contacts' count. */
const NICKNAMES = 5_000;
const ORDER: readonly Presence[] = ['online', 'away', 'dnd'];

interface People {
  /** On the contact list; whether they may see the account's presence, and what they are called. */
  contacts: Map<BareJid, { name: string | undefined; isFrom: boolean }>;
  /** The contact list is here. */
  isRead: boolean;
  /** What people say they want to be called. */
  nicknames: Map<BareJid, string>;
  /** Of each client. */
  presences: Map<BareJid, Map<string, Presence>>;
  typing: Map<BareJid, Map<string, () => void>>;
}

const showOf = (presence: Element): Presence => {
  const show = presence.getChildText('show');
  if (show === 'dnd') return 'dnd';
  return show === 'away' || show === 'xa' ? 'away' : 'online';
};

/** Whom accounts have to do with, as their sessions tell: names, who is there, who writes just now. */
export function chatPeople({ events, clock, logger, onContacts }: ChatPeopleDeps) {
  const byAccount = new Map<AccountId, People>();

  function follow(account: Account, session: Session, scope: Scope): void {
    const people: People = {
      contacts: new Map(),
      isRead: false,
      nicknames: new Map(),
      presences: new Map(),
      typing: new Map(),
    };
    byAccount.set(account.id, people);
    const report = (error: unknown) => {
      if (error instanceof SessionLost) return;
      logger.warn({ err: error, account: account.jid }, 'the contacts of an account could not be read');
    };
    const about = (chat: BareJid) => ({ accountId: account.id, account: account.jid, chat });
    const told = (names: ReadonlyMap<BareJid, string>) =>
      onContacts(account, names, (jid) => people.contacts.has(jid));
    const changed = (chat: BareJid) => events.emit('chat.changed', about(chat));

    function stopped(chat: BareJid, who: string): void {
      const writing = people.typing.get(chat);
      const cancel = writing?.get(who);
      if (!writing || !cancel) return;
      cancel();
      writing.delete(who);
      if (writing.size === 0) people.typing.delete(chat);
      events.emit('chat.typing', { ...about(chat), who, isTyping: false });
    }

    function began(chat: BareJid, who: string): void {
      const writing = people.typing.get(chat) ?? new Map<string, () => void>();
      if (people.typing.size >= TYPING_LIMIT && !people.typing.has(chat)) return;
      const cancel = writing.get(who);
      cancel?.();
      people.typing.set(chat, writing);
      writing.set(
        who,
        clock.after(scope, TYPING_MS, () => stopped(chat, who)),
      );
      if (!cancel) events.emit('chat.typing', { ...about(chat), who, isTyping: true });
    }

    function heard(message: Element): void {
      const from = attribute(message, 'from') ?? '';
      const chat = bareOf(from);
      if (!chat || chat === account.jid) return;
      const state = readChatState(message);
      const isSaid = message.getChild('body') !== undefined || message.getChild('encrypted') !== undefined;
      if (!state && !isSaid) return;
      const isRoom = attribute(message, 'type') === 'groupchat';
      const who = isRoom ? from.slice(from.indexOf('/') + 1) : chat;
      if (state === 'composing') began(chat, who);
      else stopped(chat, who);
    }

    function seen(presence: Element): void {
      const from = attribute(presence, 'from') ?? '';
      const jid = bareOf(from);
      const type = attribute(presence, 'type');
      if (!jid || jid === account.jid || (type !== undefined && type !== 'unavailable')) return;
      // Who is in a room is the room's affair.
      if (!people.contacts.has(jid)) return;
      const before = presenceIn(people, jid);
      const clients = people.presences.get(jid) ?? new Map<string, Presence>();
      people.presences.set(jid, clients);
      if (type === undefined) clients.set(from, showOf(presence));
      else {
        clients.delete(from);
        stopped(jid, jid);
      }
      if (presenceIn(people, jid) !== before) changed(jid);
    }

    followRoster(
      session,
      scope,
      {
        begin() {
          people.contacts.clear();
          people.isRead = false;
          const known = [...people.presences.keys()];
          people.presences.clear();
          known.forEach(changed);
        },
        apply(contacts) {
          const names = new Map<BareJid, string>();
          for (const { jid, name, isFrom, isGone } of contacts) {
            if (isGone) people.contacts.delete(jid);
            else people.contacts.set(jid, { name: name && foreignText(name).slice(0, NAME_LENGTH), isFrom });
            const called = nameIn(people, jid);
            if (called) names.set(jid, called);
          }
          people.isRead = true;
          told(names);
        },
      },
      report,
    );
    scope.add(
      onNickname(session, (jid, nickname) => {
        const before = nameIn(people, jid);
        const said = nickname && foreignText(nickname).slice(0, NAME_LENGTH).trim();
        if (said && (people.nicknames.has(jid) || people.nicknames.size < NICKNAMES))
          people.nicknames.set(jid, said);
        else people.nicknames.delete(jid);
        const called = nameIn(people, jid);
        if (called === before) return;
        if (called && people.isRead) told(new Map([[jid, called]]));
        changed(jid);
      }),
    );
    scope.add(session.onPresence(seen));
    scope.add(session.watchMessages(heard));
    // Nobody is seen while we are away.
    scope.add(
      session.onState(({ state }) => {
        if (state === 'online') return;
        const known = [...people.presences.keys()];
        people.presences.clear();
        for (const [chat, writing] of [...people.typing])
          for (const who of [...writing.keys()]) stopped(chat, who);
        known.forEach(changed);
      }),
    );
    scope.add(() => void (byAccount.get(account.id) === people && byAccount.delete(account.id)));
  }

  /** Of who is on the contact list: as the person calls them there, else as they want to be called themselves. */
  function nameIn(people: People | undefined, jid: BareJid): string | undefined {
    const contact = people?.contacts.get(jid);
    return contact && (contact.name || people?.nicknames.get(jid));
  }

  function presenceIn(people: People | undefined, jid: BareJid): Presence {
    const clients = [...(people?.presences.get(jid)?.values() ?? [])];
    return ORDER.find((one) => clients.includes(one)) ?? 'offline';
  }

  return {
    /** Follows what a session tells, for as long as the scope lasts. */
    follow,
    presenceOf: ({ id }: Account, jid: BareJid): Presence => presenceIn(byAccount.get(id), jid),
    nameOf: ({ id }: Account, jid: BareJid) => nameIn(byAccount.get(id), jid),
    typingIn: ({ id }: Account, jid: BareJid) => [...(byAccount.get(id)?.typing.get(jid)?.keys() ?? [])],
    /** Undefined as long as the contact list is not here. */
    isContact({ id }: Account, jid: BareJid): boolean | undefined {
      const people = byAccount.get(id);
      return people?.isRead ? people.contacts.has(jid) : undefined;
    },
    /** Who is on the contact list and may see the account's presence. */
    isSubscriber: ({ id }: Account, jid: BareJid) => byAccount.get(id)?.contacts.get(jid)?.isFrom === true,
  };
}
export type ChatPeople = ReturnType<typeof chatPeople>;
