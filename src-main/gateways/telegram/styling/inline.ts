import { parseSpans, type Span, WHITE_SPACE } from '../../../base/message-styling.ts';

export type InlineKind = 'bold' | 'italic' | 'strike' | 'code' | 'spoiler';
/** A line: plain texts, and parts that are styled. */
export type Inline = string | { kind: InlineKind; parts: Inline[] };

/** Spoilers are none of XEP-0393: written as Telegram itself writes them. They hold plain text only. */
export const MARKS = { bold: '*', italic: '_', strike: '~', code: '`', spoiler: '||' } as const;

/** Whether a mark means something behind that character; '' is the beginning of a line or of what is styled. */
export const mayOpenAfter = (before: string): boolean => before === '' || WHITE_SPACE.test(before);

/** Reads a line with XEP-0393's styling, and spoilers. */
export const readLine = (line: string): Inline[] => merged(parseSpans(line).flatMap(inlineOf));

function inlineOf(span: Span, index: number): Inline[] {
  if (span.kind === 'text') return spoilersIn(span.text, index === 0);
  if (span.kind === 'code') return [{ kind: 'code', parts: [span.text] }];
  return [{ kind: span.kind, parts: merged(span.spans.flatMap(inlineOf)) }];
}

/** `||like this||`, under the same rules that hold for one mark of XEP-0393. */
function spoilersIn(text: string, isStart: boolean): Inline[] {
  const mark = MARKS.spoiler;
  const parts: Inline[] = [];
  let plainFrom = 0;
  let at = text.indexOf(mark);
  while (at >= 0) {
    const before = at === 0 ? (isStart ? '' : 'x') : text.charAt(at - 1);
    const end = mayOpenAfter(before) ? endOfSpoiler(text, at + mark.length) : undefined;
    // No end further right for this one is none for those behind it either.
    if (end === -1) break;
    if (end === undefined) {
      at = text.indexOf(mark, at + 1);
      continue;
    }
    parts.push(text.slice(plainFrom, at), { kind: 'spoiler', parts: [text.slice(at + mark.length, end)] });
    plainFrom = end + mark.length;
    at = text.indexOf(mark, plainFrom);
  }
  return [...parts, text.slice(plainFrom)];
}

/** Undefined: none begins there; -1: it has no end. */
function endOfSpoiler(text: string, from: number): number | undefined {
  const first = text.charAt(from);
  if (first === '' || first === '|' || WHITE_SPACE.test(first)) return undefined;
  let end = text.indexOf(MARKS.spoiler, from + 1);
  while (end >= 0 && WHITE_SPACE.test(text.charAt(end - 1))) end = text.indexOf(MARKS.spoiler, end + 1);
  return end;
}

/** Without empty texts, and with neighbours in one. */
export function merged(parts: readonly Inline[]): Inline[] {
  const all: Inline[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else all.push(typeof part === 'string' ? part : { kind: part.kind, parts: merged(part.parts) });
  }
  return all;
}
