import { SendQueueFull, SessionLost } from '../../gateways/xmpp/session.ts';
import type { ChatState } from '../../gateways/xmpp/xep-0085-chat-states.ts';
import type { Bot } from '../../store/bot-repository.ts';
import { composeChatState } from './compose.ts';
import { type MessageType, type Outgoing, speakerOf } from './outgoing.ts';

/** What a bot does at the moment: typing, or no longer. */
export function chatStateService({ outgoing }: { outgoing: Outgoing }) {
  return {
    /** Writes it to the stream now; refuses when the account is not online, because later it would be wrong. */
    async show(
      bot: Bot,
      { to, state, type = 'chat' }: { to: string; state: ChatState; type?: MessageType },
    ): Promise<void> {
      const recipient = await outgoing.recipient(bot, to, type);
      const stanza = composeChatState(recipient, state, { isRoom: type === 'groupchat' });
      try {
        const session = await outgoing.session(bot);
        // Whether the server has it is of no interest.
        session.send(stanza).catch(() => undefined);
      } catch (error) {
        if (error instanceof SessionLost || error instanceof SendQueueFull) {
          throw await outgoing.offline(speakerOf(bot), error.message);
        }
        throw error;
      }
    },
  };
}
export type ChatStateService = ReturnType<typeof chatStateService>;
