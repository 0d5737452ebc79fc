import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import { useOpenChat } from '../chat-context.ts';
import styles from './reactions.module.css';

/** What others and oneself think of it; a click gives or takes back one's own. */
export function Reactions({ message }: { message: ChatMessage }) {
  const text = useText().chats.message;
  const { react } = useOpenChat();
  return (
    <div className={styles.reactions}>
      {message.reactions.map(({ emoji, count, own, authors }) => (
        <button
          aria-label={text.reaction(emoji, count, own)}
          aria-pressed={own}
          className={`${styles.reaction} ${own ? styles.own : ''}`}
          key={emoji}
          onClick={() => react(message, emoji)}
          title={authors.join(', ')}
          type="button"
        >
          {emoji} {count}
        </button>
      ))}
    </div>
  );
}
