import { type DomainError, fill } from '../errors.ts';
import type { Language } from './language.ts';
import { spoken } from './reasons.ts';
import { CHAT_WAYS } from './refusals/chat-ways.ts';
import { refusalsDe } from './refusals-de.ts';

/** A refusal in words for people. The catalogue's are meant for them already; German has its own. */
export function describeRefusal(error: DomainError, language: Language): string {
  return language === 'de' ? fill(refusalsDe[error.code], spoken(error.details, language)) : error.message;
}

/** The same for who reads it in a chat, with the command that helps there. */
export function describeInChat(error: DomainError, language: Language): string {
  const said = describeRefusal(error, language);
  const way = CHAT_WAYS[error.code];
  return way === undefined ? said : `${said.replace(/\.$/, '')}: ${way}`;
}
