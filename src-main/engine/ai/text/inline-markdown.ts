/** Deeper than that nobody writes, except to keep us busy. */
const DEPTH = 4;
const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const LINK =
  /(!?)\[([^[\]\n]{0,1000})\]\(\s*<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500})?)>?(?:\s+["'][^"'\n]{0,500}["'])?\s*\)/y;
const AUTOLINK = /<((?:https?|xmpp|mailto):[^\s<>]{1,2000})>/y;
const ENTITY = /&(amp|lt|gt|quot|#39|nbsp);/y;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};
/** Longest first: what Markdown writes it with, and how XEP-0393 does. */
const MARKS: readonly (readonly [string, string, string])[] = [
  ['***', '*_', '_*'],
  ['___', '*_', '_*'],
  ['**', '*', '*'],
  ['__', '*', '*'],
  ['~~', '~', '~'],
  ['*', '_', '_'],
  ['_', '_', '_'],
];

/** The same place of a text, looked at with a pattern that begins there. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Where a span that is opened at `from` with that mark ends; a negative number where it does not. */
function endOf(mark: string, text: string, from: number): number {
  for (let end = text.indexOf(mark, from + 1); end >= 0; end = text.indexOf(mark, end + 1)) {
    const isWide = text.charAt(end + mark.length) === mark.charAt(0);
    // `**` does not end in the middle of `***`, nor `*` in the middle of `**`.
    if (isWide) {
      while (text.charAt(end + 1) === mark.charAt(0)) end += 1;
      if (mark.length === 1) continue;
      end -= mark.length - 1;
    }
    const isTight = !/\s/.test(text.charAt(end - 1));
    const isInWord = mark.startsWith('_') && WORD.test(text.charAt(end + mark.length));
    if (isTight && !isInWord) return end;
  }
  return -1;
}

/** A line of Markdown as XEP-0393 writes it: bold, italic, struck out, code; links as text with their address. */
export function styledLine(text: string, depth = 0): string {
  const unending = new Set<string>();
  let styled = '';
  let at = 0;

  /** What begins here as something else than a letter: how it is written, and where it ends. */
  function special(): { as: string; end: number } | undefined {
    const char = text.charAt(at);
    if (char === '\\' && PUNCTUATION.test(text.charAt(at + 1)))
      return { as: text.charAt(at + 1), end: at + 2 };
    if (char === '`') return code();
    if (char === '[' || char === '!') {
      const found = matchAt(LINK, text, at);
      if (!found) return undefined;
      const [whole, , label = '', address = ''] = found;
      const words = styledLine(label, depth + 1).trim();
      const as = words === '' || words === address ? address : `${words} (${address})`;
      return { as, end: at + whole.length };
    }
    if (char === '<') {
      const found = matchAt(AUTOLINK, text, at);
      if (found) return { as: found[1] ?? '', end: at + found[0].length };
      const lineBreak = matchAt(/<br\s*\/?>/iy, text, at);
      return lineBreak ? { as: '\n', end: at + lineBreak[0].length } : undefined;
    }
    if (char === '&') {
      const found = matchAt(ENTITY, text, at);
      return found ? { as: ENTITIES[found[1] ?? ''] ?? '', end: at + found[0].length } : undefined;
    }
    return depth < DEPTH ? span() : undefined;
  }

  /** Nothing in it means anything. One that holds a back-tick itself cannot be said to be code. */
  function code(): { as: string; end: number } | undefined {
    const [fence = ''] = matchAt(/`+/y, text, at) ?? [];
    const from = at + fence.length;
    let end = unending.has(fence) ? -1 : text.indexOf(fence, from);
    while (end >= 0 && text.charAt(end + fence.length) === '`') {
      while (text.charAt(end) === '`') end += 1;
      end = text.indexOf(fence, end);
    }
    if (end < 0) {
      unending.add(fence);
      return { as: fence, end: from };
    }
    const content = text.slice(from, end);
    const inside = fence.length > 1 ? content.trim() : content;
    return { as: inside.includes('`') ? inside : `\`${inside}\``, end: end + fence.length };
  }

  function span(): { as: string; end: number } | undefined {
    for (const [mark, open, close] of MARKS) {
      if (!text.startsWith(mark, at) || unending.has(mark)) continue;
      const from = at + mark.length;
      const next = text.charAt(from);
      if (next === '' || /\s/.test(next) || next === mark.charAt(0)) continue;
      if (mark.startsWith('_') && WORD.test(text.charAt(at - 1))) continue;
      const end = endOf(mark, text, from);
      if (end < 0) {
        unending.add(mark);
        continue;
      }
      return { as: open + styledLine(text.slice(from, end), depth + 1) + close, end: end + mark.length };
    }
    return undefined;
  }

  while (at < text.length) {
    const found = special();
    if (found) {
      styled += found.as;
      at = found.end;
      continue;
    }
    // A run of marks that opens nothing is what it looks like.
    const [run = text.charAt(at)] = matchAt(/[*_~]+|[^\\`[!<&*_~]+/y, text, at) ?? [];
    styled += run;
    at += run.length;
  }
  return styled;
}
