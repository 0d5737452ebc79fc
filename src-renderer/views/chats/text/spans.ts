import { found } from './found.ts';

/** What stands in a line. Marks stay visible, as XEP-0393 asks for, so `mark` is drawn as well. */
export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'styled'; mark: '*' | '_' | '~'; spans: Span[] }
  | { kind: 'mono'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'command'; text: string }
  | { kind: 'token'; text: string };

const MARKS = '*_~`';
const isSpace = (character: string | undefined) => character === undefined || /\s/u.test(character);

/** The spans of one line: styling is read from left to right, each mark ends at the first that can end it. */
export function inlineOf(line: string): Span[] {
  return within(line, 0, line.length, '');
}

function within(line: string, start: number, end: number, around: string): Span[] {
  const spans: Span[] = [];
  // Where one mark found no end, no later one of its kind does: a line is not searched once for each of its marks.
  const endless = new Set<string>();
  let plainFrom = start;
  const flush = (to: number) => {
    if (to > plainFrom) spans.push(...found(line.slice(plainFrom, to)));
  };
  for (let at = start; at < end; ) {
    const character = line[at] ?? ' ';
    const canOpen = MARKS.includes(character) && !endless.has(character);
    const close = canOpen && opens(line, at, start, around) ? closing(line, at, end) : undefined;
    if (close === -1) endless.add(character);
    if (close === undefined || close === -1) {
      at += 1;
      continue;
    }
    flush(at);
    const mark = character as '*' | '_' | '~' | '`';
    if (mark === '`') spans.push({ kind: 'mono', text: line.slice(at + 1, close) });
    else spans.push({ kind: 'styled', mark, spans: within(line, at + 1, close, mark) });
    at = close + 1;
    plainFrom = at;
  }
  flush(end);
  return spans;
}

/** Whether a span may begin there: at the beginning, after a space, or after another mark that opens. */
function opens(line: string, at: number, start: number, around: string): boolean {
  const mark = line[at];
  const before = at === start ? (around === '' ? undefined : around) : line[at - 1];
  const isFree = isSpace(before) || (at === start && before !== mark);
  return isFree && !isSpace(line[at + 1]) && line[at + 1] !== mark;
}

/** Where the span ends that begins there; -1: nowhere. */
function closing(line: string, at: number, end: number): number {
  const mark = line[at];
  for (let close = at + 2; close < end; close += 1) {
    if (line[close] === mark && !isSpace(line[close - 1])) return close;
  }
  return -1;
}
