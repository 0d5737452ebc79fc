import type { Api, RawApi } from 'grammy';
import type { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import { botApiFetch } from './bot-api-fetch.ts';
import { explainFailure } from './explain-failure.ts';
import { TelegramFailure } from './failure.ts';

/** grammY declares a class of its own for what every platform has by now. */
export type GrammySignal = NonNullable<Parameters<RawApi['getMe']>[0]>;

export interface AskerDeps {
  token: string;
  /** Without a slash at its end. */
  root: string;
  /** It may be of this machine or its surroundings. */
  atHome: boolean;
  http: HttpClient;
  logger: Logger;
  requestMs: number;
}

export interface Question<T> {
  method: string;
  signal: AbortSignal;
  request: (raw: RawApi, signal: GrammySignal) => Promise<unknown>;
  /** Throws where the answer has another form. */
  read: (result: unknown) => T;
  /** Refusals that say something, by Telegram's words, and what they say. */
  instead?: readonly (readonly [RegExp, T])[];
  /** How long Telegram waits before it answers. */
  waitMs?: number;
}

/** Asks Telegram, through grammY and our own transport. Rejects with `TelegramFailure` or the signal's reason. */
export function asker({ token, root, atHome, http, logger, requestMs }: AskerDeps) {
  async function answerTo<T>({ method, signal, request, read, waitMs = 0 }: Question<T>): Promise<T> {
    // The build for browsers brings no HTTP client of its own, which would not be used.
    const { Api } = await import('grammy/web');
    const api: Api = new Api(token, {
      apiRoot: root,
      // Ours is the platform's `fetch`, grammY's types are of a package.
      fetch: botApiFetch({ http, atHome, timeoutMs: requestMs, waitMs }) as never,
      // Ours ends it before that.
      timeoutSeconds: Math.ceil((requestMs + waitMs) / 1_000) + 60,
    });
    const result = await request(api.raw, signal as GrammySignal);
    try {
      return read(result);
    } catch {
      const why = `${method}: the answer has another form`;
      throw new TelegramFailure(why, { kind: 'failed', isUncertain: true });
    }
  }

  return async <T>(question: Question<T>): Promise<T> => {
    const { method, signal, instead = [] } = question;
    signal.throwIfAborted();
    try {
      return await answerTo(question);
    } catch (error) {
      signal.throwIfAborted();
      const failure = explainFailure(error, method, token);
      const said = instead.find(([words]) => failure.status === 400 && words.test(failure.message));
      if (said) return said[1];
      const { kind, status, isUncertain, message: why } = failure;
      logger.warn({ method, kind, status, isUncertain, why }, 'Telegram did not do it');
      throw failure;
    }
  };
}
