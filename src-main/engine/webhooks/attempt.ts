import { reason } from '../../../src-shared/text/reasons.ts';
import { AddressRefused } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import { type HttpClient, NoAnswer } from '../../base/http-client.ts';
import type { HttpAnswer, PostOptions } from '../../base/http-post.ts';
import type { Webhook } from '../../store/bot-repository.ts';
import type { Update } from '../../store/update-repository.ts';
import { signatureHeaders } from './signature.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** What one attempt means for the update and for the address (contract, section 7, "Webhooks"). */
export type Verdict =
  | { kind: 'delivered' }
  /** The address is in trouble: everything for it waits. */
  | { kind: 'endpoint-down'; reason: string; retryAfterMs: number | undefined }
  /** This update is not wanted; the next one may be. */
  | { kind: 'refused'; reason: string }
  /** 410: the receiver wants no more. */
  | { kind: 'gone' };

/** What was to be seen of one attempt. `atMs` is of the wall clock. */
export interface Seen {
  atMs: number;
  tookMs: number;
  /** Headers of the request. */
  sent: Readonly<Record<string, string>>;
  answer: HttpAnswer | undefined;
}

/** `Retry-After` (RFC 9110, 10.2.3) as milliseconds. */
function retryAfterMs(header: string | string[] | undefined, nowMs: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}

function judge({ status, headers }: HttpAnswer, nowMs: number): Verdict {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'gone' };
  const isRedirect = status >= 300 && status < 400;
  const why = reason(isRedirect ? 'webhook.redirect' : 'webhook.answered', { status });
  // A redirect says nothing about the update: the address is wrong, so everything waits instead of being refused.
  if (status >= 500 || status === 429 || isRedirect) {
    return { kind: 'endpoint-down', reason: why, retryAfterMs: retryAfterMs(headers['retry-after'], nowMs) };
  }
  return { kind: 'refused', reason: why };
}

/** What an address is sent of an update. */
export const deliveryBody = ({ updateId, type, data }: Pick<Update, 'updateId' | 'type' | 'data'>): string =>
  `{"update_id":${updateId},"update_type":${JSON.stringify(type)},"data":${data}}`;

type Deliverable = Pick<Update, 'updateId' | 'type' | 'data' | 'deliveryId' | 'attempts'>;

/** The request of one delivery: the guide's headers, the Standard Webhooks headers, the signed body. */
export function deliveryRequest(
  update: Deliverable,
  secret: string,
  nowMs: number,
  version: string,
): PostOptions {
  const body = deliveryBody(update);
  return {
    body,
    timeoutMs: TIMEOUT_MS,
    maxAnswerBytes: MAX_ANSWER_BYTES,
    headers: {
      'content-type': 'application/json',
      'user-agent': `DinoX-BotAPI/1.0 (Botmother/${version})`,
      'x-bot-delivery': update.deliveryId,
      'x-bot-attempt': String(update.attempts + 1),
      ...signatureHeaders(secret, { id: update.deliveryId, timestampS: Math.floor(nowMs / 1_000), body }),
    },
  };
}

/** Posts one update once. Never rejects: whatever happens is a verdict. */
export async function attempt(
  client: HttpClient,
  webhook: Pick<Webhook, 'url' | 'secret'>,
  update: Deliverable,
  { now, monotonic }: Pick<Clock, 'now' | 'monotonic'>,
  version: string,
): Promise<{ verdict: Verdict; seen: Seen }> {
  const [atMs, startedMs] = [now(), monotonic()];
  let sent: Seen['sent'] = {};
  const seen = (answer?: HttpAnswer): Seen => ({ atMs, tookMs: monotonic() - startedMs, sent, answer });
  try {
    const request = deliveryRequest(update, webhook.secret, atMs, version);
    sent = request.headers;
    const answer = await client.post(webhook.url, request);
    return { verdict: judge(answer, now()), seen: seen(answer) };
  } catch (error) {
    const isExpected = error instanceof NoAnswer || error instanceof AddressRefused;
    const said = isExpected ? error.message : reason('webhook.not-made', {});
    return { verdict: { kind: 'endpoint-down', reason: said, retryAfterMs: undefined }, seen: seen() };
  }
}
