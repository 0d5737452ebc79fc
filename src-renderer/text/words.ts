import type { Language } from '../../src-shared/text/language.ts';

/** The same names with words of another language: what is a text stays one, what takes values takes the same. */
export type Words<T> = T extends string
  ? string
  : T extends (...values: infer V) => infer R
    ? (...values: V) => Words<R>
    : { readonly [K in keyof T]: Words<T[K]> };

const counting = (language: Language) => {
  const format = new Intl.NumberFormat(language);
  return (n: number, one: string, many: string) => `${format.format(n)} ${n === 1 ? one : many}`;
};
/** `1 bot`, `12,500 bots`. */
export const count = counting('en');
/** `1 Bot`, `12.500 Bots`. */
export const countDe = counting('de');

/** A word of a command; an address may hold characters that a shell would act upon. */
export const word = (jid: string) => (/^[\w.+@-]+$/.test(jid) ? jid : `'${jid}'`);
