import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { messagesQuery } from '../../../queries/chats.ts';
import { newKey } from '../../../queries/new-key.ts';
import { useOpenChat } from '../chat-context.ts';
import styles from './bubble.module.css';
import { isOwn } from './rows.ts';

/**
 * What can be said to a message with a click; once something was said, all of them are over. What somebody else offers goes
 * into the field first: what it is called need not be what it says.
 */
export function Actions({ message }: { message: ChatMessage }) {
  const { chat, say, fill } = useOpenChat();
  const [isChosen, setChosen] = useState(false);
  // Of each answer: what was clicked once may have arrived although nothing came back.
  const keys = useRef(new Map<string, string>());
  const { data: isAnswered = false } = useQuery({
    ...messagesQuery(chat),
    select: ({ messages }) => messages.some((one) => one.id > message.id && isOwn(one)),
  });
  const isKnown = chat.kind === 'self' || chat.kind === 'bot';
  async function choose(value: string) {
    if (!isKnown) return fill(value);
    setChosen(true);
    const key = keys.current.get(value) ?? newKey();
    keys.current.set(value, key);
    if (!(await say(value, key))) setChosen(false);
  }
  return (
    <div className={styles.actions}>
      {message.actions.map(({ value, label }) => (
        <button
          className={styles.action}
          disabled={isChosen || isAnswered}
          key={value}
          onClick={() => void choose(value)}
          title={value}
          type="button"
        >
          {label}
        </button>
      ))}
    </div>
  );
}
