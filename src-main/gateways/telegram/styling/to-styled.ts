import type { TelegramText } from '../telegram-api.ts';
import { clipped, type Range, rangesOf } from './ranges.ts';
import { writeLine } from './write-line.ts';
import { writtenOut } from './write-out.ts';

const FENCE = '```';

/**
 * Telegram's text as one with message styling (XEP-0393). No character of it is lost; what XEP-0393 cannot say is
 * plain, and what would be taken for styling and is none gets an invisible word joiner in front.
 */
export function toStyled(given: TelegramText): string {
  const out = writtenOut(given);
  return linesOf(out.text, 0, out.text.length, rangesOf(out), false).join('\n');
}

const isQuote = ({ entity }: Range) =>
  entity.type === 'blockquote' || entity.type === 'expandable_blockquote';
const isCode = ({ entity }: Range) => entity.type === 'pre';

/** Quotes and code between two places, none over another; what is quoted outranks code that reaches over its end. */
function blocksIn(ranges: readonly Range[], isQuoted: boolean): Range[] {
  const quotes = isQuoted ? [] : ranges.filter(isQuote);
  const blocks: Range[] = [];
  for (const block of [...quotes, ...ranges.filter(isCode)]) {
    const isInside = quotes.some(
      (quote) => block !== quote && quote.start <= block.start && block.end <= quote.end,
    );
    if (isInside) continue;
    // What is left of it beside those that are there.
    let free = [block];
    for (const { start, end } of blocks) {
      free = free.flatMap((one) => [...clipped([one], one.start, start), ...clipped([one], end, one.end)]);
    }
    blocks.push(...free);
  }
  return blocks.toSorted((a, b) => a.start - b.start);
}

function linesOf(
  text: string,
  start: number,
  end: number,
  ranges: readonly Range[],
  isQuoted: boolean,
): string[] {
  const inside = clipped(ranges, start, end);
  const lines: string[] = [];
  let before: Range | undefined;
  let at = start;
  for (const block of [...blocksIn(inside, isQuoted), undefined]) {
    const plain = between(text, at, block?.start ?? end, before !== undefined, block !== undefined);
    if (plain) lines.push(...plainLines(text, plain.start, plain.end, inside));
    // Otherwise they would be one quote.
    else if (before && block && isQuote(before) && isQuote(block)) lines.push('');
    if (!block) break;
    if (isQuote(block)) {
      const quoted = linesOf(text, block.start, block.end, ranges, true);
      lines.push(...quoted.map((line) => (line === '' ? '>' : `> ${line}`)));
    } else {
      lines.push(...codeLines(text.slice(block.start, block.end), block));
    }
    before = block;
    at = block.end;
  }
  return lines;
}

/** What stands beside blocks, without the ends of lines that blocks bring anyway; undefined: nothing. */
function between(text: string, from: number, to: number, isBehind: boolean, isBefore: boolean) {
  let [start, end] = [from, to];
  if (isBehind) {
    if (start < end && text[start] === '\n') start += 1;
    if (start === end) return undefined;
  }
  if (isBefore) {
    if (start === end) return undefined;
    if (text[end - 1] === '\n') end -= 1;
  }
  return { start, end };
}

function plainLines(text: string, start: number, end: number, ranges: readonly Range[]): string[] {
  const lines: string[] = [];
  let at = start;
  while (at <= end) {
    const next = text.indexOf('\n', at);
    const to = next < 0 || next > end ? end : next;
    lines.push(writeLine(text, at, to, ranges));
    at = to + 1;
  }
  return lines;
}

function codeLines(code: string, { entity }: Range): string[] {
  const language = entity.type === 'pre' && typeof entity.language === 'string' ? entity.language : '';
  const lines = code.replace(/\n$/, '').split('\n');
  return [
    FENCE + language.replace(/[\s`]+/g, ' ').trim(),
    // Alone in its line it would end the block.
    ...lines.map((line) => (line === FENCE ? ` ${FENCE}` : line)),
    FENCE,
  ];
}
