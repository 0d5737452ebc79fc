/** How much of a row of tabs fits, in pixels. */
export interface TabRoom {
  /** Of each tab, in its order. */
  widths: readonly number[];
  /** For all of them. */
  room: number;
  /** Of the button that leads to the others. */
  more: number;
  /** Which of them is open: it always shows. */
  open: number;
}

/** Which tabs fit beside the button for the others; all of them where nobody needs that button. */
export function fittingTabs({ widths, room, more, open }: TabRoom): readonly boolean[] {
  const sum = widths.reduce((all, width) => all + width, 0);
  if (sum <= room) return widths.map(() => true);
  let left = room - more - (widths[open] ?? 0);
  let isFull = false;
  return widths.map((width, index) => {
    if (index === open) return true;
    left -= width;
    // What comes after one that is away is away too, so that one finds it where one looks.
    isFull ||= left < 0;
    return !isFull;
  });
}
