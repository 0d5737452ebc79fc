import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { SearchIcon } from '../../../ui/icons.tsx';
import { useRemembered } from '../../../ui/remembered.ts';
import styles from './emoji-picker.module.css';
import { type Emoji, emojisIn, findEmojis } from './emojis.ts';

const COLUMNS = 8;
const CELL_PX = 36;
const RECENT = 16;
const FOUND = 160;
const FIRST = ['👍', '❤️', '😂', '🎉', '🙏', '😮', '😢', '✅'];

/** Emojis by name, by group, and those used last. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const text = useText().chats.emoji;
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const [recent, setRecent] = useRemembered<string[]>('emojis', FIRST);
  const { data: emojis } = useQuery({
    queryKey: ['emojis', language],
    queryFn: () => emojisIn(language),
    gcTime: 300_000,
  });
  const rows = useMemo(
    () => rowsOf(emojis ?? [], typed, recent, text.groups, text.recent),
    [emojis, typed, recent, text],
  );
  const scroll = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // It may come after what holds it was opened, and the focus was given away.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (rows[index]?.kind === 'title' ? 28 : CELL_PX),
    overscan: 4,
  });

  function pick(emoji: string) {
    setRecent([emoji, ...recent.filter((one) => one !== emoji)].slice(0, RECENT));
    onPick(emoji);
  }
  function onKeyDown(event: React.KeyboardEvent) {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    const cells = [...(scroll.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = cells.indexOf(document.activeElement as HTMLElement);
    if (by === undefined || (at === -1 && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    cells[at === -1 ? 0 : at + by]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows go from one button within to the next
    <div className={styles.picker} onKeyDown={onKeyDown}>
      <TextInput
        aria-label={text.search}
        data-autofocus
        leftSection={<SearchIcon size={16} />}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = rows.find((row) => row.kind === 'emojis')?.emojis[0];
          if (event.key !== 'Enter' || !first) return;
          event.preventDefault();
          pick(first.unicode);
        }}
        placeholder={text.search}
        ref={field}
        size="sm"
        value={typed}
      />
      <div className={styles.scroll} ref={scroll}>
        <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              <div className={styles.row} key={index} style={{ transform: `translateY(${start}px)` }}>
                {row?.kind === 'title' && <div className={styles.title}>{row.title}</div>}
                {row?.kind === 'emojis' &&
                  row.emojis.map(({ unicode, label }) => (
                    <button
                      aria-label={label}
                      className={styles.cell}
                      key={unicode}
                      onClick={() => pick(unicode)}
                      title={label}
                      type="button"
                    >
                      {unicode}
                    </button>
                  ))}
              </div>
            );
          })}
        </div>
        {emojis && rows.length === 0 && <p className={styles.none}>{text.none}</p>}
      </div>
    </div>
  );
}

type PickerRow =
  | { kind: 'title'; title: string }
  | { kind: 'emojis'; emojis: Pick<Emoji, 'unicode' | 'label'>[] };

function rowsOf(
  emojis: readonly Emoji[],
  typed: string,
  recent: readonly string[],
  groups: Record<number, string>,
  recentTitle: string,
): PickerRow[] {
  if (typed.trim() !== '') return inRows(findEmojis(emojis, typed, FOUND));
  const known = new Map(emojis.map((one) => [one.unicode, one.label]));
  const last = recent.map((unicode) => ({ unicode, label: known.get(unicode) ?? unicode }));
  const rows: PickerRow[] = [{ kind: 'title', title: recentTitle }, ...inRows(last)];
  for (const group of new Set(emojis.map((one) => one.group))) {
    rows.push({ kind: 'title', title: groups[group] ?? '' });
    rows.push(...inRows(emojis.filter((one) => one.group === group)));
  }
  return rows;
}

function inRows(emojis: readonly Pick<Emoji, 'unicode' | 'label'>[]): PickerRow[] {
  const rows: PickerRow[] = [];
  for (let at = 0; at < emojis.length; at += COLUMNS)
    rows.push({ kind: 'emojis', emojis: emojis.slice(at, at + COLUMNS) });
  return rows;
}
