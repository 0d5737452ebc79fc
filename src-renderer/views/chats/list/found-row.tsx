import { Link } from 'wouter';
import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { paths } from '../../../places.ts';
import { useLanguage } from '../../../text/use-text.ts';
import { shortWhen } from '../../../ui/when.ts';
import { ChatMark } from '../chat-mark.tsx';
import { useChat } from '../use-chats.ts';
import { aroundMatch } from './around-match.ts';
import styles from './chat-row.module.css';

/** A message that was found: where, when, and the words around. It leads to its place. */
export function FoundRow({ message, words }: { message: ChatMessage; words: string }) {
  const language = useLanguage();
  const chat = useChat({ account: message.account, jid: message.chat });
  const name = chat?.name ?? message.chat;
  const [before, match, after] = aroundMatch(message.text || (message.files[0]?.name ?? ''), words);
  return (
    <Link className={styles.row} href={`${paths.chat(message.account, message.chat)}?message=${message.id}`}>
      <ChatMark chat={chat ?? { kind: 'contact', name, bot_id: null, jid: message.chat }} />
      <span className={styles.words}>
        <span className={styles.line}>
          <span className={styles.name}>
            <bdi>{name}</bdi>
          </span>
          <time className={styles.when}>{shortWhen(message.sent_at, language)}</time>
        </span>
        <span className={styles.line}>
          <span className={styles.preview} dir="auto">
            {before}
            <mark>{match}</mark>
            {after}
          </span>
        </span>
      </span>
    </Link>
  );
}
