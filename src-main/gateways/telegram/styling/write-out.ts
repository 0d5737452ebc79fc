import type { TelegramText } from '../telegram-api.ts';
import { entityAt, type Range, rangesOf } from './ranges.ts';

const SCHEME = /^(?:https?:\/\/|mailto:|tel:)?(?:www\.)?/i;
const bare = (address: string) => address.trim().replace(SCHEME, '').replace(/\/$/, '').toLowerCase();

/** What has to be said in words where nothing can be clicked: the address of a link, the instant of a time. */
function wordsFor({ entity }: Range, shown: string): string | undefined {
  if (entity.type === 'text_link') {
    // A person of Telegram cannot be reached from elsewhere.
    if (typeof entity.url !== 'string' || /^tg:/i.test(entity.url)) return undefined;
    return bare(entity.url) === bare(shown) ? undefined : entity.url;
  }
  if (entity.type !== 'date_time' || !Number.isFinite(entity.unix_time)) return undefined;
  const at = new Date(entity.unix_time * 1_000);
  if (Number.isNaN(at.getTime())) return undefined;
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The text with addresses and instants in brackets behind what they belong to. */
export function writtenOut(given: TelegramText): TelegramText {
  const ranges = rangesOf(given);
  const isCode = (at: number) =>
    ranges.some(({ entity, start, end }) => /^(?:pre|code)$/.test(entity.type) && start < at && at <= end);
  const added = ranges.flatMap((range) => {
    const shown = given.text.slice(range.start, range.end);
    const words = wordsFor(range, shown);
    const at = range.start + (shown.trimEnd() || shown).length;
    return words === undefined || isCode(at) ? [] : [{ at, words: ` (${words})` }];
  });
  if (added.length === 0) return given;
  added.sort((a, b) => a.at - b.at);

  let text = '';
  let from = 0;
  for (const { at, words } of added) {
    text += given.text.slice(from, at) + words;
    from = at;
  }
  text += given.text.slice(from);
  const shift = (place: number, isBehind: (at: number) => boolean) =>
    added.reduce((sum, { at, words }) => sum + (isBehind(at) ? words.length : 0), place);
  const entities = ranges.map((range) =>
    entityAt({
      entity: range.entity,
      start: shift(range.start, (at) => at <= range.start),
      // What ends where words were added ends before them.
      end: shift(range.end, (at) => at < range.end),
    }),
  );
  return { text, entities };
}
