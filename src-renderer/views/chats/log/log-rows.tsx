import { UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import { badgeCount } from '../../../ui/badge-count.ts';
import { NewestIcon } from '../../../ui/icons.tsx';
import { inBlocks } from '../blocks.ts';
import { heightOf } from './height.ts';
import { letterWidth } from './letter-width.ts';
import { LogRow } from './log-row.tsx';
import { LogScroll } from './log-scroll.tsx';
import styles from './message-log.module.css';
import { useReading } from './use-attention.ts';
import type { Log } from './use-log.ts';
import { useLogKeys } from './use-log-keys.ts';
import { useStayAtEnd } from './use-stay-at-end.ts';

export interface LogHandle {
  toEnd: () => void;
  jumpTo: (id: number) => Promise<void>;
}

interface LogRowsProps {
  chat: Chat;
  log: Log;
  aim: number | undefined;
  onEscape: () => void;
  ref: Ref<LogHandle>;
}

/** Rows before the first that more are asked for. */
const AHEAD = 12;
const AT_END_PX = 80;
const SHOWN_MS = 1_600;
const ABOVE_PX = 12;
const BELOW_PX = 8;

/** The messages that are in sight, of however many there are. Scrolling draws nothing but this. */
export function LogRows({ chat, log, aim, onEscape, ref }: LogRowsProps) {
  const text = useText().chats;
  const { rows, hasOlder, hasNewer } = log;
  const scroll = useRef<HTMLDivElement>(null);
  const firstUnread = rows.findIndex((row) => row.beginsUnread);
  const beginsAt = firstUnread >= 0 && aim === undefined ? firstUnread : undefined;
  // What is appended is followed only where it is new, not where it was loaded.
  const wasComplete = useRef(!hasNewer);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    // The same as long as the rows are: with another one every place is worked out anew.
    getItemKey: useCallback((index: number) => rows[index]?.message.message_id ?? index, [rows]),
    estimateSize: (index) => heightOf(rows[index], letterWidth()),
    // So that what is drawn first is what is seen first.
    initialRect: { width: 0, height: window.innerHeight },
    initialOffset: () =>
      heightsOf(rows.slice(0, beginsAt)) - (beginsAt === undefined ? window.innerHeight : 0),
    anchorTo: 'end',
    followOnAppend: wasComplete.current && !hasNewer,
    scrollEndThreshold: AT_END_PX,
    paddingStart: ABOVE_PX,
    paddingEnd: BELOW_PX,
    rangeExtractor: inBlocks,
    overscan: 4,
  });
  useEffect(() => {
    wasComplete.current = !hasNewer;
  }, [hasNewer]);

  const [marked, setMarked] = useState<number>();
  const [wanted, setWanted] = useState<number>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to show
  useLayoutEffect(() => {
    if (beginsAt !== undefined) virtual.scrollToIndex(beginsAt, { align: 'start' });
    else virtual.scrollToEnd();
  }, []);

  useStayAtEnd(
    scroll,
    AT_END_PX,
    useCallback(() => virtual.scrollToEnd(), [virtual]),
  );

  const { range } = virtual;
  useEffect(() => {
    if (!range) return;
    if (range.startIndex < AHEAD && hasOlder) void log.older();
    else if (range.endIndex >= rows.length - AHEAD && hasNewer) void log.newer();
  }, [range, hasOlder, hasNewer, rows.length, log]);
  useReading(chat, range ? rows[Math.min(range.endIndex, rows.length - 1)]?.message.id : undefined);

  async function toEnd() {
    if (hasNewer) await log.around(undefined);
    requestAnimationFrame(() => virtual.scrollToEnd());
  }
  async function jumpTo(id: number) {
    if (!rows.some(({ message }) => message.id === id)) await log.around(id);
    setWanted(id);
  }
  useImperativeHandle(ref, () => ({ toEnd: () => void toEnd(), jumpTo }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address leads to another message
  useEffect(() => {
    if (aim !== undefined) void jumpTo(aim);
  }, [aim]);
  // What is jumped to may only have come with this render.
  useEffect(() => {
    const index = wanted === undefined ? -1 : rows.findIndex(({ message }) => message.id === wanted);
    if (index === -1) return;
    virtual.scrollToIndex(index, { align: 'center' });
    setMarked(wanted);
    setWanted(undefined);
  }, [wanted, rows, virtual]);
  useEffect(() => {
    if (marked === undefined) return;
    const timer = setTimeout(() => setMarked(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [marked]);

  const onKeyDown = useLogKeys({
    scroll,
    count: rows.length,
    lastInSight: range?.endIndex,
    toRow: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
    onEscape() {
      void toEnd();
      onEscape();
    },
  });

  const total = virtual.getTotalSize();
  // By what is known: the element would have to be laid out to be asked.
  const below = total - (virtual.scrollRect?.height ?? 0) - (virtual.scrollOffset ?? 0);
  const isAtEnd = !hasNewer && below <= AT_END_PX;
  return (
    <>
      <LogScroll chat={chat} onKeyDown={onKeyDown} ref={scroll}>
        <div className={styles.column}>
          <div className={styles.all} style={{ height: total }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const row = rows[index];
              return (
                row && (
                  <LogRow
                    index={index}
                    isMarked={row.message.id === marked}
                    key={key}
                    measure={virtual.measureElement}
                    row={row}
                    top={start}
                  />
                )
              );
            })}
          </div>
        </div>
      </LogScroll>
      {!isAtEnd && (
        <UnstyledButton
          aria-label={chat.unread > 0 ? text.log.toNewest(badgeCount(chat.unread)) : text.log.toEnd}
          className={styles.newest ?? ''}
          onClick={() => void toEnd()}
          title={text.log.toEnd}
        >
          <NewestIcon />
          {chat.unread > 0 && <span className={styles.newestCount}>{badgeCount(chat.unread)}</span>}
        </UnstyledButton>
      )}
    </>
  );
}

const heightsOf = (rows: Log['rows']) =>
  rows.reduce((sum, row) => sum + heightOf(row, letterWidth()), ABOVE_PX + BELOW_PX);
