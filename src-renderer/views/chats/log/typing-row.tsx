import type { Chat } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import { ChatMark } from '../chat-mark.tsx';
import styles from './typing-row.module.css';

/** Who writes just now. */
export function TypingRow({ chat }: { chat: Chat }) {
  const text = useText().chats.log;
  const { typing, kind, name } = chat;
  if (typing.length === 0) return null;
  const who = kind === 'room' ? typing.slice(0, 3) : [name];
  return (
    <div className={styles.row} role="status">
      <ChatMark chat={chat} size={32} />
      <span aria-hidden="true" className={styles.dots}>
        <i />
        <i />
        <i />
      </span>
      <span className={styles.words}>{text.typing(who, typing.length)}</span>
    </div>
  );
}
