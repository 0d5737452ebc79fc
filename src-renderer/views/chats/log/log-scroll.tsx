import type { KeyboardEventHandler, ReactNode, Ref } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import styles from './message-log.module.css';

interface LogScrollProps {
  chat: Chat;
  children: ReactNode;
  onKeyDown?: KeyboardEventHandler;
  ref?: Ref<HTMLDivElement>;
}

/** Where what was said is read. */
export function LogScroll({ chat, children, onKeyDown, ref }: LogScrollProps) {
  const text = useText().chats;
  return (
    <div
      aria-label={text.log.label(chat.name)}
      aria-live="off"
      className={styles.scroll}
      onKeyDown={onKeyDown}
      ref={ref}
      role="log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and its messages are reached with the arrows
      tabIndex={0}
    >
      {children}
    </div>
  );
}
