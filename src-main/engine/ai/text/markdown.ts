import { styledLine } from './inline-markdown.ts';
import { isDelimiterLine, tableLines } from './markdown-table.ts';

/** A part of a text that belongs together. */
export type TextBlock = { isApart: boolean } & (
  | { kind: 'lines'; lines: readonly string[] }
  | { kind: 'code'; info: string; lines: readonly string[] }
);

// No two neighbours in these patterns take the same character: what takes a moment for each place to part them takes minutes
// for a line that was made for it.
const FENCE = /^\s{0,12}(`{3,}|~{3,})([^`]*)$/;
const HEADING = /^\s{0,3}#{1,6}\s(.*)$/s;
const RULE = /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/s;
const QUOTE = /^\s{0,3}((?:>\s?)+)(.*)$/s;
const RULE_LINE = '———';

/**
 * Reads what models write, which is Markdown more or less, as blocks of a message in XEP-0393: code between fences, anything
 * else as lines. `isApart`: an empty line stands before it.
 */
export function markdownBlocks(text: string): TextBlock[] {
  const lines = text.split('\n');
  const blocks: TextBlock[] = [];
  let isApart = false;
  let at = 0;

  function add(block: { kind: 'lines'; lines: string[] } | { kind: 'code'; info: string; lines: string[] }) {
    const last = blocks.at(-1);
    if (block.kind === 'lines' && last?.kind === 'lines' && !isApart)
      blocks[blocks.length - 1] = { ...last, lines: [...last.lines, ...block.lines] };
    else blocks.push({ ...block, isApart: isApart && blocks.length > 0 });
    isApart = false;
  }

  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      isApart = true;
      at += 1;
      continue;
    }
    const fence = FENCE.exec(line);
    if (fence) {
      const { inside, next } = codeFrom(lines, at, fence[1] ?? '```');
      add({ kind: 'code', info: fence[2]?.trim().split(/\s/, 1)[0] ?? '', lines: inside });
      at = next;
    } else if (line.includes('|') && isDelimiterLine(lines[at + 1] ?? '')) {
      const end = lines.findIndex((one, index) => index > at + 1 && !one.includes('|'));
      const rows = lines.slice(at, end < 0 ? undefined : end).filter((_, index) => index !== 1);
      add({ kind: 'code', info: '', lines: tableLines(rows) });
      at = end < 0 ? lines.length : end;
    } else {
      add({ kind: 'lines', lines: otherLine(line) });
      at += 1;
    }
  }
  return blocks;
}

/** The lines of a block of code, without the indentation of its fence; it ends with the text where nothing ends it. */
function codeFrom(lines: readonly string[], start: number, fence: string) {
  const indentation = /^\s*/.exec(lines[start] ?? '')?.[0].length ?? 0;
  const isEnd = (line: string) => {
    const plain = line.trim();
    return plain.startsWith(fence) && plain.replaceAll(fence.charAt(0), '') === '';
  };
  const end = lines.findIndex((line, index) => index > start && isEnd(line));
  const inside = lines.slice(start + 1, end < 0 ? undefined : end).map((line) => {
    const own = /^\s*/.exec(line)?.[0].length ?? 0;
    const plain = line.slice(Math.min(indentation, own));
    // It would end the block where XEP-0393 is read.
    return plain === '```' ? ` ${plain}` : plain;
  });
  return { inside, next: end < 0 ? lines.length : end + 1 };
}

/** What stands in one line, which may turn out to be several. */
function otherLine(line: string): string[] {
  if (RULE.test(line)) return [RULE_LINE];
  const [, heading] = HEADING.exec(line) ?? [];
  if (heading !== undefined) {
    const plain = withoutClosing(heading.trim()).replace(/^(\*\*|__)(.+)\1$/, '$2');
    return plain.trim() === '' ? [] : [`*${styledLine(plain).replaceAll('*', '')}*`];
  }
  const item = ITEM.exec(line);
  if (item) {
    const [, indentation = '', mark = '', box, content = ''] = item;
    const level = '  '.repeat(Math.min(8, Math.floor(indentation.replaceAll('\t', '    ').length / 2)));
    const sign = /\d/.test(mark) ? mark : '•';
    const tick = box === undefined ? '' : box === ' ' ? '☐ ' : '☑ ';
    return `${level}${sign} ${tick}${styledLine(content.trimEnd())}`.split('\n');
  }
  const quote = QUOTE.exec(line);
  if (quote) {
    const [, marks = '>', content = ''] = quote;
    const sign = '> '.repeat(Math.min(8, marks.replaceAll(/\s/g, '').length));
    return styledLine(content.trimEnd())
      .split('\n')
      .map((one) => sign + one);
  }
  return (
    styledLine(line.trim())
      .split('\n')
      .map((one) => one.trim())
      // A line that the text itself begins with three back-ticks would open a block.
      .map((one) => (one.startsWith('```') ? ` ${one}` : one))
  );
}

/** A heading without the marks that may close it; those of `C#` belong to its last word. */
function withoutClosing(heading: string): string {
  let end = heading.length;
  while (heading.charAt(end - 1) === '#') end -= 1;
  return end === 0 || /\s/.test(heading.charAt(end - 1)) ? heading.slice(0, end).trimEnd() : heading;
}
