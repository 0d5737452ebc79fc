import { refuse } from '../../../src-shared/errors.ts';
import { reason } from '../../../src-shared/text/reasons.ts';
import { AddressRefused } from '../../base/address-guard.ts';
import { type Exchange, type ExchangeOptions, NoAnswer } from '../../base/http-client.ts';
import { OmemoTrouble } from '../../gateways/omemo/ratchet-backend.ts';
import { TooLarge } from './file-store.ts';

/** The largest file either way (contract, section 7). */
export const FILE_LIMIT_BYTES = 20 * 1024 * 1024;

export const FETCHING: ExchangeOptions = {
  method: 'GET',
  headers: { accept: '*/*', 'accept-encoding': 'identity' },
  idleMs: 15_000,
  timeoutMs: 5 * 60 * 1_000,
};

/** Takes what comes, if it is a file and not too large. Redirects are not followed. */
export async function takeFile<T>(
  { status, headers, body }: Exchange,
  limitBytes: number,
  keep: (body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  if (status >= 300 && status < 400) throw new NoAnswer(reason('http.redirect', { status }));
  if (status !== 200) throw new NoAnswer(reason('http.status', { status }));
  if (Number(headers['content-length'] ?? 0) > limitBytes) throw new TooLarge(limitBytes);
  return keep(body);
}

/** What kept a file from being fetched, in words for who wants it: without the path, which is often a secret. */
export function fetchRefusal(error: unknown, url: string): unknown {
  const host = URL.canParse(url) ? new URL(url).host : 'its address';
  if (error instanceof TooLarge) return refuse('file.too-large', { limit: FILE_LIMIT_BYTES });
  if (error instanceof OmemoTrouble) return refuse('file.broken', { host });
  if (error instanceof NoAnswer || error instanceof AddressRefused)
    return refuse('file.not-fetched', { host, reason: error.message });
  return error;
}
