import type { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import { cappedStream } from './capped-stream.ts';
import { asProviderError } from './failures.ts';
import { loopTurns } from './loop-turns.ts';
import type { ProviderError } from './provider-error.ts';
import { refusalOf } from './refusal.ts';
import { requestHeaders } from './request-headers.ts';

/** How long a provider may take. */
export interface TransportTimes {
  /** Until the answer begins: without streaming, that is all the thinking. */
  answerMs: number;
  /** Between two pieces of an answer. */
  stallMs: number;
  /** For everything; who asks sets a shorter time with a signal. */
  totalMs: number;
}
export const USUAL_TIMES: TransportTimes = { answerMs: 300_000, stallMs: 90_000, totalMs: 1_800_000 };

export interface TransportDeps {
  http: HttpClient;
  /** Whether this origin may be of this machine or its surroundings, and plain http there. */
  allowPrivate: (url: URL) => boolean;
  logger: Logger;
  provider: string;
  /** Go with each request, over ours of the same name. */
  headers: Readonly<Record<string, string>>;
  times?: Partial<TransportTimes> | undefined;
  now?: (() => number) | undefined;
}

/** More than any answer or list of models has. A stream repeats its frame around every few letters. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const MAX_STREAM_BYTES = 16 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 64 * 1024;
/** Of all providers together: they share one event loop. */
const streamTurn = loopTurns();
const STREAM = /^(text\/event-stream|application\/x-ndjson)\b/i;

export type ProviderFetch = (
  address: string | URL | Request,
  init?: RequestInit,
  times?: Partial<TransportTimes>,
) => Promise<Response>;

/**
 * `fetch` for providers, and the only way to them: checked addresses, no redirects, no answer without end, times, further
 * headers, and a line of log for each exchange with nothing of what was said. Resolves with answers of success only;
 * everything else, also in the middle of a body, is a `ProviderError`.
 */
export function providerFetch(deps: TransportDeps): ProviderFetch {
  const { http, allowPrivate, logger, provider, now = Date.now } = deps;

  return async (address, init = {}, own = {}) => {
    const url = new URL(address instanceof Request ? address.url : address);
    const { answerMs, stallMs, totalMs } = { ...USUAL_TIMES, ...deps.times, ...own };
    const method = init.method === 'POST' ? 'POST' : 'GET';
    const headers = requestHeaders(init.headers, deps.headers);
    const signal = init.signal ?? undefined;
    const startedAt = performance.now();
    const line = { provider, host: url.host, method, path: url.pathname, status: 0 };
    const note = (problem?: ProviderError) => {
      const ms = Math.round(performance.now() - startedAt);
      if (problem) logger.warn({ ...line, ms, problem: problem.kind }, 'an AI provider did not answer');
      else logger.info({ ...line, ms }, 'an AI provider answered');
    };
    const failed = (error: unknown) => {
      const problem = asProviderError(error, signal);
      note(problem);
      return problem;
    };

    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    http
      .exchange(
        url.href,
        {
          method,
          headers,
          ...(typeof init.body === 'string' && { body: init.body }),
          idleMs: stallMs,
          answerMs,
          timeoutMs: totalMs,
          ...(signal && { signal }),
          atHome: allowPrivate(url),
        },
        async ({ status, headers: received, body }) => {
          line.status = status;
          if (status >= 300) {
            const words = await readSome(body, MAX_REFUSAL_BYTES);
            throw refusalOf({
              status,
              headers: received,
              body: words,
              isQuestion: method === 'POST',
              now: now(),
            });
          }
          const answered = responseHeaders(received);
          const isStream = STREAM.test(answered.get('content-type') ?? '');
          const cap = isStream ? MAX_STREAM_BYTES : MAX_ANSWER_BYTES;
          const turn = isStream ? streamTurn : undefined;
          const { stream, over } = cappedStream(body, { cap, signal, turn, failed });
          resolve(new Response(stream, { status: 200, headers: answered }));
          if (await over) note();
        },
      )
      .catch((error: unknown) => reject(failed(error)));
    return promise;
  };
}

/** Enough of a refusal to see what it is about; that it does not come whole does not matter. */
async function readSome(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      size += piece.length;
      if (size >= most) break;
    }
  } catch {}
  return Buffer.concat(pieces).toString('utf8');
}

function responseHeaders(received: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined) continue;
      // Bytes beyond Latin-1 and the like are no matter for an answer.
      try {
        headers.append(name, one);
      } catch {}
    }
  }
  return headers;
}
