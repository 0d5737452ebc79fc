import type { Language } from '../../src-shared/text/language.ts';
import type { Text } from '../text/use-text.ts';

const MINUTE_S = 60;
const DAY_S = 86_400;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, name: keyof typeof STYLES): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, STYLES[name]);
  formats.set(key, made);
  return made;
}
const STYLES = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  weekdayClock: { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dayClock: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  full: { dateStyle: 'full', timeStyle: 'medium' },
  dayLine: { weekday: 'long', day: 'numeric', month: 'long' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** An instant (Unix seconds) in words of the window's language. */
export const clockOf = (at: number, language: Language) => format(language, 'clock').format(at * 1_000);
export const fullDateOf = (at: number, language: Language) => format(language, 'full').format(at * 1_000);

const startOfDay = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
const daysAgo = (at: number) =>
  Math.round((startOfDay(Date.now()) - startOfDay(at * 1_000)) / (DAY_S * 1_000));

/** In a list: the clock today, the weekday this week, then the date. */
export function shortWhen(at: number, language: Language): string {
  const days = daysAgo(at);
  if (days < 0) return pointWhen(at, language);
  if (days === 0) return clockOf(at, language);
  if (days < 7) return format(language, 'weekday').format(at * 1_000);
  return format(language, days < 300 ? 'day' : 'date').format(at * 1_000);
}

/** After "since" or "until": the clock today, with its day on another one. */
export function pointWhen(at: number, language: Language): string {
  const days = Math.abs(daysAgo(at));
  if (days === 0) return clockOf(at, language);
  return format(language, days < 7 ? 'weekdayClock' : 'dayClock').format(at * 1_000);
}

/** "2 min ago" up to an hour, then the clock, then the date. */
export function relativeWhen(at: number, language: Language, { time }: Text['common']): string {
  const ago = Date.now() / 1_000 - at;
  if (ago < 0) return ago > -MINUTE_S ? time.inSeconds(Math.ceil(-ago)) : aheadOf(at, -ago, language, time);
  if (ago < MINUTE_S) return time.now;
  if (ago < 60 * MINUTE_S) return time.minutesAgo(Math.floor(ago / MINUTE_S));
  return shortWhen(at, language);
}
const aheadOf = (at: number, ahead: number, language: Language, time: Text['common']['time']) =>
  ahead < 60 * MINUTE_S ? time.inMinutes(Math.round(ahead / MINUTE_S)) : shortWhen(at, language);

/** The line between two days of a chat. */
export function dayLine(at: number, language: Language, { time }: Text['common']): string {
  const days = daysAgo(at);
  if (days === 0) return time.today;
  if (days === 1) return time.yesterday;
  return format(language, days < 300 ? 'dayLine' : 'date').format(at * 1_000);
}

/** `184 KB`. */
export function sizeText(bytes: number, language: Language, { size }: Text['common']): string {
  const units = [size.bytes, size.kilo, size.mega, size.giga];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1_000)));
  const value = bytes / 1_000 ** power;
  const digits = power > 1 && value < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${units[power]}`;
}

/** Day, month and year. */
export const dateOf = (at: number, language: Language) => format(language, 'date').format(at * 1_000);
/** The clock with its seconds. */
export const secondsOf = (at: number, language: Language) => format(language, 'seconds').format(at * 1_000);
