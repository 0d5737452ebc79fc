import { ApiError } from './api-error.ts';
import type { Client } from './client.ts';
import { followUpdates, getUpdates } from './programs.ts';
import type { Update, UpdateType } from './types.ts';

export interface UpdatesOptions {
  /** Which types; `message` alone unless said. */
  allowed_updates?: UpdateType[] | undefined;
  /** Ends it. */
  signal?: AbortSignal | undefined;
  /** Told of each failure that is waited out. */
  onProblem?: ((problem: ApiError, waitMs: number) => void) | undefined;
  /** How waiting is done; real time unless something else is given. */
  wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/**
 * The updates of a bot, one after the other, for as long as the loop runs; fetched with long polls. An update counts as
 * done when the loop asks for the next one, so what a program was at work on when it died comes again. What passes
 * (no connection, too many requests) is waited out; anything else is thrown.
 */
export async function* pollUpdates(
  client: Client,
  { timeout = 50, ...options }: UpdatesOptions & { timeout?: number } = {},
): AsyncGenerator<Update, void, undefined> {
  const { allowed_updates, signal } = options;
  let offset: number | undefined;
  const patience = patienceOf(options);
  while (!signal?.aborted) {
    try {
      const page = await getUpdates(client, { offset, timeout, allowed_updates }, { signal });
      patience.worked();
      for (const update of page) {
        yield update;
        offset = update.update_id;
      }
    } catch (error) {
      await patience.waitOut(error);
    }
  }
}

/** The same over one connection at a time, which brings each update the moment it is there. */
export async function* streamUpdates(
  client: Client,
  options: UpdatesOptions = {},
): AsyncGenerator<Update, void, undefined> {
  const { allowed_updates, signal } = options;
  let offset: number | undefined;
  const patience = patienceOf(options);
  while (!signal?.aborted) {
    try {
      for await (const { event, data } of followUpdates(client, { offset, allowed_updates }, { signal })) {
        if (event === 'error') throw streamError(data);
        patience.worked();
        yield data;
        offset = data.update_id;
      }
      // The engine ends every stream after a while, so that what was done is confirmed.
      await (options.wait ?? realWait)(RECONNECT_MS, signal);
    } catch (error) {
      await patience.waitOut(error);
    }
  }
}

/** What a stream says before it ends for good: the envelope of a refusal. */
function streamError(said: unknown): ApiError {
  const { error, error_code, description } = said as {
    error: string;
    error_code: string;
    description: string;
  };
  return new ApiError('GET /bot/events', { code: error, httpStatus: Number(error_code), description });
}

const RECONNECT_MS = 100;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Waits longer each time, as long as nothing works. */
function patienceOf({ signal, onProblem, wait = realWait }: UpdatesOptions) {
  let nextMs = FIRST_WAIT_MS;
  return {
    worked(): void {
      nextMs = FIRST_WAIT_MS;
    },
    /** Resolves when it may be tried again, or when the signal ended it; throws what does not pass. */
    async waitOut(error: unknown): Promise<void> {
      if (signal?.aborted) return;
      if (!isPassing(error)) throw error;
      const problem = error instanceof ApiError ? error : undefined;
      const waitMs = problem?.retryAfter === undefined ? nextMs : problem.retryAfter * 1_000;
      nextMs = Math.min(LONGEST_WAIT_MS, nextMs * 2);
      if (problem) onProblem?.(problem, waitMs);
      await wait(waitMs, signal);
    },
  };
}

/** A connection that breaks off in the middle of an answer is no `ApiError`: `fetch` says it with a `TypeError`. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiError ? error.isPassing : error instanceof TypeError;

const realWait = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
