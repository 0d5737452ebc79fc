import type { Span } from './spans.ts';
import { plainOf } from './styling.ts';

/** Lines of an answer as they are best drawn. */
export type LineGroup =
  | { kind: 'lines'; lines: Span[][] }
  /** Commands with what each does, one a line. */
  | { kind: 'menu'; rows: { command: string; args: string; summary: string }[] }
  /** Names with values, one a line. */
  | { kind: 'facts'; rows: { name: string; value: Span[] }[] };

const MENU = /^(?<command>\/[a-z][a-z0-9_-]{0,31})(?<args>(?: [^\s-][^\n]*?)?) [-–—] (?<summary>\S.*)$/iu;
const FACT = /^(?<name>\p{L}[\p{L}\p{N} /-]{0,23}):\s+(?=\S)/u;

/** Lines of one kind in a row, as one. Only Botmother's own answers have names and values. */
export function grouped(lines: readonly Span[][], isEngine: boolean, isAnswer: boolean): LineGroup[] {
  const groups: LineGroup[] = [];
  for (const spans of lines) {
    const group: LineGroup = (isAnswer ? menuRow(spans) : undefined) ??
      (isEngine ? fact(spans) : undefined) ?? { kind: 'lines', lines: [spans] };
    const last = groups.at(-1);
    if (last?.kind === 'lines' && group.kind === 'lines') last.lines.push(...group.lines);
    else if (last?.kind === 'menu' && group.kind === 'menu') last.rows.push(...group.rows);
    else if (last?.kind === 'facts' && group.kind === 'facts') last.rows.push(...group.rows);
    else groups.push(group);
  }
  return groups;
}

function menuRow(spans: readonly Span[]): LineGroup | undefined {
  const { command, args, summary } = MENU.exec(plainOf(spans))?.groups ?? {};
  if (command === undefined || summary === undefined) return undefined;
  return { kind: 'menu', rows: [{ command, args: (args ?? '').trim(), summary }] };
}

function fact(spans: readonly Span[]): LineGroup | undefined {
  const [first, ...rest] = spans;
  if (first?.kind !== 'text') return undefined;
  const match = FACT.exec(first.text.length > 0 && rest.length > 0 ? `${first.text}.` : first.text);
  const name = match?.groups?.name;
  if (match === null || name === undefined) return undefined;
  const left = first.text.slice(match[0].length);
  const value: Span[] = left === '' ? rest : [{ kind: 'text', text: left }, ...rest];
  return { kind: 'facts', rows: [{ name, value }] };
}
