import type { Language } from './language.ts';

/** A value that each language writes in its own way. */
export type Said = (language: Language) => string;

/** `12,500` and `12.500`; with at most so many digits behind the point. */
export const amount =
  (value: number, digits = 0): Said =>
  (language) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

/** How long something took: `412 ms`, `3.4 s`. */
export const took = (ms: number): Said => {
  const whole = Math.round(ms);
  return whole < 1_000
    ? (language) => `${amount(whole)(language)} ms`
    : (language) => `${amount(ms / 1_000, 1)(language)} s`;
};

/** The day of an instant (Unix seconds), as the window writes it. */
export const day =
  (at: number): Said =>
  (language) =>
    new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(at * 1_000);
