import type { ErrorCode } from './types.ts';

/** Why a call failed: what the engine answered, or that nothing useful came back. */
export class ApiError extends Error {
  /**
   * The word for what is wrong (`error` of the answer), `unreachable` when no answer came, or `unexpected_answer` when it
   * came from something else than an engine.
   */
  readonly code: ErrorCode | 'unreachable' | 'unexpected_answer';
  /** What is wrong and what to do, in the engine's words for people. */
  readonly description: string;
  /** 0 when no answer came. */
  readonly httpStatus: number;
  /** Seconds after which trying again makes sense, where the engine said so. */
  readonly retryAfter: number | undefined;

  constructor(
    where: string,
    problem: {
      code: string;
      httpStatus: number;
      description?: string | undefined;
      retryAfter?: number | undefined;
      cause?: unknown;
    },
  ) {
    const { code, httpStatus, description = 'no usable answer', retryAfter, cause } = problem;
    super(`${where}: ${description} (${httpStatus === 0 ? code : `${httpStatus} ${code}`})`, { cause });
    this.name = 'ApiError';
    // A newer engine may have words that this client does not know.
    this.code = code as ErrorCode;
    this.description = description;
    this.httpStatus = httpStatus;
    this.retryAfter = retryAfter;
  }

  /** Whether the same call may well succeed later: no answer, too many requests, or a server that is not ready. */
  get isPassing(): boolean {
    return this.httpStatus === 0 || this.httpStatus === 429 || this.httpStatus >= 500;
  }
}
