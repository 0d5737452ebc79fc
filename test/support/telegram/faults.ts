import type { ServerResponse } from 'node:http';
import type { BotApiRefusal } from './refusal.ts';

/** What is wrong with some requests. */
export interface Fault {
  /** Of this method only. */
  method?: string;
  /** How often; once unless told, `Infinity` until it is taken away. */
  times?: number;
  /** The request is carried out all the same (`hold`: before it is held). */
  isDone?: boolean;
  answer: FaultAnswer;
}

export type FaultAnswer =
  /** An error in the form of the Bot API. */
  | { refuse: number; description?: string; retryAfterS?: number; migrateTo?: number }
  /** The connection is cut: before any answer, or in the middle of it. */
  | { cut: 'before' | 'middle' }
  /** No answer, until the caller gives up. */
  | 'hang'
  /** No answer until `release`; with `isDone`, what was asked for is there already. */
  | { hold: Promise<void> }
  /** Another program answers. */
  | { status: number; body: string; headers?: Record<string, string> }
  /** An answer without end. */
  | 'endless'
  /** A right answer of at least so many bytes. */
  | { hugeBytes: number };

const DESCRIPTIONS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

export const answerRefusal = (response: ServerResponse, { code, message, parameters }: BotApiRefusal): void =>
  answerJson(response, code, {
    ok: false,
    error_code: code,
    description: message,
    ...(parameters && { parameters }),
  });

/** Answers as the fault says. `body` is what the right answer is, where the request was carried out. */
export async function answerFault(
  response: ServerResponse,
  answer: Exclude<FaultAnswer, { hold: Promise<void> }>,
  body: unknown,
): Promise<void> {
  if (answer === 'hang') return;
  if (answer === 'endless') return dribble(response);
  if ('cut' in answer) {
    if (answer.cut === 'before') return void response.destroy();
    const text = JSON.stringify(body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length + 10 });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
    return;
  }
  if ('status' in answer) {
    response.writeHead(answer.status, { 'content-type': 'text/html', ...answer.headers });
    response.end(answer.body);
    return;
  }
  if ('hugeBytes' in answer) {
    answerJson(response, 200, { ok: true, result: [], padding: 'x'.repeat(answer.hugeBytes) });
    return;
  }
  const { refuse, retryAfterS, migrateTo } = answer;
  const known = refuse === 429 ? `Too Many Requests: retry after ${retryAfterS ?? 1}` : DESCRIPTIONS[refuse];
  const parameters = {
    ...(retryAfterS !== undefined && { retry_after: retryAfterS }),
    ...(migrateTo !== undefined && { migrate_to_chat_id: migrateTo }),
  };
  answerJson(response, refuse, {
    ok: false,
    error_code: refuse,
    description: answer.description ?? known ?? 'Bad Request',
    ...(Object.keys(parameters).length > 0 && { parameters }),
  });
}

/** JSON that never ends, as fast as it is read. */
async function dribble(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"ok":true,"result":"');
  const piece = 'x'.repeat(65_536);
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  response.on('error', () => undefined);
  more();
}
