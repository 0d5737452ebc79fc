import { inlineOf, type Span } from './spans.ts';

/** A block of a message, after XEP-0393: what its characters mean, without a word added. */
export type Block =
  | { kind: 'lines'; lines: Span[][] }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'code'; language: string; text: string };

const FENCE = '```';
const DEEPEST = 8;

/** Reads a text as message styling. Every text has a reading; what is no styling is plain. */
export const styled = (text: string): Block[] => blocksOf(text.replaceAll('\r\n', '\n').split('\n'), 0);

function blocksOf(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.startsWith(FENCE)) {
      const end = lines.indexOf(FENCE, at + 1);
      const last = end === -1 ? lines.length : end;
      const language = line.slice(FENCE.length).trim();
      blocks.push({ kind: 'code', language, text: lines.slice(at + 1, last).join('\n') });
      at = last + 1;
    } else if (line.startsWith('>') && depth < DEEPEST) {
      const start = at;
      while (lines[at]?.startsWith('>')) at += 1;
      const within = lines.slice(start, at).map((quoted) => quoted.slice(1).replace(/^ /, ''));
      blocks.push({ kind: 'quote', blocks: blocksOf(within, depth + 1) });
    } else {
      const last = blocks.at(-1);
      if (last?.kind === 'lines') last.lines.push(inlineOf(line));
      else blocks.push({ kind: 'lines', lines: [inlineOf(line)] });
      at += 1;
    }
  }
  return blocks;
}

/** The text of spans as it was written. */
export const plainOf = (spans: readonly Span[]): string =>
  spans
    .map((span) => {
      if (span.kind === 'styled') return `${span.mark}${plainOf(span.spans)}${span.mark}`;
      return span.kind === 'mono' ? `\`${span.text}\`` : span.text;
    })
    .join('');
