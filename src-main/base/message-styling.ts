/** XEP-0393 (Message Styling), for whoever reads or writes it: the stream, Telegram, an AI's answer. */

export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; spans: Span[] };

export type Block =
  | { kind: 'line'; spans: Span[] }
  /** `isClosed`: it ends with a fence of its own, not with the text around it. */
  | { kind: 'code'; info: string; lines: string[]; isClosed: boolean }
  /** `prefixes`: what stood before each line, `>` with the white space that belongs to it. */
  | { kind: 'quote'; blocks: Block[]; prefixes: string[] };

const FENCE = '```';
/** Deeper quotes are read as plain lines: nobody writes them, except to keep us busy. */
const MAX_QUOTE_DEPTH = 8;
const DIRECTIVES = { '*': 'bold', _: 'italic', '~': 'strike', '`': 'code' } as const;
type Directive = keyof typeof DIRECTIVES;
const DIRECTIVE_OF = { bold: '*', italic: '_', strike: '~', code: '`' } as const;
/** What XEP-0393 takes for white space, at the beginning of a text. */
export const WHITE_SPACE = /^[\s\p{Z}]/u;
const COULD_OPEN = /(^|[\s\p{Z}])(?=[*_~`])|^(?=>)/gmu;
/** Before a directive it makes a plain character of it, and nobody sees it. */
export const WORD_JOINER = '\u2060';

/** Reads the blocks of a body (XEP-0393, 6.1). Any text is fine; `formatStyling` gives it back unchanged. */
export const parseStyling = (text: string): Block[] => parseLines(text.split('\n'), 0);

/** The text of a tree, with its directives. A tree that was built, not read, may mean something else when read. */
export function formatStyling(blocks: readonly Block[]): string {
  return blocks.map(formatBlock).join('\n');
}

/** What remains when nothing is styled: no directives, and no fences. Quotes keep their marks. */
export function unstyle(text: string): string {
  const plain = (block: Block): string => {
    if (block.kind === 'line') return plainText(block.spans);
    if (block.kind === 'code') return block.lines.join('\n');
    return block.blocks
      .flatMap((one) => plain(one).split('\n'))
      .map((line) => `> ${line}`)
      .join('\n');
  };
  return parseStyling(text).map(plain).join('\n');
}

/** Text that reads the same and is styled nowhere: before each directive stands a word joiner, which nobody sees. */
export const escapeStyling = (text: string): string => text.replace(COULD_OPEN, `$1${WORD_JOINER}`);

function parseLines(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.startsWith(FENCE)) {
      const end = lines.indexOf(FENCE, at + 1);
      const isClosed = end >= 0;
      const inside = lines.slice(at + 1, isClosed ? end : undefined);
      blocks.push({ kind: 'code', info: line.slice(FENCE.length), lines: inside, isClosed });
      at += inside.length + (isClosed ? 2 : 1);
    } else if (line.startsWith('>') && depth < MAX_QUOTE_DEPTH) {
      const quoted = lines.slice(at, endOfQuote(lines, at));
      const prefixes = quoted.map((one) => (WHITE_SPACE.test(one.slice(1)) ? one.slice(0, 2) : '>'));
      const inner = quoted.map((one, index) => one.slice(prefixes[index]?.length ?? 1));
      blocks.push({ kind: 'quote', blocks: parseLines(inner, depth + 1), prefixes });
      at += quoted.length;
    } else {
      blocks.push({ kind: 'line', spans: parseSpans(line) });
      at += 1;
    }
  }
  return blocks;
}

function endOfQuote(lines: readonly string[], start: number): number {
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('>'));
  return end < 0 ? lines.length : end;
}

/** Reads one line (XEP-0393, 6.2): from left to right, the nearest end counts, and nothing reaches over its end. */
export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  /** Directives without an end further right: looking again would make long lines slow. */
  const unending = new Set<Directive>();
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const end = endOfSpan(text, at, unending);
    if (end === undefined) {
      at += 1;
      continue;
    }
    if (at > plainFrom) spans.push({ kind: 'text', text: text.slice(plainFrom, at) });
    spans.push(spanOf(text.charAt(at), text.slice(at + 1, end)));
    at = end + 1;
    plainFrom = at;
  }
  if (plainFrom < text.length) spans.push({ kind: 'text', text: text.slice(plainFrom) });
  return spans;
}

function spanOf(directive: string, content: string): Span {
  const kind = isDirective(directive) ? DIRECTIVES[directive] : 'code';
  return kind === 'code' ? { kind, text: content } : { kind, spans: parseSpans(content) };
}

/** Where the span that begins here ends; undefined where none begins. */
function endOfSpan(text: string, at: number, unending: Set<Directive>): number | undefined {
  const directive = text.charAt(at);
  if (!isDirective(directive) || unending.has(directive)) return undefined;
  const next = text.charAt(at + 1);
  // The text begins where a line does, or behind another directive that opened.
  const mayOpen = at === 0 || WHITE_SPACE.test(text.charAt(at - 1));
  if (!mayOpen || next === '' || next === directive || WHITE_SPACE.test(next)) return undefined;
  let end = text.indexOf(directive, at + 2);
  while (end >= 0 && WHITE_SPACE.test(text.charAt(end - 1))) end = text.indexOf(directive, end + 1);
  if (end < 0) unending.add(directive);
  return end < 0 ? undefined : end;
}

const isDirective = (char: string): char is Directive => Object.hasOwn(DIRECTIVES, char);

function formatBlock(block: Block): string {
  if (block.kind === 'line') return formatSpans(block.spans);
  if (block.kind === 'code') {
    return [FENCE + block.info, ...block.lines, ...(block.isClosed ? [FENCE] : [])].join('\n');
  }
  return formatStyling(block.blocks)
    .split('\n')
    .map((line, index) => (block.prefixes[index] ?? '> ') + line)
    .join('\n');
}

const formatSpans = (spans: readonly Span[]): string =>
  spans
    .map((span) => {
      if (span.kind === 'text') return span.text;
      const directive = DIRECTIVE_OF[span.kind];
      return directive + (span.kind === 'code' ? span.text : formatSpans(span.spans)) + directive;
    })
    .join('');

const plainText = (spans: readonly Span[]): string =>
  spans.map((span) => ('text' in span ? span.text : plainText(span.spans))).join('');
