import { type Block, formatStyling, parseStyling } from '../../../base/message-styling.ts';
import type { MessageEntity, TelegramText } from '../telegram-api.ts';
import { type Inline, type InlineKind, readLine } from './inline.ts';

const ENTITY_OF = {
  bold: 'bold',
  italic: 'italic',
  strike: 'strikethrough',
  code: 'code',
  spoiler: 'spoiler',
} as const satisfies Record<InlineKind, string>;

/** Put there by us, so that what follows is plain; at Telegram it is plain anyway. */
const NEEDLESS = /\u2060(?=[*_~`>]|\|\|)/g;

/** A text with message styling (XEP-0393) as Telegram's: its marks are gone, its styling is in entities. */
export function fromStyled(given: string): TelegramText {
  let text = '';
  const entities: MessageEntity[] = [];

  function styled(kind: InlineKind, write: () => void): void {
    const start = text.length;
    const known = entities.length;
    write();
    const codes = entities.slice(known).filter((one) => one.type === 'code');
    for (const part of beside(codes, start, text.length)) entities.push({ type: ENTITY_OF[kind], ...part });
  }
  function inline(parts: readonly Inline[]): void {
    for (const part of parts) {
      if (typeof part === 'string') text += part.replace(NEEDLESS, '');
      else if (part.kind === 'code') styled('code', () => (text += part.parts.join('')));
      else styled(part.kind, () => inline(part.parts));
    }
  }
  function write(blocks: readonly Block[], prefix: string, isQuoted: boolean): void {
    for (const [index, block] of blocks.entries()) {
      if (index > 0) text += '\n';
      if (block.kind === 'line') {
        text += prefix;
        // The whole line again: spoilers are found in it too.
        inline(readLine(formatStyling([block])));
      } else if (block.kind === 'code' && block.lines.join('').trim() === '') {
        // Telegram shows no block that holds nothing: whoever wrote it meant its characters.
        text += formatStyling([block]).replace(/^/gm, prefix);
      } else if (block.kind === 'code') {
        const start = text.length;
        text += block.lines.map((line) => prefix + line).join('\n');
        const language = block.info.trim();
        if (prefix === '' && text.length > start) {
          entities.push({
            type: 'pre',
            ...(language !== '' && { language }),
            offset: start,
            length: text.length - start,
          });
        }
      } else if (isQuoted) {
        // Telegram nests no quotes: the inner ones keep their marks.
        write(block.blocks, `${prefix}> `, true);
      } else {
        const start = text.length;
        write(block.blocks, '', true);
        if (text.length > start)
          entities.push({ type: 'blockquote', offset: start, length: text.length - start });
      }
    }
  }
  write(parseStyling(given), '', false);
  return { text, entities: entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length) };
}

/** The places between two that are no code: Telegram styles code in no other way. */
function beside(codes: readonly MessageEntity[], start: number, end: number) {
  const parts: { offset: number; length: number }[] = [];
  let at = start;
  for (const { offset, length } of codes.toSorted((a, b) => a.offset - b.offset)) {
    if (offset > at) parts.push({ offset: at, length: offset - at });
    at = offset + length;
  }
  if (end > at) parts.push({ offset: at, length: end - at });
  return parts;
}
