import { ActionIcon, Tooltip } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { paths } from '../../../places.ts';
import { type ChatKey, sameChat } from '../../../queries/chats.ts';
import { useText } from '../../../text/use-text.ts';
import { badgeCount } from '../../../ui/badge-count.ts';
import { NewChatIcon } from '../../../ui/icons.tsx';
import { useIsSlim } from '../../../ui/width.ts';
import { ChatMark, dotOf } from '../chat-mark.tsx';
import styles from './chat-list.module.css';
import { NewChat } from './new-chat.tsx';
import { useRowName } from './row-name.ts';
import type { Section } from './sections.ts';

type Item = { kind: 'line' } | { kind: 'chat'; chat: Chat };

interface MarksProps {
  sections: readonly Section[];
  open: ChatKey | undefined;
  isAcross: boolean;
}

interface ChatStripProps extends Omit<MarksProps, 'isAcross'> {
  account: string | undefined;
}

/** The list where there is little room: one mark for each conversation, and a new one. */
export function ChatStrip({ account, ...shown }: ChatStripProps) {
  const text = useText().chats.list;
  const isSlim = useIsSlim();
  const [isNew, setNew] = useState(false);
  return (
    <>
      <Marks isAcross={isSlim} key={String(isSlim)} {...shown} />
      {account !== undefined && (
        <>
          <Tooltip label={text.newChat} position="right">
            <ActionIcon
              aria-label={text.newChat}
              className={styles.stripNew ?? ''}
              onClick={() => setNew(true)}
              size={36}
              variant="subtle"
            >
              <NewChatIcon />
            </ActionIcon>
          </Tooltip>
          <NewChat account={account} isOpen={isNew} onClose={() => setNew(false)} />
        </>
      )}
    </>
  );
}

/** One above the other, or side by side. */
function Marks({ sections, open, isAcross }: MarksProps) {
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
    horizontal: isAcross,
  });
  return (
    <div className={styles.strip} data-scrolls-sideways ref={scroll}>
      <div className={styles.all} style={{ [isAcross ? 'width' : 'height']: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            <div
              className={styles.item}
              key={index}
              style={{ transform: `translate${isAcross ? 'X' : 'Y'}(${start}px)` }}
            >
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
