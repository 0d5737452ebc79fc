import type { HttpClient } from '../../base/http-client.ts';

/** Telegram itself sends at most 4 MB of news at once. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** What came is no answer of a Bot API: another program, half an answer, or one without end. */
export class BadAnswer extends Error {
  readonly status: number;

  constructor(status: number, why: string) {
    super(why);
    this.name = 'BadAnswer';
    this.status = status;
  }
}

export interface BotApiRequest {
  http: HttpClient;
  /** The address is the operator's own. */
  atHome: boolean;
  /** For everything but the waiting. */
  timeoutMs: number;
  /** How long Telegram may wait before it answers, because it was asked to. */
  waitMs: number;
}

/**
 * `fetch` for grammY, through our own client: checked addresses, no redirects, times, a cap. Its answers are objects of
 * the Bot API (`{ ok, … }`) and nothing else; rejects with `BadAnswer` and as `HttpClient` does.
 */
export function botApiFetch({ http, atHome, timeoutMs, waitMs }: BotApiRequest): typeof fetch {
  return async (address, init) => {
    const answer = await http.exchange(
      String(address),
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: typeof init?.body === 'string' ? init.body : '{}',
        idleMs: timeoutMs,
        answerMs: timeoutMs + waitMs,
        timeoutMs: timeoutMs + waitMs,
        ...(init?.signal && { signal: init.signal }),
        atHome,
        isLongPoll: waitMs > 0,
      },
      async ({ status, body }) => answerIn(status, await textOf(status, body)),
    );
    return Response.json(answer);
  };
}

async function textOf(status: number, body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > MAX_ANSWER_BYTES) throw new BadAnswer(status, 'the answer is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function answerIn(status: number, text: string): object {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new BadAnswer(status, 'the answer is not of a Bot API');
  }
  if (typeof answer !== 'object' || answer === null)
    throw new BadAnswer(status, 'the answer is not of a Bot API');
  const isSuccess = 'ok' in answer && answer.ok === true && 'result' in answer;
  const isRefusal = 'error_code' in answer && typeof answer.error_code === 'number';
  if (!isSuccess && !isRefusal) throw new BadAnswer(status, 'the answer is not of a Bot API');
  return isSuccess ? answer : { ...answer, ok: false };
}
