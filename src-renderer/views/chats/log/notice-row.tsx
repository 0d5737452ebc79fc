import { Button } from '@mantine/core';
import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { NewDeviceIcon, TrustedIcon, UnknownLockIcon } from '../../../ui/icons.tsx';
import { clockOf } from '../../../ui/when.ts';
import { useOpenChat } from '../chat-context.ts';
import styles from './notice-row.module.css';

const QUIET = new Set(['new-device', 'trust-changed']);

/** Something about the conversation that nobody said. Trouble is amber and has a way out; news are grey. */
export function NoticeRow({ message }: { message: ChatMessage }) {
  const words = useText().chats.notices;
  const language = useLanguage();
  const { openPanel } = useOpenChat();
  const code = message.notice?.code ?? '';
  const action = message.notice?.action;
  const isQuiet = QUIET.has(code);
  const Icon =
    code === 'new-device' ? NewDeviceIcon : code === 'trust-changed' ? TrustedIcon : UnknownLockIcon;
  return (
    <div
      className={isQuiet ? styles.quiet : styles.notice}
      data-message={message.message_id}
      role="note"
      tabIndex={-1}
    >
      <Icon />
      <span className={styles.text}>{message.text}</span>
      <time className={styles.time}>{clockOf(message.sent_at, language)}</time>
      {(action || code === 'undecryptable' || code === 'unreadable') && (
        <Button onClick={() => openPanel('encryption')} size="compact-sm" variant="default">
          {action === 'devices' && code === 'new-device' ? words.approve : words.look}
        </Button>
      )}
    </div>
  );
}
