import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ChatMessage } from '../../../src-shared/client/types.ts';
import {
  addChatMessage,
  removeChatMessage,
  retryChatMessage,
  setChatMessageReaction,
} from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { type ChatKey, changeMessages, placeMessage } from '../../queries/chats.ts';
import { useText } from '../../text/use-text.ts';
import { confirmHarm } from '../../ui/confirm.tsx';
import { toastProblem } from '../../ui/toasts.tsx';
import { inOrder } from './in-order.ts';

interface About {
  replyTo?: string | undefined;
  replaceId?: string | undefined;
}

/** What was said first goes first, also where the engine has to look for keys before it takes it. */
const say = inOrder();

export interface MessageActs {
  /** `key`: the same when a text is sent again that was not taken, since it may have been. */
  write: (text: string, about: About | undefined, key: string) => Promise<boolean>;
  /** Why the last text was not taken; it is in the field again. */
  problem: Error | undefined;
  forgetProblem: () => void;
  /** A text is on its way to the engine. */
  isSending: boolean;
  react: (message: ChatMessage, emoji: string) => void;
  retract: (message: ChatMessage) => void;
  retry: (message: ChatMessage) => void;
}

/** Everything that is sent from a conversation. What comes of it is announced, and shown then. */
export function useMessageActs(chat: ChatKey): MessageActs {
  const client = useQueryClient();
  const text = useText().chats;
  const [problem, setProblem] = useState<Error>();
  const [sending, setSending] = useState(0);
  return useMemo(() => {
    const named = (message: ChatMessage) => ({ ...chat, message_id: message.message_id });
    return {
      problem,
      isSending: sending > 0,
      forgetProblem: () => setProblem(undefined),
      async write(words, about = {}, idempotencyKey) {
        try {
          setSending((count) => count + 1);
          const written = await say(`${chat.account} ${chat.jid}`, () =>
            addChatMessage(
              engine,
              { ...chat, text: words, reply_to: about.replyTo, replace_id: about.replaceId },
              { idempotencyKey },
            ),
          );
          setProblem(undefined);
          placeMessage(client, written);
          return true;
        } catch (error) {
          setProblem(error as Error);
          return false;
        } finally {
          setSending((count) => count - 1);
        }
      },
      react(message, emoji) {
        const own = message.reactions.filter((one) => one.own).map((one) => one.emoji);
        const next = own.includes(emoji) ? own.filter((one) => one !== emoji) : [...own, emoji];
        setChatMessageReaction(engine, { ...named(message), reaction: next.join(' ') }).catch(toastProblem);
      },
      retract: (message) =>
        confirmHarm({
          title: text.retract.title,
          body: text.retract.body,
          action: text.retract.action,
          run: () => removeChatMessage(engine, named(message)),
        }),
      async retry(message) {
        try {
          const again = await retryChatMessage(engine, named(message));
          changeMessages(client, chat, (kept) => ({
            ...kept,
            messages: kept.messages.filter(({ id }) => id !== message.id),
          }));
          placeMessage(client, again);
        } catch (error) {
          toastProblem(error as Error);
        }
      },
    };
  }, [chat, client, problem, sending, text]);
}
