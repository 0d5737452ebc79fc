import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dialect } from './dialects/dialect.ts';
import type { Asked, StubAnswer } from './script.ts';

const HUGE_BYTES = 100 * 1024 * 1024;
/** In UTF-8 EF BF BF: what stands for a byte that is none. */
const STAND_IN = Buffer.from('\uffff');

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function withBrokenBytes(text: string): Buffer {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(STAND_IN); at >= 0; at = bytes.indexOf(STAND_IN, from)) {
    parts.push(bytes.subarray(from, at), Buffer.from([0xff]));
    from = at + STAND_IN.length;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

/** Writes, and waits where the other side reads slowly; false when it left. */
async function write(response: ServerResponse, piece: string | Buffer): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(piece)) return !response.destroyed;
  // The one that does not come would go on listening.
  const over = new AbortController();
  const either = ['drain', 'close'].map((name) => once(response, name, { signal: over.signal }));
  await Promise.race(either).finally(() => over.abort());
  await Promise.allSettled(either);
  return !response.destroyed;
}

async function sendHuge(response: ServerResponse, contentType: string): Promise<void> {
  response.writeHead(200, { 'content-type': contentType, 'content-length': HUGE_BYTES });
  const piece = Buffer.alloc(64 * 1024, 'x');
  for (let sent = 0; sent < HUGE_BYTES; sent += piece.length) if (!(await write(response, piece))) return;
  response.end();
}

async function sendWhole(dialect: Dialect, answer: StubAnswer, asked: Asked, response: ServerResponse) {
  const body = Buffer.from(JSON.stringify(dialect.whole(answer, asked.model)));
  const { fault } = answer;
  const sent = fault === 'invalid-utf8' ? withBrokenBytes(body.toString()) : body;
  response.writeHead(200, {
    'content-type': 'application/json',
    ...answer.headers,
    ...(fault !== 'endless' && { 'content-length': sent.length }),
  });
  if (fault === 'endless') {
    while (await write(response, ' '.repeat(64 * 1024)));
    return;
  }
  if (fault === undefined || fault === 'invalid-utf8') return void response.end(sent);
  await write(response, sent.subarray(0, sent.length / 2));
  if (fault === 'stalled') return;
  response.destroy();
}

async function sendStream(dialect: Dialect, answer: StubAnswer, asked: Asked, response: ServerResponse) {
  const { before, text, after } = dialect.frames(answer, asked.model);
  const { fault } = answer;
  response.writeHead(200, {
    'content-type': dialect.contentType,
    'cache-control': 'no-cache',
    ...answer.headers,
  });
  for (const frame of before) await write(response, frame);
  for (const [at, frame] of text.entries()) {
    if (at > 0 && answer.betweenMs) await pause(answer.betweenMs);
    if (!(await write(response, fault === 'invalid-utf8' ? withBrokenBytes(frame) : frame))) return;
    if (fault === 'stalled') return;
    if (fault === 'cut') return void response.destroy();
    if (fault === 'unfinished') return void response.end();
    if (fault === 'error-inside') return void response.end(dialect.errorFrame);
    if (fault === 'broken-piece') return void response.end(frame.replace(/\{.*\}/, '{"broken":'));
    if (fault === 'endless') {
      while (await write(response, frame));
      return;
    }
  }
  for (const frame of after) await write(response, frame);
  response.end();
}

/** Answers a question as the script has it, streamed where that was asked for. */
export async function sendAnswer(
  dialect: Dialect,
  answer: StubAnswer,
  asked: Asked,
  response: ServerResponse,
): Promise<void> {
  await answer.after;
  if (answer.delayMs) await pause(answer.delayMs);
  if (response.destroyed || answer.fault === 'silent') return;
  if (answer.status !== undefined && answer.status >= 300) {
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    return sendJson(response, answer.status, dialect.error(answer.status, answer.code));
  }
  if (answer.fault === 'garbage') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>It works!</body></html>');
    return;
  }
  if (answer.fault === 'huge') return sendHuge(response, dialect.contentType);
  await (asked.isStreamed ? sendStream : sendWhole)(dialect, answer, asked, response);
}
