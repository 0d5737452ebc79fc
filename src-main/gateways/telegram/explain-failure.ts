import type { GrammyError } from 'grammy';
import { AddressRefused } from '../../base/address-guard.ts';
import { NoAnswer } from '../../base/http-client.ts';
import { redact } from '../../base/redact.ts';
import { BadAnswer } from './bot-api-fetch.ts';
import { type FailureDetails, TelegramFailure } from './failure.ts';

/** No byte of the request reached Telegram: there was no connection to send it on. */
const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;

/** In the words of Telegram's server; the second kind are names of errors that it passes on. */
const NO_CHAT =
  /chat not found|chat_id is empty|chat was deleted|chat was deactivated|user not found|user is deactivated|PEER_ID_INVALID|CHANNEL_(?:PRIVATE|INVALID)|CHAT_ID_INVALID|USER_DEACTIVATED/i;
const NO_RIGHT =
  /\brights?\b|administrator|kicked|blocked|not a member|CHAT_(?:WRITE|SEND_\w+)_FORBIDDEN|CHAT_RESTRICTED|USER_BANNED|TOPIC_(?:CLOSED|DELETED)|ADMIN_REQUIRED/i;

const LONGEST_WORDS = 200;
const LONGEST_WAIT_S = 86_400;

/** What went wrong, as one of our kinds. Neither address nor token nor what was to be sent is among it. */
export function explainFailure(error: unknown, method: string, token: string): TelegramFailure {
  const words = (text: string) => `${method}: ${withoutToken(text, token).slice(0, LONGEST_WORDS)}`;
  if (error instanceof TelegramFailure) return error;
  if (isRefusal(error)) {
    return new TelegramFailure(words(`${error.error_code} ${error.description}`), kindOf(error));
  }
  const inner = innerOf(error);
  if (inner instanceof AddressRefused)
    return new TelegramFailure(words(inner.message), { kind: 'unreachable' });
  if (inner instanceof BadAnswer) {
    const { status, message } = inner;
    const isUncertain = status >= 500 || status < 300;
    return new TelegramFailure(words(`${status} ${message}`), { kind: 'unreachable', status, isUncertain });
  }
  const isUncertain = !(inner instanceof NoAnswer && NEVER_SENT.test(codeOf(inner.cause)));
  const message = inner instanceof NoAnswer ? inner.message : 'the connection failed';
  return new TelegramFailure(words(message), { kind: 'unreachable', isUncertain });
}

/** grammY puts what its `fetch` rejected with into an error of its own. */
const innerOf = (error: unknown): unknown =>
  error instanceof Error && error.name === 'HttpError' && 'error' in error ? error.error : error;

/** By its name: the class itself is loaded with grammY, which is not needed for this. */
const isRefusal = (error: unknown): error is GrammyError =>
  error instanceof Error && error.name === 'GrammyError';

function codeOf(cause: unknown): string {
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  return inner instanceof Error && 'code' in inner ? String(inner.code) : '';
}

function kindOf({ error_code: status, description, parameters }: GrammyError): FailureDetails {
  const why = String(description);
  if (status === 401) return { kind: 'token', status };
  // A method that is not there is an old server; anything else is an address without a bot.
  if (status === 404 && !/method/i.test(why)) return { kind: 'token', status };
  if (status === 409) return { kind: /webhook/i.test(why) ? 'webhook' : 'other-program', status };
  if (status === 429) return { kind: 'rate', status, retryAfterS: waitOf(parameters?.retry_after) };
  if (status >= 500) return { kind: 'failed', status, isUncertain: true };
  const migrateTo = parameters?.migrate_to_chat_id;
  if (Number.isSafeInteger(migrateTo)) return { kind: 'chat', status, migrateTo: String(migrateTo) };
  if (NO_CHAT.test(why)) return { kind: 'chat', status };
  if (status === 403 || NO_RIGHT.test(why)) return { kind: 'blocked', status };
  return { kind: 'failed', status, isPermanent: true };
}

const waitOf = (seconds: unknown): number =>
  typeof seconds === 'number' && seconds >= 1 ? Math.min(Math.ceil(seconds), LONGEST_WAIT_S) : 1;

/** A server may repeat the path it was asked for. */
function withoutToken(text: string, token: string): string {
  const secret = token.slice(token.indexOf(':') + 1);
  let shown = text;
  for (const form of [token, encodeURIComponent(token), secret]) {
    if (form !== '') shown = shown.replaceAll(form, '[hidden]');
  }
  return redact(shown);
}
