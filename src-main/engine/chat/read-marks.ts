import { randomUUID } from 'node:crypto';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Logger } from '../../base/logger.ts';
import type { Scope } from '../../base/scope.ts';
import { xml } from '../../gateways/xmpp/element.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import { displayed } from '../../gateways/xmpp/xep-0333-markers.ts';
import { hint } from '../../gateways/xmpp/xep-0334-hints.ts';
import {
  onRead,
  publishRead,
  type ReadPosition,
  readPositions,
} from '../../gateways/xmpp/xep-0490-displayed-sync.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatRepository } from '../../store/chat-repository.ts';
import type { DeviceCountRepository } from '../../store/device-count-repository.ts';
import type { Store } from '../../store/open.ts';
import type { Post } from '../messages/post.ts';
import type { ChatLog } from './chat-log.ts';
import type { ChatPeople } from './chat-people.ts';
import type { ChatSessions } from './chat-sessions.ts';
import type { WrittenChat } from './chat-writing.ts';

interface ReadMarksDeps {
  store: Store;
  chats: ChatRepository;
  messages: ChatMessageRepository;
  log: ChatLog;
  sessions: ChatSessions;
  people: Pick<ChatPeople, 'isSubscriber'>;
  post: Pick<Post, 'prepare'>;
  devices: DeviceCountRepository;
  logger: Logger;
}

/**
 * How far a person has read, in both directions. Others are told of it only here, when somebody has looked: the sender
 * where that was asked for (XEP-0333), and the person's other clients (XEP-0490).
 */
export function readMarks(deps: ReadMarksDeps) {
  const { store, chats, messages, log, sessions, people, post, devices, logger } = deps;
  const report = (account: Account) => (error: unknown) => {
    if (error instanceof SessionLost) return;
    logger.debug({ err: error, account: account.jid }, 'how far was read could not be told');
  };

  /** Another client of the person has shown a conversation up to there. */
  async function heard(account: Account, { chat: jid, archiveId }: ReadPosition): Promise<void> {
    await store.write(async (tx) => {
      const chatId = await log.find(tx, account, jid);
      if (chatId === undefined) return;
      const id = await messages.unreadByArchiveId(tx, chatId, archiveId);
      if (id !== undefined && (await chats.setRead(tx, chatId, id))) log.announceChat(tx, account, jid);
    });
  }

  /** Who has not been let to see the person's presence learns that the person is there only from an answer. */
  async function isToKnow({ account, jid, kind, id }: WrittenChat): Promise<boolean> {
    if (kind === 'room' || kind === 'bot' || people.isSubscriber(account, jid)) return true;
    return id !== undefined && (await messages.hasOwn(id));
  }

  /** Who looks may want to answer: of strangers nobody has asked yet what can be encrypted for. */
  async function learnDevices(account: Account, jid: BareJid): Promise<void> {
    const count = async () => (await devices.of([account.id], jid))[0]?.devices;
    const before = await count();
    await post.prepare(account, jid);
    if ((await count()) !== before) await store.write(async (tx) => log.announceChat(tx, account, jid));
  }

  async function tell(chat: WrittenChat, session: Session, upTo: number, before: number): Promise<void> {
    const { account, jid, kind, id } = chat;
    if (id === undefined || kind === 'self') return;
    const to: BareJid = jid;
    const asking = await messages.newestOfOthers(id, { after: before, upTo, isMarkable: true });
    if (asking && (await isToKnow(chat))) {
      const named = kind === 'room' ? asking.archiveId : (asking.otherId ?? asking.messageId);
      const type = kind === 'room' ? 'groupchat' : 'chat';
      if (named !== undefined)
        await session.send(xml('message', { to, id: randomUUID(), type }, displayed(named), hint('store')));
    }
    const newest = await messages.newestOfOthers(id, { after: before, upTo, isMarkable: false });
    if (newest?.archiveId !== undefined) {
      const by = kind === 'room' ? jid : account.jid;
      await publishRead(session, { chat: jid, archiveId: newest.archiveId, by });
    }
  }

  return {
    /** Follows what other clients of the account tell. */
    follow(account: Account, session: Session, scope: Scope): void {
      const take = (position: ReadPosition) => void heard(account, position).catch(report(account));
      const readAll = async () => {
        for (const position of await readPositions(session)) await heard(account, position);
      };
      scope.add(onRead(session, take));
      scope.add(session.onReady(({ resumed }) => void (resumed || readAll().catch(report(account)))));
      if (session.state === 'online') readAll().catch(report(account));
    },

    /** Somebody has looked at a conversation, up to that message. */
    async read(chat: WrittenChat, upTo: number, readUpTo: number | undefined): Promise<void> {
      const { account, jid, id } = chat;
      if (id === undefined) return;
      const newest = await messages.newest(id);
      const reached = Math.min(upTo, newest?.id ?? 0);
      const isNew = await store.write(async (tx) => {
        const isRead = await chats.setRead(tx, id, reached);
        if (isRead) log.announceChat(tx, account, jid);
        return isRead;
      });
      const session = sessions.of(account.jid);
      // What is not told now is not told later: the person's other clients find out by themselves.
      if (isNew && session) tell(chat, session, reached, readUpTo ?? 0).catch(report(account));
      if (isNew && session && chat.kind === 'contact') learnDevices(account, jid).catch(report(account));
    },
  };
}
export type ReadMarks = ReturnType<typeof readMarks>;
