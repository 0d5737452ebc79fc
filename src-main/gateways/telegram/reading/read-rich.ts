import type { MessageEntity, TelegramText } from '../telegram-api.ts';

/** Deeper than Telegram lets anybody nest. */
const DEEPEST = 40;

type Loose = Record<string, unknown>;
const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Kinds of rich text that are kinds of entities too, with what they need besides their place. */
const ENTITIES: Record<string, (part: Loose) => Loose> = {
  bold: () => ({ type: 'bold' }),
  italic: () => ({ type: 'italic' }),
  underline: () => ({ type: 'underline' }),
  strikethrough: () => ({ type: 'strikethrough' }),
  spoiler: () => ({ type: 'spoiler' }),
  code: () => ({ type: 'code' }),
  url: ({ url }) => ({ type: 'text_link', url }),
  date_time: ({ unix_time, date_time_format }) => ({ type: 'date_time', unix_time, date_time_format }),
  heading: () => ({ type: 'bold' }),
  pre: ({ language }) => ({ type: 'pre', ...(typeof language === 'string' && { language }) }),
  blockquote: () => ({ type: 'blockquote' }),
  expandable_blockquote: () => ({ type: 'blockquote' }),
  pullquote: () => ({ type: 'blockquote' }),
};

/** Where the words of a part are; each begins a line of its own in blocks. */
const BLOCKS = ['summary', 'blocks', 'items', 'caption'];

/** A rich message (documents with headings, lists, tables) as text with entities: its words, and what of it styles them. */
export function readRich(message: unknown): TelegramText {
  let text = '';
  const entities: MessageEntity[] = [];

  /** A label was written, and what it stands before begins behind it. */
  let isBegun = false;

  function line(): void {
    if (text !== '' && !text.endsWith('\n') && !isBegun) text += '\n';
    isBegun = false;
  }

  function words(part: unknown, depth: number): void {
    if (depth > DEEPEST) return;
    if (typeof part === 'string') text += part;
    else if (Array.isArray(part)) for (const one of part) words(one, depth + 1);
    else if (isLoose(part))
      within(part, () => words(part.text ?? part.alternative_text ?? part.expression, depth + 1));
  }

  function within(part: Loose, write: () => void): void {
    const offset = text.length;
    write();
    const entity = ENTITIES[String(part.type)]?.(part);
    const length = text.length - offset;
    if (entity && length > 0) entities.push({ ...entity, offset, length } as unknown as MessageEntity);
  }

  function block(part: unknown, depth: number): void {
    if (depth > DEEPEST) return;
    if (Array.isArray(part)) {
      for (const one of part) block(one, depth + 1);
      return;
    }
    line();
    if (typeof part === 'string') text += part;
    if (!isLoose(part)) return;
    if (typeof part.label === 'string') {
      text += `${part.label} `;
      isBegun = true;
    }
    within(part, () => {
      words(part.text ?? part.expression, depth + 1);
      if (Array.isArray(part.cells)) for (const row of part.cells) cells(row, depth + 1);
      for (const member of BLOCKS) {
        if (part[member] !== undefined) block(part[member], depth + 1);
      }
    });
  }

  function cells(row: unknown, depth: number): void {
    line();
    for (const [index, cell] of (Array.isArray(row) ? row : []).entries()) {
      if (index > 0) text += ' | ';
      words(cell, depth);
    }
  }

  block(isLoose(message) ? message.blocks : undefined, 0);
  const kept = text.trimEnd();
  return { text: kept, entities: entities.flatMap((one) => clipped(one, kept.length)) };
}

const clipped = (entity: MessageEntity, end: number): MessageEntity[] =>
  entity.offset < end ? [{ ...entity, length: Math.min(entity.length, end - entity.offset) }] : [];
