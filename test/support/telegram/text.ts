import type { MessageEntity } from 'grammy/types';
import { badRequest } from './refusal.ts';

const LIMIT = 4096;
/** Further ones are dropped without a word. */
const ENTITIES_LIMIT = 100;
const STYLES = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
const QUOTES = new Set(['blockquote', 'expandable_blockquote']);
const MONOSPACED = new Set(['pre', 'code']);
const KINDS = new Set([
  ...STYLES,
  ...QUOTES,
  ...MONOSPACED,
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
]);

/** Whether two units of a surrogate pair stand on both sides of a place. */
function isInsidePair(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}

function checkRange(text: string, { offset, length }: MessageEntity): void {
  if (!Number.isInteger(offset) || !Number.isInteger(length) || offset < 0 || length <= 0) {
    throw badRequest("can't parse MessageEntity: wrong offset or length");
  }
  if (offset > text.length) throw badRequest('entity begins after the end of the text');
  if (offset + length > text.length) throw badRequest('entity ends after the end of the text');
  if (isInsidePair(text, offset)) throw badRequest('entity begins in a middle of a UTF-16 symbol');
  if (isInsidePair(text, offset + length)) throw badRequest('entity ends in a middle of a UTF-16 symbol');
}

/** The rules of nesting that are documented for entities; Telegram mends what breaks them, we want to know. */
function checkNesting(entities: readonly MessageEntity[]): void {
  for (const [index, one] of entities.entries()) {
    for (const other of entities.slice(index + 1)) {
      const [a, b] = [one.offset + one.length, other.offset + other.length];
      if (a <= other.offset || b <= one.offset) continue;
      const isNested = (one.offset <= other.offset && a >= b) || (other.offset <= one.offset && b >= a);
      if (!isNested) throw badRequest(`entities ${one.type} and ${other.type} overlap`);
      const isStyle = STYLES.has(one.type) || STYLES.has(other.type);
      const isMono = MONOSPACED.has(one.type) || MONOSPACED.has(other.type);
      const isQuote = QUOTES.has(one.type) !== QUOTES.has(other.type);
      if (one.type === other.type || (!isQuote && (!isStyle || isMono))) {
        throw badRequest(`entities ${one.type} and ${other.type} can't be nested`);
      }
    }
  }
}

function checkMembers(entity: MessageEntity): void {
  if (!KINDS.has(entity.type)) throw badRequest(`can't parse MessageEntity: type ${entity.type}`);
  if (entity.type === 'text_link' && !URL.canParse(entity.url)) throw badRequest('wrong HTTP URL');
  if (entity.type === 'pre' && entity.language !== undefined && typeof entity.language !== 'string') {
    throw badRequest("can't parse MessageEntity: field language must be of type String");
  }
}

/** What Telegram takes out of every text before it looks at it. */
function cleaned(text: string): string {
  return text
    .replaceAll('\r', '')
    .replace(/[\u0000-\u0009\u000b-\u001f]/g, ' ')
    .replace(/[\u2028-\u202e]/g, '');
}

/** A text as it becomes one of a message: cleaned, without white space at its ends, with its styling checked. */
export function acceptText(given: unknown, entities: readonly MessageEntity[] = []) {
  if (typeof given !== 'string' || given === '') throw badRequest('message text is empty');
  for (const entity of entities) {
    checkMembers(entity);
    checkRange(given, entity);
  }
  checkNesting(entities);
  if (given.length > LIMIT) throw badRequest('message is too long');
  return acceptCleaned(given, entities);
}

/** Moves the entities to where their characters are then. */
function acceptCleaned(given: string, entities: readonly MessageEntity[]) {
  const moved = entities.map((entity) => {
    const offset = cleaned(given.slice(0, entity.offset)).length;
    const end = cleaned(given.slice(0, entity.offset + entity.length)).length;
    return { ...entity, offset, length: end - offset };
  });
  return trimmed(cleaned(given), moved);
}

function trimmed(text: string, entities: readonly MessageEntity[]) {
  if (text.trim() === '') throw badRequest('message text is empty');
  // White space that is styled at the beginning stays: it may be the indentation of code.
  const firstStyled = Math.min(...entities.map(({ offset }) => offset), text.length);
  const start = Math.min(text.length - text.trimStart().length, firstStyled);
  const kept = text.slice(start).trimEnd();
  const moved = entities.flatMap((entity) => {
    const offset = Math.max(entity.offset - start, 0);
    const end = Math.min(entity.offset + entity.length - start, kept.length);
    return end > offset && kept.slice(offset, end).trim() !== ''
      ? [{ ...entity, offset, length: end - offset }]
      : [];
  });
  return { text: kept, entities: moved.slice(0, ENTITIES_LIMIT) as MessageEntity[] };
}
