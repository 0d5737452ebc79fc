import type { TelegramTrouble } from '../../../src-shared/api/telegram.ts';

export interface FailureDetails {
  kind: TelegramTrouble;
  /** HTTP status, or `error_code` of the answer; 0: no answer came. */
  status?: number;
  isUncertain?: boolean;
  isPermanent?: boolean;
  retryAfterS?: number | undefined;
  migrateTo?: string | undefined;
}

/** Telegram did not do it. `message` is for the log: which method, and in Telegram's words why, without any token. */
export class TelegramFailure extends Error {
  readonly kind: TelegramTrouble;
  readonly status: number;
  /** The request may have been carried out, although no answer says so. */
  readonly isUncertain: boolean;
  /** The same request will be refused whenever it is made: it is about this message, not about the bot or the chat. */
  readonly isPermanent: boolean;
  /** Not before this many seconds (429). */
  readonly retryAfterS: number | undefined;
  /** The group became a supergroup with this number. */
  readonly migrateTo: string | undefined;

  constructor(message: string, details: FailureDetails) {
    super(message);
    this.name = 'TelegramFailure';
    this.kind = details.kind;
    this.status = details.status ?? 0;
    this.isUncertain = details.isUncertain ?? false;
    this.isPermanent = details.isPermanent ?? false;
    this.retryAfterS = details.retryAfterS;
    this.migrateTo = details.migrateTo;
  }
}
