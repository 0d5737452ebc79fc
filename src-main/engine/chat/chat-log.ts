import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { isMarkable } from '../../gateways/xmpp/xep-0333-markers.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatRepository } from '../../store/chat-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { ComposedMessage } from '../messages/compose.ts';
import { originName } from '../messages/message-names.ts';
import type { MessageNews } from '../messages/outbox.ts';
import type { Sender } from '../messages/post.ts';
import type { IncomingMessage, Reading } from '../messages/read-message.ts';
import type { Way } from '../messages/receive-message.ts';
import { bodyOf, bodyOfSaid } from './chat-body.ts';
import { chatChanges } from './chat-changes.ts';
import { chatNotices } from './chat-notices.ts';
import { chatRoomLog } from './chat-room-log.ts';
import { earlyPlaces } from './early-places.ts';

interface ChatLogDeps {
  chats: ChatRepository;
  messages: ChatMessageRepository;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

type Receipt = Pick<Extract<Reading, { kind: 'receipt' }>, 'id' | 'state' | 'from' | 'to'>;
/**
 * Writes down what is said in the conversations of people's accounts, in the units that store what it means: each
 * message once, however many copies of it come. Accounts of bots have no window; their conversations are in their owner's.
 */
export async function chatLog({ chats, messages, events, clock }: ChatLogDeps) {
  /** Conversations as they are committed, by account and address. */
  const known = new Map<string, number>();
  /** Accounts that have conversations. */
  const withChats = await chats.accounts();
  const keyOf = ({ id }: Pick<Account, 'id'>, jid: BareJid) => `${id}/${jid}`;
  const changes = chatChanges({ messages });
  const early = earlyPlaces({ messages, announce });

  events.on('account.removed', ({ accountId }) => {
    withChats.delete(accountId);
    early.forget(accountId);
    for (const key of known.keys()) if (key.startsWith(`${accountId}/`)) known.delete(key);
  });

  function announce(
    tx: Tx,
    { id: accountId, jid: account }: Pick<Account, 'id' | 'jid'>,
    chat: BareJid,
    id: number,
    isNew = false,
  ) {
    tx.afterCommit(() => events.emit('chat.message', { accountId, account, chat, id, isNew }));
  }
  function announceChat(tx: Tx, { id: accountId, jid: account }: Pick<Account, 'id' | 'jid'>, chat: BareJid) {
    tx.afterCommit(() => events.emit('chat.changed', { accountId, account, chat }));
  }

  /** The conversation, if there is one. */
  async function find(tx: Tx, account: Pick<Account, 'id'>, jid: BareJid): Promise<number | undefined> {
    return known.get(keyOf(account, jid)) ?? (await chats.idOf(tx, account.id, jid));
  }

  /** The conversation, from now on if there was none. */
  async function open(tx: Tx, account: Account, jid: BareJid, isRoom: boolean): Promise<number> {
    const key = keyOf(account, jid);
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const found = await chats.idOf(tx, account.id, jid);
    const id = found ?? (await chats.insert(tx, { accountId: account.id, jid, isRoom }));
    tx.afterCommit(() => {
      known.set(key, id);
      withChats.set(account.id, account.jid);
    });
    if (found === undefined) announceChat(tx, account, jid);
    return id;
  }

  return {
    ...chatRoomLog({ chats, messages, changes, find, open, announce, announceChat }),
    ...chatNotices({ messages, clock, find, open, announce }),
    open,
    find,
    announce,
    announceChat,

    /** A message of the account's stream or archive that is not from here. */
    async came(tx: Tx, account: Account, message: IncomingMessage, way: Way = 'live'): Promise<void> {
      const { from, to, kind, stanza, names, sentAt, isGenerated } = message;
      const own = account.jid;
      const jid = from === own ? to : from;
      if (kind !== 'message') {
        const chatId = await find(tx, account, jid);
        if (chatId === undefined) return;
        const author = { key: from, isOutgoing: from === own };
        const id = await changes.apply(tx, chatId, author, message);
        if (typeof id === 'number') announce(tx, account, jid, id);
        if (id !== 'apart') return;
      }
      // A correction names what it corrects.
      const stanzaId = kind === 'message' ? message.stanzaId : message.sentAs;
      const [name] = names;
      if (name === undefined) return;
      const isOutgoing = from === own;
      const chatId = await open(tx, account, jid, false);
      const by = isGenerated ? (message.answers === undefined ? 'bot' : 'engine') : 'person';
      const messageId = stanzaId || name;
      const isForReader = jid === own ? by !== 'person' : !isOutgoing;
      const id = await messages.insert(tx, {
        chatId,
        name,
        messageId,
        otherId: message.id !== '' && message.id !== stanzaId ? message.id : undefined,
        archiveId: message.archiveId,
        author: from,
        isOutgoing,
        by,
        weight: isForReader ? 1 : 0,
        isEncrypted: message.isEncrypted,
        isMarkable: !isOutgoing && isMarkable(stanza),
        state: isOutgoing ? 'acked' : null,
        sentAt,
        body: bodyOf(stanza, message),
      });
      if (way === 'archive')
        await early.archived(tx, account, { chatId, messageId, name, isNew: id !== undefined });
      if (id === undefined) return;
      if (way === 'held back') early.came(tx, account, { id, jid });
      // Who has written there from another client has read what stands before.
      if (isOutgoing && by === 'person' && (await chats.setRead(tx, chatId, id)))
        announceChat(tx, account, jid);
      announce(tx, account, jid, id, true);
    },

    /** What goes out through a person's account, by whoever it is. */
    async wrote(
      tx: Tx,
      { account, botId }: Sender,
      { kind, to, id: messageId, originalId, said, isRoom = false }: ComposedMessage,
      isEncrypted: boolean,
    ): Promise<void> {
      if (account.botId !== undefined || !said || kind === 'transport') return;
      const own = { key: account.jid, isOutgoing: true };
      if (kind !== 'message' || originalId !== undefined) {
        const chatId = await find(tx, account, to);
        if (chatId === undefined) return;
        const id = await changes.applySaid(tx, chatId, own, { kind, originalId, said, isEncrypted });
        if (id !== undefined) announce(tx, account, to, id);
        return;
      }
      const chatId = await open(tx, account, to, isRoom);
      const by = botId !== null ? 'bot' : said.isByPerson ? 'person' : 'engine';
      const id = await messages.insert(tx, {
        chatId,
        name: originName(account.jid, messageId),
        messageId,
        author: account.jid,
        isOutgoing: true,
        by,
        botId,
        weight: to === account.jid && by !== 'person' ? 1 : 0,
        isEncrypted,
        state: 'queued',
        sentAt: clock.now(),
        body: bodyOfSaid(said),
      });
      if (id === undefined) return;
      if (by === 'person') await chats.setRead(tx, chatId, id);
      announce(tx, account, to, id, true);
    },

    /** Messages that went out from here have come further, all in the same way. */
    async settled(tx: Tx, news: readonly MessageNews[]): Promise<void> {
      const byChat = Map.groupBy(news, ({ accountId, conversation }) => `${accountId}/${conversation}`);
      for (const ofChat of byChat.values()) {
        const [{ accountId, conversation, state, reason }] = ofChat as [MessageNews];
        const own = withChats.get(accountId);
        if (own === undefined) continue;
        const jid = conversation as BareJid;
        const chatId = await find(tx, { id: accountId }, jid);
        if (chatId === undefined) continue;
        const messageIds = ofChat.map(({ messageId }) => messageId);
        const ids = await messages.settle(tx, chatId, messageIds, state, reason ?? null);
        for (const id of ids) announce(tx, { id: accountId, jid: own }, jid, id);
      }
    },

    /** Somebody has got or read a message; or the person has, at another client. */
    async receipt(tx: Tx, account: Account, { id: messageId, state, from, to }: Receipt): Promise<void> {
      const isOwn = from === account.jid;
      const jid = isOwn ? to : from;
      const chatId = await find(tx, account, jid);
      if (chatId === undefined) return;
      if (isOwn) {
        const read = state === 'displayed' ? await messages.find(chatId, messageId, tx) : undefined;
        if (read && (await chats.setRead(tx, chatId, read.id))) announceChat(tx, account, jid);
        return;
      }
      const ids = await messages.settle(tx, chatId, [messageId], state);
      if (state === 'displayed' && ids[0] !== undefined)
        ids.push(...(await messages.displayedUpTo(tx, chatId, ids[0])));
      for (const id of ids) announce(tx, account, jid, id);
    },

    /** The archive is read: what came meanwhile has its place behind it. */
    placed: (tx: Tx, account: Account): Promise<void> => early.placed(tx, account),

    /** Deletes what was said there, in our window alone. */
    async clear(tx: Tx, account: Account, jid: BareJid): Promise<void> {
      const chatId = await find(tx, account, jid);
      if (chatId === undefined) return;
      await chats.clear(tx, chatId);
      announceChat(tx, account, jid);
    },
    /** The same, and the conversation itself. */
    async forget(tx: Tx, account: Account, jid: BareJid): Promise<void> {
      const chatId = await find(tx, account, jid);
      if (chatId === undefined) return;
      await chats.forget(tx, chatId);
      // At once for units of the same commit; once more when an earlier one has noted it.
      const drop = () => void known.delete(keyOf(account, jid));
      drop();
      tx.afterCommit(drop);
      announceChat(tx, account, jid);
    },
    /** As `forget`, of all that is kept beyond so many messages of an account. */
    trim: (tx: Tx, accountId: AccountId, kept: number) => messages.trim(tx, accountId, kept),
    accountIds: () => [...withChats.keys()],
  };
}
export type ChatLog = Awaited<ReturnType<typeof chatLog>>;
