import type { HttpAnswer } from '../../base/http-post.ts';
import { redact } from '../../base/redact.ts';
import type { Seen } from './attempt.ts';

const BODY_CHARACTERS = 4_096;
const HEADERS = 40;
const HEADER_LENGTH = 300;
/** Enough to compare a signature by, too little to learn anything from. */
const SIGNATURE_LENGTH = 12;
const SIGNATURES = ['x-bot-signature', 'webhook-signature'] as const;
/** They open doors of somebody else's. */
const UNSHOWN = new Set(['set-cookie', 'authorization', 'proxy-authorization']);

/** What was sent and answered at the last attempt, as it is kept: without secrets. */
export interface DeliveryDetails {
  url: string;
  /** Of the request; the body is with the update, as long as that is here. */
  headers: Record<string, string>;
  answer: { status: number; headers: Record<string, string>; body: string } | null;
}

/** The details of an attempt as JSON text. */
export function detailsOf({ sent, answer }: Seen, url: string): string {
  const headers = { ...sent };
  for (const name of SIGNATURES) {
    const value = headers[name];
    if (value !== undefined) headers[name] = `${value.slice(0, SIGNATURE_LENGTH)}…`;
  }
  const details: DeliveryDetails = { url, headers, answer: answer ? shownAnswer(answer) : null };
  return JSON.stringify(details);
}

function shownAnswer({ status, headers, body }: HttpAnswer): DeliveryDetails['answer'] {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers).slice(0, HEADERS)) {
    if (value === undefined || UNSHOWN.has(name)) continue;
    shown[name] = String(value).slice(0, HEADER_LENGTH);
  }
  return { status, headers: shown, body: body.slice(0, BODY_CHARACTERS) };
}

/** Reads them back, with whatever looks like a secret taken out of what others wrote. */
export function readDetails(details: string): DeliveryDetails {
  // Written by `detailsOf` alone.
  const { url, headers, answer } = JSON.parse(details) as DeliveryDetails;
  const cleaned = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, redact(value)]));
  return {
    url: redact(url),
    headers,
    answer: answer && { ...answer, headers: cleaned(answer.headers), body: redact(answer.body) },
  };
}
