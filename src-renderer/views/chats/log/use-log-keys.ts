import type { KeyboardEvent, RefObject } from 'react';

interface LogKeys {
  scroll: RefObject<HTMLDivElement | null>;
  count: number;
  lastInSight: number | undefined;
  toRow: (index: number) => void;
  onEscape: () => void;
}

/** The log is one stop of the Tab key; the arrows go through its messages. */
export function useLogKeys({ scroll, count, lastInSight, toRow, onEscape }: LogKeys) {
  return (event: KeyboardEvent): void => {
    // Menus, the picker and a picture in full size stand elsewhere: their keys come here, but are not meant for it.
    if (!scroll.current?.contains(event.target as Node)) return;
    if (event.key === 'Escape' && !event.defaultPrevented) {
      onEscape();
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1, End: count, Home: -count }[event.key];
    const focused = document.activeElement;
    const isRow = focused === scroll.current || focused?.hasAttribute('data-message');
    if (by === undefined || event.altKey || !isRow) return;
    event.preventDefault();
    const from = focused?.closest<HTMLElement>('[data-index]')?.dataset.index;
    const at = from === undefined ? (lastInSight ?? count - 1) + (by > 0 ? 0 : 1) : Number(from);
    const next = Math.max(0, Math.min(count - 1, at + by));
    toRow(next);
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-index="${next}"] [data-message]`)?.focus(),
    );
  };
}
