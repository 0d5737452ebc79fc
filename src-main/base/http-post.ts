import type { Dispatcher } from 'undici';
import { reason as said } from '../../src-shared/text/reasons.ts';

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The first `maxAnswerBytes` of the body; the rest is not read. */
  body: string;
}

export interface PostOptions {
  headers: Record<string, string>;
  body: string;
  /** For the whole exchange: name look-up, connection, answer. */
  timeoutMs: number;
  maxAnswerBytes: number;
}

/** The exchange took longer than it may. */
export class PostTimeout extends Error {}
class ReadEnough extends Error {}

/**
 * One POST with small bodies, at the level on which undici builds its own calls: a stream for each answer, and a signal
 * for each deadline, would cost more than all the rest. Rejects with `PostTimeout` or what undici rejects with.
 */
export function postThrough(
  dispatcher: Dispatcher,
  path: string,
  { headers, body, timeoutMs, maxAnswerBytes }: PostOptions,
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  let controller: Dispatcher.DispatchController | undefined;
  let reason: Error | undefined;
  let status = 0;
  let answerHeaders: HttpAnswer['headers'] = {};
  let size = 0;
  const chunks: Buffer[] = [];

  /** Also before it has begun. */
  function abort(why: Error): void {
    reason = why;
    controller?.abort(why);
  }
  const deadline = setTimeout(() => {
    const late = new PostTimeout(said('http.no-answer-within', { seconds: timeoutMs / 1_000 }));
    reject(late);
    abort(late);
  }, timeoutMs);
  function answered(): void {
    clearTimeout(deadline);
    const [first] = chunks;
    const read = chunks.length > 1 ? Buffer.concat(chunks) : first;
    resolve({
      status,
      headers: answerHeaders,
      body: read?.subarray(0, maxAnswerBytes).toString('utf8') ?? '',
    });
  }
  function failed(error: unknown): void {
    clearTimeout(deadline);
    reject(error);
  }

  try {
    dispatcher.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart(started) {
          controller = started;
          if (reason) started.abort(reason);
        },
        onResponseStart(_, statusCode, received) {
          // Others (1xx) only announce it.
          if (statusCode < 200) return;
          status = statusCode;
          answerHeaders = received;
        },
        onResponseData(_, chunk) {
          chunks.push(chunk);
          size += chunk.length;
          if (size < maxAnswerBytes || reason) return;
          answered();
          abort(new ReadEnough());
        },
        onResponseEnd: answered,
        onResponseError: (_, error) => failed(error),
      },
    );
  } catch (error) {
    failed(error);
  }
  return promise;
}
