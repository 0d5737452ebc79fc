import { SendQueueFull, SessionLost } from '../../gateways/xmpp/session.ts';
import type { ChatState } from '../../gateways/xmpp/xep-0085-chat-states.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import { composeChatState } from '../messages/compose.ts';
import type { ChatPeople } from './chat-people.ts';
import type { ChatSessions } from './chat-sessions.ts';
import type { WrittenChat } from './chat-writing.ts';

interface ChatTypingDeps {
  sessions: ChatSessions;
  people: Pick<ChatPeople, 'isSubscriber'>;
  messages: Pick<ChatMessageRepository, 'hasOwn'>;
}

/** Shows others that the person writes in our window. */
export function chatTyping({ sessions, people, messages }: ChatTypingDeps) {
  return {
    /** Worth nothing later, so it is dropped where it cannot be said now, and where it would tell a stranger who is there. */
    async show({ account, jid, kind, id }: WrittenChat, state: ChatState): Promise<void> {
      if (kind === 'self') return;
      const isKnown =
        kind !== 'contact' ||
        people.isSubscriber(account, jid) ||
        (id !== undefined && (await messages.hasOwn(id)));
      const session = sessions.of(account.jid);
      if (!session || !isKnown) return;
      try {
        const stanza = composeChatState(jid, state, { isByPerson: true, isRoom: kind === 'room' });
        session.send(stanza).catch(() => undefined);
      } catch (error) {
        if (!(error instanceof SessionLost || error instanceof SendQueueFull)) throw error;
      }
    },
  };
}
export type ChatTyping = ReturnType<typeof chatTyping>;
