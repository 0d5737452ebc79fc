import type { BareJid } from '../../../src-shared/jid.ts';
import { isMarkable } from '../../gateways/xmpp/xep-0333-markers.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatRepository } from '../../store/chat-repository.ts';
import type { Tx } from '../../store/open.ts';
import { hashed } from '../messages/message-names.ts';
import type { RoomSaying, RoomStanza } from '../rooms/read-room-message.ts';
import { bodyOf } from './chat-body.ts';
import type { ChatBooks } from './chat-books.ts';
import type { chatChanges } from './chat-changes.ts';

type Said = Exclude<RoomSaying, { kind: 'subject' }>;

interface ChatRoomLogDeps extends ChatBooks {
  chats: ChatRepository;
  messages: ChatMessageRepository;
  changes: ReturnType<typeof chatChanges>;
}

/** Writes down what is said in rooms. */
export function chatRoomLog(deps: ChatRoomLogDeps) {
  const { chats, messages, changes, find, open, announce, announceChat } = deps;
  return {
    /**
     * What was said in a room. `target`: of anything but a message the one that it is about, which the sender may change;
     * `stanzaId`: what others call it.
     */
    async cameInRoom(
      tx: Tx,
      account: Account,
      from: RoomStanza,
      saying: Said,
      { stanzaId, target }: { stanzaId: string; target: string | undefined },
    ): Promise<void> {
      const { room, nick, name, isOwn, sentAt, isGenerated } = from;
      if (saying.kind !== 'message') {
        const chatId = target === undefined ? undefined : await find(tx, account, room);
        if (chatId === undefined || target === undefined) return;
        const author = { key: isOwn ? account.jid : nick, isOutgoing: isOwn, isChecked: true };
        const { isEncrypted, stanza } = from;
        const change = { ...saying, stanza, stanzaId: target, isEncrypted };
        const id = await changes.apply(tx, chatId, author, change);
        if (typeof id === 'number') announce(tx, account, room, id);
        if (id !== 'apart') return;
      }
      if (nick === '' && saying.text === '') return;
      const chatId = await open(tx, account, room, true);
      const id = await messages.insert(tx, {
        chatId,
        name: hashed(`room|${name}`),
        messageId: stanzaId || name,
        otherId: from.id !== '' && from.id !== stanzaId ? from.id : undefined,
        archiveId: from.stanzaId,
        author: isOwn ? account.jid : nick,
        isOutgoing: isOwn,
        by: isGenerated ? 'bot' : 'person',
        weight: isOwn ? 0 : saying.isMention ? 2 : 1,
        isEncrypted: from.isEncrypted,
        isMarkable: !isOwn && isMarkable(from.stanza),
        state: isOwn ? 'delivered' : null,
        sentAt,
        body: bodyOf(from.stanza, { text: saying.text, replyTo: saying.replyTo, files: saying.files }),
      });
      if (id === undefined) return;
      if (isOwn && (await chats.setRead(tx, chatId, id))) announceChat(tx, account, room);
      announce(tx, account, room, id, true);
    },

    /** The room calls a message of ours by that id; its archive does, too. */
    async namedInRoom(
      tx: Tx,
      account: Account,
      room: BareJid,
      messageId: string,
      archiveId: string,
    ): Promise<void> {
      const chatId = await find(tx, account, room);
      const found = chatId === undefined ? undefined : await messages.find(chatId, messageId, tx);
      if (found) await messages.noteArchiveId(tx, found.id, archiveId);
    },
  };
}
