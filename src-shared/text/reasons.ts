import { fill } from '../errors.ts';
import type { Language } from './language.ts';
import { addressReasons } from './reasons/addresses.ts';
import { connectionReasons } from './reasons/connection.ts';
import { fileReasons } from './reasons/files.ts';
import { messageReasons } from './reasons/messages.ts';
import { roomReasons } from './reasons/rooms.ts';
import { settingReasons } from './reasons/settings.ts';
import { startReasons } from './reasons/start.ts';
import { storageReasons } from './reasons/storage.ts';

/** What the engine says about itself beside refusals: why something is as it is, each by its code, in every language. */
export const reasons = {
  ...connectionReasons,
  ...addressReasons,
  ...fileReasons,
  ...messageReasons,
  ...roomReasons,
  ...settingReasons,
  ...startReasons,
  ...storageReasons,
};
export type ReasonCode = keyof typeof reasons;
type Slot<T> = T extends `${string}{${infer S}}${infer Rest}` ? S | Slot<Rest> : never;
/** Those that stand by themselves, without anything to fill in. */
export type BareReason = {
  [C in ReasonCode]: [Slot<(typeof reasons)[C]['en']>] extends [never] ? C : never;
}[ReasonCode];
type Values<C extends ReasonCode> = Record<Slot<(typeof reasons)[C]['en']>, string | number>;

/** A reason as it is logged, stored and told to programs: in English, from which its code can be told. */
export const reason = <C extends ReasonCode>(code: C, values: Values<C>): string =>
  fill(reasons[code].en, values);

const SLOT = /\{(\w+)\}/g;
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What matches a sentence, whatever its slots are filled with. Those with the most words of their own come first. */
const patterns = (Object.entries(reasons) as [ReasonCode, { en: string; de: string }][])
  .map(([code, { en }]) => ({
    code,
    own: en.replace(SLOT, '').length,
    slots: [...en.matchAll(SLOT)].map(([, slot = '']) => slot),
    pattern: new RegExp(
      `^${en
        .split(SLOT)
        .map((part, at) => (at % 2 ? '(.+?)' : literally(part)))
        .join('')}$`,
      's',
    ),
  }))
  .sort((one, other) => other.own - one.own);

/** A reason as its code, and what its words are filled with. */
export interface Cause {
  code: ReasonCode;
  values: Record<string, string>;
}

/** The code of a reason, and what it was filled with; undefined where somebody else said it. */
export function readReason(said: string): Cause | undefined {
  for (const { code, pattern, slots } of patterns) {
    const found = pattern.exec(said);
    if (!found) continue;
    return { code, values: Object.fromEntries(slots.map((slot, at) => [slot, found[at + 1] ?? ''])) };
  }
  return undefined;
}

/** What the API tells beside a reason, so that nobody has to know its words; null where somebody else said it. */
export const causeOf = (said: string | null | undefined): Cause | null =>
  said === null || said === undefined ? null : (readReason(said) ?? null);

/** A reason in a language, by its cause; `said`: what is left where that is not known here. */
export function causeIn<Said extends string | null>(
  language: Language,
  said: Said,
  cause: { readonly code: string; readonly values: Readonly<Record<string, string>> } | null,
): Said | string {
  if (cause === null || !isReason(cause.code)) return said;
  return fill(reasons[cause.code][language], cause.values);
}
const isReason = (code: string): code is ReasonCode => Object.hasOwn(reasons, code);

/** A reason in a language; what is not one of ours is left as it was said. */
export function reasonIn<Said extends string | null>(language: Language, said: Said): Said | string {
  if (language === 'en' || said === null) return said;
  const read = readReason(said);
  return read ? fill(reasons[read.code][language], read.values) : said;
}

/** Values of a sentence, where one of them is a reason in that language too. */
export function spoken<V extends Readonly<Record<string, string | number>>>(
  values: V,
  language: Language,
): V {
  const { reason: said } = values;
  return typeof said === 'string' ? { ...values, reason: reasonIn(language, said) } : values;
}
