import { type MessageEntity, TELEGRAM_TEXT_LIMIT, type TelegramText } from '../telegram-api.ts';
import { clipped, entityAt, isInsidePair, type Range, rangesOf } from './ranges.ts';

/** What Telegram styles in one message; it leaves the rest plain without a word. */
const ENTITIES_LIMIT = 100;
/** How much of a part may stay unused for the sake of a better border. */
const BORDERS = [
  { border: /\n[^\S\n]*\n/g, least: 0.5 },
  { border: /\n/g, least: 0.5 },
  { border: /[^\S\n]+/g, least: 0.25 },
] as const;
/** They are one thing to whoever reads them. */
const WHOLE = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'code',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
]);

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** No character that people know is longer. */
const LONGEST_GRAPHEME = 256;

/**
 * A text in parts that one message each can hold, in UTF-16 units: cut between paragraphs, or else lines, or else words,
 * or else characters; never inside a character, and inside a link or the like only where it is too long itself. Styling
 * that is cut goes on in the next part. White space at the cut is gone, except the indentation of code. None for a text
 * of white space only.
 */
export function splitText(given: TelegramText, limit = TELEGRAM_TEXT_LIMIT): TelegramText[] {
  const ranges = rangesOf(given);
  const { text } = given;
  const parts: TelegramText[] = [];
  let at = 0;
  let first = 0;
  while (at < text.length) {
    // There may be thousands, of which each part needs its own.
    while ((ranges[first]?.end ?? text.length) <= at && first < ranges.length) first += 1;
    const near = nearby(ranges, first, at + limit);
    const end = endOfPart(text, at, limit, near);
    const part = partOf(text, at, end, near);
    if (part.text.trim() !== '') parts.push(part);
    at = behindBorder(text, end, near);
  }
  return parts;
}

/** Those from one on that begin before a place; they are in order. */
function nearby(ranges: readonly Range[], first: number, end: number): Range[] {
  let last = first;
  while (last < ranges.length && (ranges[last]?.start ?? end) <= end) last += 1;
  return ranges.slice(first, last);
}

function endOfPart(text: string, start: number, limit: number, ranges: readonly Range[]): number {
  const furthest = Math.min(start + limit, endOfStyles(start, text.length, ranges));
  if (furthest >= text.length) return text.length;
  const room = furthest - start;
  for (const { border, least } of BORDERS) {
    const from = start + Math.max(Math.floor(room * least), 1);
    // One unit more: a border may begin right behind the part.
    const found = [...text.slice(from, furthest + 1).matchAll(border)].map((match) => from + match.index);
    const best = found.findLast((place) => place <= furthest && !isInsideWhole(place, ranges));
    if (best !== undefined) return best;
  }
  const whole = ranges.find((one) => isWhole(one) && one.start < furthest && furthest < one.end);
  if (whole && whole.start > start) return whole.start;
  return betweenCharacters(text, start, furthest);
}

const isWhole = ({ entity }: Range) => WHOLE.has(entity.type);
const isInsideWhole = (place: number, ranges: readonly Range[]) =>
  ranges.some((one) => isWhole(one) && one.start < place && place < one.end);

/** Where the first begins that is too many. */
function endOfStyles(start: number, end: number, ranges: readonly Range[]): number {
  const styled = ranges.filter((one) => one.end > start);
  const tooMany = styled[ENTITIES_LIMIT];
  return tooMany && tooMany.start > start ? tooMany.start : end;
}

function betweenCharacters(text: string, start: number, end: number): number {
  // From the beginning: in a row of flags it depends on that where one ends.
  const grapheme = graphemes.segment(text.slice(start, end + LONGEST_GRAPHEME)).containing(end - start);
  const place = start + (grapheme?.index ?? 0);
  if (place > start) return place;
  return isInsidePair(text, end) && end - 1 > start ? end - 1 : end;
}

function partOf(text: string, start: number, end: number, ranges: readonly Range[]): TelegramText {
  const kept = text.slice(start, end).trimEnd();
  const entities = clipped(ranges, start, start + kept.length).map(
    (range): MessageEntity => entityAt({ ...range, start: range.start - start, end: range.end - start }),
  );
  return { text: kept, entities };
}

/** Where the next part begins. */
function behindBorder(text: string, end: number, ranges: readonly Range[]): number {
  const isCode = ranges.some(
    ({ entity, start, end: to }) => entity.type === 'pre' && start < end && end < to,
  );
  const border = isCode ? /\n?/y : /\s*/y;
  border.lastIndex = end;
  border.exec(text);
  return border.lastIndex;
}
