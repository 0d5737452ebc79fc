import { createContext, useContext } from 'react';
import type { Cause } from '../../src-shared/client/types.ts';
import { type Language, languageOfTag } from '../../src-shared/text/language.ts';
import { causeIn } from '../../src-shared/text/reasons.ts';
import { remember, remembered } from '../memory.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

export type Text = Words<typeof en>;
const TEXTS: Record<Language, Text> = { en, de };

export const textIn = (language: Language): Text => TEXTS[language];

/** What the browser, or the system, is set to. */
export const systemLanguage = (): Language =>
  navigator.languages.map(languageOfTag).find((language) => language !== undefined) ?? 'en';

const KEPT_AS = 'language';

/** What the window was shown in last, until the engine has said what is set; the system's on a first visit. */
export const lastLanguage = (): Language => languageOfTag(remembered(KEPT_AS) ?? '') ?? systemLanguage();
export const keepLanguage = (language: Language): void => remember(KEPT_AS, language);

export const LanguageContext = createContext<Language>('en');
export const useLanguage = (): Language => useContext(LanguageContext);
/** What the window says, in the language it is set to. */
export const useText = (): Text => textIn(useLanguage());

/** Says why something failed: `said` in the language of the window, where its cause is one that is known here. */
export function useReason(): <Said extends string | null>(said: Said, cause: Cause | null) => Said | string {
  const language = useLanguage();
  return (said, cause) => causeIn(language, said, cause);
}
