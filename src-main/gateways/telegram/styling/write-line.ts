import { WHITE_SPACE, WORD_JOINER } from '../../../base/message-styling.ts';
import { type Inline, type InlineKind, MARKS, mayOpenAfter, merged, readLine } from './inline.ts';
import { clipped, type Range } from './ranges.ts';

const KIND_OF: Record<string, InlineKind> = {
  bold: 'bold',
  italic: 'italic',
  // XEP-0393 knows no other emphasis.
  underline: 'italic',
  strikethrough: 'strike',
  code: 'code',
  spoiler: 'spoiler',
};
/** Of two for the same characters, the first one is outside. */
const ORDER: readonly InlineKind[] = ['bold', 'italic', 'strike', 'code', 'spoiler'];

interface Styled {
  start: number;
  end: number;
  kind: InlineKind;
}

/** A line (`start` to `end` of a text) with its styling as XEP-0393 writes it. What XEP-0393 cannot say stays plain. */
export function writeLine(text: string, start: number, end: number, ranges: readonly Range[]): string {
  const styles = stylesOf(text, clipped(ranges, start, end));
  const words = meant(partsOf(text, start, end, styles)) ?? escaped(text.slice(start, end), true);
  return /^(?:>|```)/.test(words) ? WORD_JOINER + words : words;
}

/** More rounds than marks can be in each other's way. */
const ROUNDS = 8;

/** With as few invisible characters as possible: none where it is read as it is meant. */
function meant(given: readonly Inline[]): string | undefined {
  let line = written(given, '');
  for (let round = 0; round < ROUNDS; round += 1) {
    if (isReadAs(line.text, line.parts)) return line.text;
    // Each time less is styled, or more of it escaped.
    line = written(escapedParts(merged(line.parts)), '');
  }
  return undefined;
}

const isReadAs = (line: string, parts: readonly Inline[]): boolean =>
  JSON.stringify(readLine(line)) === JSON.stringify(merged(parts));

/** What is styled, without white space at its ends, and once for each kind. */
function stylesOf(text: string, ranges: readonly Range[]): Styled[] {
  const styles: Styled[] = [];
  for (const { start, end, entity } of ranges) {
    const kind = KIND_OF[entity.type];
    if (kind === undefined) continue;
    const last = styles.findLast((one) => one.kind === kind);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else styles.push({ start, end, kind });
  }
  return styles.flatMap((style) => withoutBorders(text, style));
}

function withoutBorders(text: string, style: Styled): Styled[] {
  let { start, end } = style;
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start += 1;
  while (end > start && WHITE_SPACE.test(text.charAt(end - 1))) end -= 1;
  return end > start ? [{ ...style, start, end }] : [];
}

const outerFirst = (a: Styled, b: Styled): number =>
  a.start - b.start || b.end - a.end || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);

/** The line as a tree. Where two overlap, the later one is cut in two; spoilers are always innermost. */
function partsOf(text: string, start: number, end: number, styles: readonly Styled[]): Inline[] {
  const spoilers = styles.filter(({ kind }) => kind === 'spoiler');
  const waiting = styles.filter(({ kind }) => kind !== 'spoiler').toSorted(outerFirst);
  const parts: Inline[] = [];
  let at = start;
  while (true) {
    const outer = waiting.shift();
    if (!outer) break;
    const inner: Styled[] = [];
    for (let index = waiting.length - 1; index >= 0; index -= 1) {
      const other = waiting[index];
      if (!other || other.start >= outer.end) continue;
      waiting.splice(index, 1);
      inner.push({ ...other, end: Math.min(other.end, outer.end) });
      waiting.push(...withoutBorders(text, { ...other, start: outer.end }));
    }
    waiting.sort(outerFirst);
    parts.push(...leafOf(text, at, outer.start, spoilers));
    const within = outer.kind === 'code' ? [text.slice(outer.start, outer.end)] : undefined;
    parts.push({
      kind: outer.kind,
      parts: within ?? partsOf(text, outer.start, outer.end, [...inner, ...spoilers]),
    });
    at = outer.end;
  }
  return [...parts, ...leafOf(text, at, end, spoilers)];
}

function leafOf(text: string, start: number, end: number, spoilers: readonly Styled[]): Inline[] {
  const parts: Inline[] = [];
  let at = start;
  for (const spoiler of spoilers) {
    const clip = { ...spoiler, start: Math.max(spoiler.start, start), end: Math.min(spoiler.end, end) };
    for (const { start: from, end: to } of withoutBorders(text, clip)) {
      parts.push(text.slice(at, from), { kind: 'spoiler', parts: [text.slice(from, to)] });
      at = to;
    }
  }
  return [...parts, text.slice(at, end)];
}

/** The text of a tree, and what of the tree could be said. `before` is the character in front of it. */
function written(parts: readonly Inline[], before: string): { text: string; parts: Inline[] } {
  let text = '';
  const said: Inline[] = [];
  for (const part of parts) {
    const last = text === '' ? before : text.slice(-1);
    if (typeof part === 'string') {
      text += part;
      said.push(part);
      continue;
    }
    const inner = written(part.parts, '');
    const mark = MARKS[part.kind];
    if (mayOpenAfter(last) && canHold(mark, inner.text)) {
      text += mark + inner.text + mark;
      said.push({ kind: part.kind, parts: inner.parts });
    } else {
      const bare = written(part.parts, last);
      text += bare.text;
      said.push(...bare.parts);
    }
  }
  return { text, parts: said };
}

/** Whether a text between two marks is read as such: it does not end before its end. */
function canHold(mark: string, inner: string): boolean {
  const [first, last] = [inner.charAt(0), inner.slice(-1)];
  if (inner === '' || WHITE_SPACE.test(first) || WHITE_SPACE.test(last)) return false;
  if (first === mark.charAt(0) || (mark.length > 1 && last === mark.charAt(0))) return false;
  let at = inner.indexOf(mark, 1);
  while (at >= 0 && WHITE_SPACE.test(inner.charAt(at - 1))) at = inner.indexOf(mark, at + 1);
  return at < 0;
}

const COULD_OPEN = /(?<=^|[\s\p{Z}])(?=([*_~`])(?!\1|[\s\p{Z}])|\|\|(?![|\s\p{Z}]))/gu;

/** The same tree with word joiners in front of all in its plain texts that could be taken for a mark. */
const escapedParts = (parts: readonly Inline[]): Inline[] =>
  parts.map((part, index) => {
    if (typeof part === 'string') return escaped(part, index === 0);
    return part.kind === 'code' ? part : { kind: part.kind, parts: escapedParts(part.parts) };
  });

/** Behind something styled stands its mark, and nothing begins there. */
function escaped(text: string, isStart: boolean): string {
  const lead = isStart ? '' : 'x';
  return (lead + text).replace(COULD_OPEN, WORD_JOINER).slice(lead.length);
}
