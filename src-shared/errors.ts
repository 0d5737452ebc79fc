import { accessErrors } from './errors/access.ts';
import { accountErrors } from './errors/accounts.ts';
import { aiErrors } from './errors/ai.ts';
import { botErrors } from './errors/bots.ts';
import { certificateErrors } from './errors/certificates.ts';
import { chatErrors } from './errors/chats.ts';
import { engineErrors } from './errors/engine.ts';
import type { Entry, ErrorKind } from './errors/entry.ts';
import { fileErrors } from './errors/files.ts';
import { messageErrors } from './errors/messages.ts';
import { omemoErrors } from './errors/omemo.ts';
import { provisioningErrors } from './errors/provisioning.ts';
import { requestErrors } from './errors/requests.ts';
import { roomErrors } from './errors/rooms.ts';
import { settingErrors } from './errors/settings.ts';
import { telegramErrors } from './errors/telegram.ts';

/**
 * Every refusal of the product in one table, put together from one for each area: its slug on the wire (`error`), its kind
 * (which each edge translates once, to a status or a chat line) and its words. Anything else that is thrown is a defect.
 */
const catalogue = {
  ...requestErrors,
  ...accessErrors,
  ...botErrors,
  ...accountErrors,
  ...messageErrors,
  ...fileErrors,
  ...chatErrors,
  ...omemoErrors,
  ...roomErrors,
  ...settingErrors,
  ...certificateErrors,
  ...provisioningErrors,
  ...aiErrors,
  ...telegramErrors,
  ...engineErrors,
};

export type ErrorCode = keyof typeof catalogue;
/** The codes of the refusals of these kinds. */
export type CodesOfKind<K extends ErrorKind> = {
  [C in ErrorCode]: (typeof catalogue)[C]['kind'] extends K ? C : never;
}[ErrorCode];
type Slot<T> = T extends `${string}{${infer S}}${infer Rest}` ? S | Slot<Rest> : never;
type Details<C extends ErrorCode> = Record<Slot<(typeof catalogue)[C]['text']>, string | number>;

/** An expected no. Its message is meant for people and holds no secret. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly slug: string;
  /** What fills its words, for edges that say it in another language. */
  readonly details: Readonly<Record<string, string | number>>;
  /** Seconds after which trying again makes sense, where that is known. */
  readonly retryAfterS: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, string | number>>,
    retryAfterS?: number,
  ) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
    this.kind = catalogue[code].kind;
    this.slug = catalogue[code].slug;
    this.retryAfterS = retryAfterS;
  }
}

/** Makes (does not throw) the refusal of that code; the compiler checks the details against its text. */
export function refuse<C extends ErrorCode>(code: C, details: Details<C>, retryAfterS?: number): DomainError {
  const words: Record<string, string | number> = details;
  return new DomainError(code, fill(catalogue[code].text, words), words, retryAfterS);
}

/** Puts values into the slots of a refusal's text. */
export const fill = (text: string, words: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, slot: string) => String(words[slot] ?? ''));

export const errorCodes = Object.keys(catalogue) as ErrorCode[];
export const errorEntry = (code: ErrorCode): Entry => catalogue[code];
