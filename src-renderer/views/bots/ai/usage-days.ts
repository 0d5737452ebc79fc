import type { AiUse } from '../../../../src-shared/api/ai.ts';

type Day = AiUse['days'][number];
export const USAGE_DAYS = 30;

const nameOf = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
const empty = (day: string): Day => ({
  day,
  calls: 0,
  answers: 0,
  failed: 0,
  tokens: { input: 0, output: 0 },
});

/** The date that a day of the engine is, at noon of this clock: no change of the hour moves it to another. */
export const dateOfDay = (day: string): Date => new Date(`${day}T12:00:00`);

/** Every one of the last days, also those on which nothing was asked. They end with the engine's day where that is ahead. */
export function everyDay(days: readonly Day[], now = new Date()): Day[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const last = [nameOf(now), ...known.keys()].reduce((a, b) => (a > b ? a : b));
  const end = dateOfDay(last);
  return Array.from({ length: USAGE_DAYS }, (_, index) => {
    const date = new Date(end);
    date.setDate(end.getDate() - (USAGE_DAYS - 1 - index));
    const name = nameOf(date);
    return known.get(name) ?? empty(name);
  });
}
