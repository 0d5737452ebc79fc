import { PROVIDERS } from '../ai-providers.ts';
import { type DomainError, fill } from '../errors.ts';
import type { Language } from './language.ts';
import { spoken } from './reasons.ts';
import { CHAT_WAYS } from './refusals/chat-ways.ts';
import { SETTING_WAYS } from './refusals/setting-ways.ts';
import { refusalsDe } from './refusals-de.ts';
import { settingLabels } from './setting-labels.ts';
import { translate } from './translate.ts';

/** A refusal in words for people. The catalogue's are meant for them already; German has its own. */
export function describeRefusal(error: DomainError, language: Language): string {
  if (language === 'en') return error.message;
  return fill(refusalsDe[error.code], named(spoken(error.details, language), language));
}

/** Providers are called by their own names, but for the one that is none. */
const named = ({ provider, ...others }: DomainError['details'], language: Language) =>
  provider === undefined
    ? others
    : {
        ...others,
        provider: provider === PROVIDERS.compatible.label ? translate(language)('ki.compatible') : provider,
      };

/** With what helps there, behind its last sentence. */
const withWay = (said: string, way: string | undefined): string =>
  way === undefined ? said : `${said.replace(/\.$/, '')}: ${way}`;

/** The same for who reads it in a chat, with the command that helps there. */
export const describeInChat = (error: DomainError, language: Language): string =>
  withWay(describeRefusal(error, language), CHAT_WAYS[error.code]);

/** The same for who reads it in the window, with the field that it is about. */
export function describeInWindow(error: DomainError, language: Language): string {
  const key = SETTING_WAYS[error.code];
  const label = key && settingLabels[key][language];
  return withWay(
    describeRefusal(error, language),
    label && (language === 'de' ? `„${label}“` : `"${label}"`),
  );
}

/** The same for programs and the command line, with the name of the setting that it is about. */
export const describeForPrograms = (error: DomainError, language: Language = 'en'): string =>
  withWay(describeRefusal(error, language), SETTING_WAYS[error.code]);
