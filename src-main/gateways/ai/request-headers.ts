import { ProviderError } from './provider-error.ts';

/** Belong to the connection, not to what is asked; an own one would break it or lead it elsewhere. */
const NOT_OURS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers of a request: those of the exchange, over them the ones that somebody set up for their gateway. */
export function requestHeaders(
  given: RequestInit['headers'],
  further: Readonly<Record<string, string>>,
): Record<string, string> {
  try {
    const headers = new Headers(given);
    // Answers come as they are: nothing has to be unpacked, and nothing can grow by being unpacked.
    headers.set('accept-encoding', 'identity');
    headers.set('user-agent', 'Botmother');
    for (const [name, value] of Object.entries(further)) {
      if (!NOT_OURS.has(name.toLowerCase())) headers.set(name, value);
    }
    return Object.fromEntries(headers);
  } catch {
    throw new ProviderError('bad-request', 'a header has a name or a value that HTTP cannot carry');
  }
}
