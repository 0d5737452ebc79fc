import { memo } from 'react';
import { Link } from 'wouter';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { paths } from '../../../places.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { badgeCount } from '../../../ui/badge-count.ts';
import { LockIcon, MutedIcon, OpenLockIcon, PinIcon, WarningIcon } from '../../../ui/icons.tsx';
import { shortWhen } from '../../../ui/when.ts';
import { ChatMark, dotOf } from '../chat-mark.tsx';
import styles from './chat-row.module.css';
import { Preview } from './preview.tsx';
import { lockWords, stateWords } from './row-name.ts';

interface RowProps {
  chat: Chat;
  isOpen: boolean;
  isStop: boolean;
  onMenu: (chat: Chat, at: { x: number; y: number }) => void;
}

/** A conversation in the list: 58 pixels, everything on two lines. */
export const ChatRow = memo(function ChatRow({ chat, isOpen, isStop, onMenu }: RowProps) {
  const language = useLanguage();
  const text = useText();
  const isUnread = chat.unread > 0;
  return (
    <Link
      aria-current={isOpen ? 'page' : undefined}
      className={`${styles.row} ${isOpen ? styles.open : ''} ${isUnread ? styles.unread : ''}`}
      data-chat={chat.jid}
      draggable={false}
      href={paths.chat(chat.account, chat.jid)}
      onContextMenu={(event: React.MouseEvent) => {
        event.preventDefault();
        onMenu(chat, { x: event.clientX, y: event.clientY });
      }}
      tabIndex={isStop ? 0 : -1}
    >
      <ChatMark chat={chat} dot={dotOf(chat)} ground={isOpen ? 'active' : 'list'} />
      <span className={styles.words}>
        <span className={styles.line}>
          <span className={styles.name} title={chat.jid}>
            <bdi>{chat.name}</bdi>
          </span>
          <span className={styles.heard}>
            {[stateWords(chat, text), lockWords(chat, text), chat.muted ? text.chats.list.muted : undefined]
              .filter(Boolean)
              .join(', ')}
          </span>
          <Lock chat={chat} />
          {chat.muted && (
            <span className={styles.faint}>
              <MutedIcon size={14} />
            </span>
          )}
          {chat.last && <time className={styles.when}>{shortWhen(chat.last.sent_at, language)}</time>}
        </span>
        <span className={styles.line}>
          <span className={styles.preview} data-may-be-cut>
            <Preview chat={chat} isOpen={isOpen} />
          </span>
          <Mark chat={chat} />
        </span>
      </span>
    </Link>
  );
});

function Lock({ chat: { kind, encryption } }: { chat: Chat }) {
  if (kind === 'self') return null;
  if (encryption.state === 'on')
    return (
      <span className={styles.lock}>
        <LockIcon size={14} />
      </span>
    );
  if (encryption.state === 'impossible' || kind === 'bot')
    return (
      <span className={styles.bad}>
        <OpenLockIcon size={14} />
      </span>
    );
  return null;
}

function Mark({ chat }: { chat: Chat }) {
  const { chats, shell } = useText();
  const text = chats.list;
  if (chat.unread > 0)
    return (
      <span className={`${styles.count} ${chat.muted ? styles.quiet : ''}`}>
        {chat.mentions > 0 ? '@' : ''}
        <span aria-hidden="true">{badgeCount(chat.unread)}</span>
        <span className={styles.heard}>{shell.unread(badgeCount(chat.unread))}</span>
      </span>
    );
  if (chat.last?.state === 'failed')
    return (
      <span className={styles.bad} title={text.notSent}>
        <WarningIcon size={16} />
      </span>
    );
  if (chat.kind === 'self')
    return (
      <span className={styles.faint}>
        <PinIcon size={14} />
      </span>
    );
  return null;
}
