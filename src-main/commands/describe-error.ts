import { type DomainError, fill } from '../../src-shared/errors.ts';
import { refusalsDe } from '../../src-shared/text/refusals-de.ts';
import type { Language } from '../../src-shared/text/translate.ts';

/** A refusal as a chat line. The catalogue's words are meant for people already; German has its own. */
export function describeError(error: DomainError, language: Language): string {
  const german = language === 'de' ? refusalsDe[error.code] : undefined;
  return german === undefined ? error.message : fill(german, error.details);
}
