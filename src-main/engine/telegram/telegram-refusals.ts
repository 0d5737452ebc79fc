import type { TelegramTrouble } from '../../../src-shared/api/telegram.ts';
import { type DomainError, refuse } from '../../../src-shared/errors.ts';
import { TelegramFailure } from '../../gateways/telegram/index.ts';

/** What to say when Telegram did not do what somebody waits for. Anything else that went wrong is thrown on. */
export function refusalOf(error: unknown, about: { chat?: string | undefined } = {}): DomainError {
  if (!(error instanceof TelegramFailure)) throw error;
  const { kind, retryAfterS } = error;
  if (kind === 'token') return refuse('telegram.token-refused', {});
  if (kind === 'chat' && about.chat !== undefined)
    return refuse('telegram.chat-unknown', { chat: about.chat });
  if (kind === 'blocked') return refuse('telegram.blocked', {});
  if (kind === 'rate')
    return refuse('telegram.rate', { seconds: retryAfterS ?? RATE_S }, retryAfterS ?? RATE_S);
  return kind === 'unreachable' ? refuse('telegram.unreachable', {}) : refuse('telegram.refused', {});
}
const RATE_S = 30;

/** Telegram is sure of it. With anything else it could not be asked, and may find it right. */
export const isFinal = ({ code }: DomainError): boolean => FINAL.has(code);
const FINAL: ReadonlySet<string> = new Set(['telegram.token-refused', 'telegram.chat-unknown']);

/** Nothing changes there before somebody does something. */
export const LASTING: ReadonlySet<TelegramTrouble> = new Set(['chat', 'blocked', 'webhook', 'other-program']);
