import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { type ChatKey, sameChat } from '../../../queries/chats.ts';
import { useSetting } from '../../../queries/settings.ts';
import { useText } from '../../../text/use-text.ts';
import { inBlocks } from '../blocks.ts';
import styles from './chat-list.module.css';
import { type ListItem, listItems } from './list-items.ts';
import { ListRow, type RowActs } from './list-row.tsx';
import type { Section } from './sections.ts';
import { useFound } from './use-found.ts';

interface RowsProps {
  account: string | undefined;
  sections: readonly Section[];
  open: ChatKey | undefined;
  onlyUnread: boolean;
  words: string;
  onMenu: (chat: Chat, at: { x: number; y: number }) => void;
}

const SECTION_HEIGHT = 32;
const FOUND_HEIGHT = 58;
const OTHER_HEIGHT = 56;
const ROW_HEIGHT = { normal: 58, compact: 48 };

/** The conversations, and what was found in them. */
export function ChatRows({ account, sections, open, onlyUnread, words, onMenu }: RowsProps) {
  const text = useText().chats.list;
  const isCompact = useSetting('window_density') === 'compact';
  const { messages, hasMore, isSearching, more } = useFound(words, account);
  const items = useMemo(
    () => listItems(sections, { messages, hasMore, isSearching }, words),
    [sections, messages, hasMore, isSearching, words],
  );
  const latest = useRef(more);
  latest.current = more;
  const onMore = useCallback(() => latest.current(), []);
  if (items.length === 0)
    return (
      <div className={styles.scroll}>
        <p className={styles.none}>{onlyUnread ? text.noneUnread : text.none}</p>
      </div>
    );
  return (
    <ListRows
      isBusy={isSearching}
      items={items}
      // Heights follow the density.
      key={isCompact ? 'compact' : 'normal'}
      onMenu={onMenu}
      onMore={onMore}
      open={open}
      rowHeight={ROW_HEIGHT[isCompact ? 'compact' : 'normal']}
      words={words}
    />
  );
}

interface ListRowsProps extends RowActs {
  items: readonly ListItem[];
  open: ChatKey | undefined;
  rowHeight: number;
  isBusy: boolean;
  words: string;
}

/** The rows that are in sight, of however many there are. Scrolling draws nothing but this. */
function ListRows({ items, open, rowHeight, isBusy, words, onMenu, onMore }: ListRowsProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    // The same as long as the items are: with another one every place is worked out anew.
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    estimateSize: (index) => {
      const kind = items[index]?.kind;
      if (kind === 'section') return SECTION_HEIGHT;
      return kind === 'chat' ? rowHeight : kind === 'found' ? FOUND_HEIGHT : OTHER_HEIGHT;
    },
    initialRect: { width: 0, height: window.innerHeight },
    rangeExtractor: inBlocks,
    overscan: 4,
  });

  const openAt = useMemo(
    () => (open ? items.findIndex((item) => item.kind === 'chat' && sameChat(item.chat, open)) : -1),
    [items, open],
  );
  const openKey = open && `${open.account} ${open.jid}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is opened, not when the order changes
  useEffect(() => {
    if (openAt >= 0) virtual.scrollToIndex(openAt, { align: 'auto' });
  }, [openKey]);

  /** The arrows go from row to row; the list is one stop of the Tab key. */
  function onKeyDown(event: React.KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-index]');
    if (by === undefined || event.altKey || !row) return;
    event.preventDefault();
    let next = Number(row.dataset.index) + by;
    while (items[next]?.kind === 'section') next += by;
    if (!items[next]) return;
    virtual.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() =>
      scroll.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"] a, [data-index="${next}"] button`)
        ?.focus(),
    );
  }

  const stop = Math.max(
    openAt,
    items.findIndex((item) => item.kind === 'chat' || item.kind === 'found'),
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows within are the controls; their arrows are caught here
    <div className={styles.scroll} data-list onKeyDown={onKeyDown} ref={scroll}>
      <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index];
          return (
            item && (
              <ListRow
                index={index}
                isBusy={item.kind === 'more' && isBusy}
                isOpen={index === openAt}
                isStop={index === stop}
                item={item}
                key={key}
                onMenu={onMenu}
                onMore={onMore}
                top={start}
                words={item.kind === 'found' ? words : ''}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
