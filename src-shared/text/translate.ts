import { createInstance } from 'i18next';
import { de } from './de.ts';
import { en, type TextKey } from './en.ts';
import type { Language } from './language.ts';

export { type Language, languageOfTag } from './language.ts';

export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

const translator = createInstance();
void translator.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: en }, de: { translation: de } },
});

/** Texts in one language. Values are put in as they are: nothing is escaped, chat is plain text. */
export const translate =
  (language: Language): Translate =>
  (key, values) =>
    translator.t(key, { lng: language, ...values });
