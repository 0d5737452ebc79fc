import type { MessageEntity, TelegramText } from '../telegram-api.ts';

/** Where an entity is, from the first unit to the one behind the last. */
export interface Range {
  start: number;
  end: number;
  entity: MessageEntity;
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Whether a place lies inside a character that takes two units. */
export const isInsidePair = (text: string, at: number): boolean =>
  isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));

/** The entities that lie in the text, in order, outer ones first; none ends inside a character. */
export function rangesOf({ text, entities }: TelegramText): Range[] {
  return entities
    .map((entity) => {
      const start = Math.max(entity.offset, 0);
      const end = Math.min(entity.offset + entity.length, text.length);
      return {
        entity,
        start: isInsidePair(text, start) ? start - 1 : start,
        end: isInsidePair(text, end) ? end + 1 : end,
      };
    })
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** The same entity elsewhere. */
export const entityAt = ({ entity, start, end }: Range): MessageEntity => ({
  ...entity,
  offset: start,
  length: end - start,
});

/** What of the ranges lies between two places. */
export const clipped = (ranges: readonly Range[], start: number, end: number): Range[] =>
  ranges
    .map((range) => ({ ...range, start: Math.max(range.start, start), end: Math.min(range.end, end) }))
    .filter((range) => range.end > range.start);
