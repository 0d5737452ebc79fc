import { ProviderError } from './provider-error.ts';

export interface CappedStreamOptions {
  /** Bytes after which it is no answer any more. */
  cap: number;
  signal: AbortSignal | undefined;
  /** Given: it is handed on in small parts, each after its turn has come. */
  turn?: (() => Promise<unknown>) | undefined;
  /** Makes of what went wrong the error that the reader gets. */
  failed: (error: unknown) => ProviderError;
}

/** Some twenty frames of a stream: a few milliseconds of work. */
const PART_BYTES = 4 * 1024;

/**
 * A body as a stream that is fetched only as far as it is read. `over` resolves when nothing more is wanted of it: true if
 * it ended or its reader left, false if it failed.
 */
export function cappedStream(
  body: AsyncIterable<Uint8Array>,
  { cap, signal, turn, failed }: CappedStreamOptions,
): { stream: ReadableStream<Uint8Array<ArrayBuffer>>; over: Promise<boolean> } {
  const { promise: over, resolve } = Promise.withResolvers<boolean>();
  const pieces = body[Symbol.asyncIterator]();
  let size = 0;
  /** Of the piece that was fetched last. */
  let rest: Uint8Array = new Uint8Array();
  let isOver = false;
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  function finish(isFine: boolean): void {
    isOver = true;
    signal?.removeEventListener('abort', fail);
    resolve(isFine);
  }
  function fail(error: unknown): void {
    if (isOver) return;
    controller?.error(failed(error));
    finish(false);
  }
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(started) {
        controller = started;
        // Also where nobody is reading at that moment.
        signal?.addEventListener('abort', fail, { once: true });
      },
      async pull() {
        try {
          if (rest.length === 0) {
            const { done, value } = await pieces.next();
            if (isOver) return;
            if (done) {
              controller?.close();
              return finish(true);
            }
            size += value.length;
            if (size > cap) throw new ProviderError('garbage', `an answer of more than ${cap} bytes`);
            rest = value;
          }
          await turn?.();
          if (isOver) return;
          const length = turn ? PART_BYTES : rest.length;
          controller?.enqueue(new Uint8Array(rest.subarray(0, length)));
          rest = rest.subarray(length);
        } catch (error) {
          fail(error);
        }
      },
      cancel: () => finish(true),
    },
    { highWaterMark: 0 },
  );
  return { stream, over };
}
