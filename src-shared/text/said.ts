import type { Language } from './language.ts';

/** A value that each language writes in its own way. */
export type Said = (language: Language) => string;

/** `12,500` and `12.500`; with at most so many digits behind the point. */
export const amount =
  (value: number, digits = 0): Said =>
  (language) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

/** The day of an instant (Unix seconds), as the window writes it. */
export const day =
  (at: number): Said =>
  (language) =>
    new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(at * 1_000);
