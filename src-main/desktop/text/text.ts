import { de } from './de.ts';
import { en } from './en.ts';

/** The same names with words of another language: what is a text stays one, what takes values takes the same. */
type Words<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [K in keyof T]: Words<T[K]> };

export type Text = Words<typeof en>;

const TEXTS = { en, de };
export type ShellLanguage = keyof typeof TEXTS;

export const textIn = (language: ShellLanguage): Text => TEXTS[language];
