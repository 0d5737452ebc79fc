import { shownText } from '../text/fold.ts';
import type { LogRow } from './rows.ts';

const LINE_PX = 20;
const BUBBLE_PX = { own: 496, others: 576 };
/** What stands behind the last line, where there is room: the clock, and of own messages how they fare. */
const META_PX = { own: 62, others: 44 };
const CODE_LINE_PX = 19;
const CODE_FRAME_PX = 69;
/** The clock on a line of its own, below a block. */
const META_BELOW_PX = 18;
const QUOTE_PX = 4;
const FENCE = '```';

/**
 * About how high a row will be, before it is drawn: the nearer, the less has to be moved when it is. `letterPx`: how wide a
 * letter is.
 */
export function heightOf(row: LogRow | undefined, letterPx: number): number {
  if (!row) return 46;
  const { message, isFirst, beginsDay, beginsUnread } = row;
  const files = message.files.reduce((sum, file) => sum + (file.type.startsWith('image/') ? 200 : 64), 0);
  const around = 16 + (isFirst ? 10 : 3) + (beginsDay ? 30 : 0) + (beginsUnread ? 30 : 0);
  return (
    around +
    textHeight(row, letterPx) +
    files +
    (message.reactions.length > 0 ? 30 : 0) +
    (message.actions.length > 0 ? 38 : 0)
  );
}

function textHeight({ message, isOwn }: LogRow, letterPx: number): number {
  const text = shownText(message);
  if (text === '') return 0;
  const width = BUBBLE_PX[isOwn ? 'own' : 'others'];
  const meta = META_PX[isOwn ? 'own' : 'others'];
  let height = 0;
  let isCode = false;
  let end: 'line' | 'block' = 'line';
  let endPx = 0;
  for (const line of text.split('\n')) {
    const isQuote: boolean = !isCode && line.startsWith('>');
    if (isCode ? line === FENCE : line.startsWith(FENCE)) {
      if (!isCode) height += CODE_FRAME_PX;
      isCode = !isCode;
      end = 'block';
    } else if (isCode) height += CODE_LINE_PX;
    else {
      const px = line.length * letterPx;
      const lines = Math.max(1, Math.ceil(px / width));
      height += lines * LINE_PX + (isQuote ? QUOTE_PX : 0);
      end = isQuote ? 'block' : 'line';
      endPx = px - (lines - 1) * width;
    }
  }
  if (end === 'block') return height + META_BELOW_PX;
  return endPx + meta > width ? height + LINE_PX : height;
}
