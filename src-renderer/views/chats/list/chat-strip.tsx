import { Tooltip } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { Link } from 'wouter';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { paths } from '../../../places.ts';
import { type ChatKey, sameChat } from '../../../queries/chats.ts';
import { badgeCount } from '../../../ui/badge-count.ts';
import { ChatMark, dotOf } from '../chat-mark.tsx';
import styles from './chat-list.module.css';
import { useRowName } from './row-name.ts';
import type { Section } from './sections.ts';

type Item = { kind: 'line' } | { kind: 'chat'; chat: Chat };

/** The list where there is little room: one mark for each conversation. */
export function ChatStrip({ sections, open }: { sections: readonly Section[]; open: ChatKey | undefined }) {
  const scroll = useRef<HTMLDivElement>(null);
  const items = useMemo(
    () =>
      sections.flatMap(({ chats }, index): Item[] => [
        ...(index > 0 ? [{ kind: 'line' } as const] : []),
        ...chats.map((chat) => ({ kind: 'chat', chat }) as const),
      ]),
    [sections],
  );
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (items[index]?.kind === 'line' ? 17 : 54),
    overscan: 6,
  });
  return (
    <div className={styles.strip} ref={scroll}>
      <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            <div className={styles.item} key={index} style={{ transform: `translateY(${start}px)` }}>
              {item?.kind === 'chat' ? (
                <StripItem chat={item.chat} isOpen={open !== undefined && sameChat(item.chat, open)} />
              ) : (
                <hr className={styles.stripLine} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function StripItem({ chat, isOpen }: { chat: Chat; isOpen: boolean }) {
  const name = useRowName(chat);
  return (
    <Tooltip label={chat.name} position="right">
      <Link
        aria-current={isOpen ? 'page' : undefined}
        aria-label={name}
        className={styles.stripItem}
        href={paths.chat(chat.account, chat.jid)}
      >
        <ChatMark chat={chat} dot={dotOf(chat)} ground={isOpen ? 'active' : 'list'} />
        {chat.unread > 0 && (
          <span aria-hidden="true" className={styles.stripCount}>
            {badgeCount(chat.unread)}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
