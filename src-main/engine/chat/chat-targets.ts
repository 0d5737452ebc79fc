import { refuse } from '../../../src-shared/errors.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatMessageRow } from '../../store/chat-message-row.ts';
import type { Answered } from '../messages/compose.ts';
import { shownId } from '../messages/message-targets.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { WrittenChat } from './chat-writing.ts';

/** The messages that a person does something with, and how others know them. Refuses what cannot be meant. */
export function chatTargets({ messages, rooms }: { messages: ChatMessageRepository; rooms: RoomRegistry }) {
  async function messageOf({ id: chatId, jid }: WrittenChat, id: string): Promise<ChatMessageRow> {
    const found = chatId === undefined ? undefined : await messages.find(chatId, id);
    if (!found || found.notice !== undefined) throw refuse('chat.no-message', { id: shownId(id), chat: jid });
    if (found.isRetracted) throw refuse('chat.gone', { id: shownId(id) });
    return found;
  }

  async function ownOf(chat: WrittenChat, id: string): Promise<ChatMessageRow> {
    const found = await messageOf(chat, id);
    if (!found.isOutgoing) throw refuse('chat.not-own', { id: shownId(id) });
    return found;
  }

  /** What others know a message by: in rooms by the id that the room gave it. */
  const nameOnWire = ({ kind }: WrittenChat, { messageId, archiveId }: ChatMessageRow) =>
    kind === 'room' ? (archiveId ?? messageId) : messageId;

  return {
    messageOf,
    ownOf,
    nameOnWire,

    /**
     * One that a person has typed. What bots and the engine say through the account goes out once more as the person's word
     * otherwise, and may be a command then.
     */
    async typedOf(chat: WrittenChat, id: string): Promise<ChatMessageRow> {
      const found = await ownOf(chat, id);
      if (found.by !== 'person') throw refuse('chat.not-own', { id: shownId(id) });
      return found;
    },

    /** A message as one that answers it names it. */
    answered(chat: WrittenChat, message: ChatMessageRow): Answered {
      const { account, jid, kind } = chat;
      const nick = message.isOutgoing ? rooms.of(account)?.of(jid)?.nick : message.author;
      return {
        id: nameOnWire(chat, message),
        author: kind === 'room' ? `${jid}/${nick ?? ''}` : message.author,
        excerpt: message.body().text.split('\n').slice(0, 4).join('\n').slice(0, 400),
        isSecret: message.isEncrypted,
      };
    },

    /** Which message that one answers, as long as it is there. */
    async answeredBy({ id: chatId }: WrittenChat, message: ChatMessageRow): Promise<string | undefined> {
      const { reply } = message.body();
      if (!reply || chatId === undefined) return undefined;
      const found = await messages.find(chatId, reply.id);
      return found?.isRetracted === false ? reply.id : undefined;
    },
  };
}
export type ChatTargets = ReturnType<typeof chatTargets>;
