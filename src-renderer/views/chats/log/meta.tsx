import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { CheckIcon, ClockIcon, LockIcon, OpenLockIcon, ReadIcon, WarningIcon } from '../../../ui/icons.tsx';
import { clockOf, fullDateOf } from '../../../ui/when.ts';
import { useOpenChat } from '../chat-context.ts';
import styles from './bubble.module.css';
import { sealOf } from './seal.ts';

/** When it was said, and how it fares. */
export function Meta({ message, isOwn }: { message: ChatMessage; isOwn: boolean }) {
  const text = useText().chats;
  const language = useLanguage();
  const { chat } = useOpenChat();
  const seal = sealOf(message, chat);
  return (
    <span className={styles.meta}>
      {message.edited && <span>{text.message.edited}</span>}
      {seal === 'open' && (
        <span className={styles.bad} title={text.message.inClear}>
          <OpenLockIcon size={12} />
        </span>
      )}
      {seal === 'closed' && (
        <span className={styles.sealed} title={text.message.encrypted}>
          <LockIcon size={12} />
        </span>
      )}
      <time title={fullDateOf(message.sent_at, language)}>{clockOf(message.sent_at, language)}</time>
      {isOwn && message.state && (
        <span className={styles.mark} title={text.states[message.state]}>
          <StateMark state={message.state} />
        </span>
      )}
    </span>
  );
}

function StateMark({ state }: { state: NonNullable<ChatMessage['state']> }) {
  if (state === 'queued' || state === 'sent') return <ClockIcon size={14} />;
  if (state === 'acked') return <CheckIcon size={14} />;
  if (state === 'delivered') return <ReadIcon size={14} />;
  if (state === 'displayed')
    return (
      <span className={`${styles.mark} ${styles.filled}`}>
        <ReadIcon size={14} />
      </span>
    );
  return (
    <span className={`${styles.mark} ${styles.bad}`}>
      <WarningIcon size={14} />
    </span>
  );
}
