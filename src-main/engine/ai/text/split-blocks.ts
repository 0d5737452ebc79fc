import type { TextBlock } from './markdown.ts';

const FENCE = '```';
/** What would begin a block of code, or end one, where a line was cut into pieces. */
const FENCE_IN_TEXT = /^```/;
const FENCE_IN_CODE = /^```$/;

/** A long line in pieces, at a space where there is one, and never within a character. */
function piecesOf(line: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > limit) {
    const space = rest.lastIndexOf(' ', limit);
    let end = space > limit / 2 ? space + 1 : limit;
    // The second half of a character belongs to the first.
    if (/[\uDC00-\uDFFF]/.test(rest.charAt(end)) && /[\uD800-\uDBFF]/.test(rest.charAt(end - 1))) end -= 1;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** As many of the lines as have room together, again and again. */
function groupsOf(lines: readonly string[], limit: number, misleading: RegExp): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  let length = 0;
  for (const piece of lines.flatMap((one) => piecesOf(one, limit - 1))) {
    const line = misleading.test(piece) ? ` ${piece}` : piece;
    if (group.length > 0 && length + line.length + 1 > limit) {
      groups.push(group);
      group = [];
      length = 0;
    }
    group.push(line);
    length += line.length + 1;
  }
  return group.length > 0 ? [...groups, group] : groups;
}

/** A block as it is written, in pieces none of which is longer: code in each of them stands between fences of its own. */
function writtenBlock(block: TextBlock, limit: number): string[] {
  if (block.kind === 'lines')
    return groupsOf(block.lines, limit, FENCE_IN_TEXT).map((lines) => lines.join('\n'));
  const info = block.info.slice(0, 40);
  const room = limit - (FENCE + info).length - FENCE.length - 2;
  const groups = groupsOf(block.lines.length === 0 ? [''] : block.lines, room, FENCE_IN_CODE);
  return groups.map((lines) => [FENCE + info, ...lines, FENCE].join('\n'));
}

/** Blocks as messages, none longer than that (in UTF-16 units). What belongs together is kept together where it fits. */
export function splitBlocks(blocks: readonly TextBlock[], limit: number): string[] {
  const parts: string[] = [];
  for (const block of blocks) {
    for (const [index, piece] of writtenBlock(block, limit).entries()) {
      const last = parts.at(-1);
      const gap = index > 0 || !block.isApart ? '\n' : '\n\n';
      if (last !== undefined && last.length + gap.length + piece.length <= limit)
        parts[parts.length - 1] = last + gap + piece;
      else parts.push(piece);
    }
  }
  return parts;
}
