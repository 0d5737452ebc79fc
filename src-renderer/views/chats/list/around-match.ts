import { oneLine } from './one-line.ts';

const BEFORE = 24;

/** A line with what was looked for in its middle: what stands before, the words, what stands after. */
export function aroundMatch(text: string, words: string): [string, string, string] {
  const wanted = words.trim();
  const at = text.toLocaleLowerCase().indexOf(wanted.toLocaleLowerCase());
  if (at === -1 || wanted === '') return [oneLine(text), '', ''];
  const start = Math.max(0, at - BEFORE);
  const end = at + wanted.length;
  // Spaces beside the match belong to the line.
  const space = (part: string, isSpace: boolean) => (isSpace ? ` ${part}` : part);
  const before = oneLine(text.slice(start, at));
  const after = oneLine(text.slice(end));
  return [
    `${start > 0 ? '…' : ''}${before}${/\s$/.test(text.slice(start, at)) ? ' ' : ''}`,
    text.slice(at, end),
    space(after, /^\s/.test(text.slice(end))),
  ];
}
