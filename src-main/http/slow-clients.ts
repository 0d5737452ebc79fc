import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { writeLastWords } from './last-words.ts';

/** How much patience there is with a client that sends or reads slowly. */
export interface Patience {
  /** The head of a request has to be there by then, also the first one of a connection. */
  headMs: number;
  /** A body may take so long, and as much longer as it takes at the lowest rate. The same for reading an answer. */
  graceMs: number;
  /** The slowest line that is waited for. */
  bytesPerSecond: number;
  /** How often is looked. */
  lookMs: number;
}

/** 20 MiB at the lowest rate are 43 minutes; who sends nothing is gone after 20 seconds. */
export const PATIENCE: Patience = {
  headMs: 10_000,
  graceMs: 20_000,
  bytesPerSecond: 8 * 1024,
  lookMs: 1_000,
};

/** One connection, with what was asked on it last. */
interface Line {
  request: IncomingMessage;
  response: ServerResponse;
  /** Since when its body is on its way. */
  sinceMs: number;
  /** What the connection had brought when this body began. */
  bytesBefore: number;
  /** What was given to the connection when last looked, and since when that has not changed. */
  written: number;
  writtenSinceMs: number;
}

/** Whether something follows the head of a request. */
export const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Lets go who sends a body, or reads an answer, so slowly that it only holds the connection. Requests that wait for
 * something to happen (long polls, event streams) have nothing to send and nothing to read, so they stay.
 */
export function dropSlowClients(server: Server, patience: Patience): void {
  // One entry, and one listener, for as long as the connection lives, however much is asked on it.
  const lines = new Map<Socket, Line>();

  const allowedMs = (bytes: number) => patience.graceMs + (bytes / patience.bytesPerSecond) * 1_000;

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const nowMs = performance.now();
    if (!lines.has(socket)) socket.once('close', () => lines.delete(socket));
    lines.set(socket, {
      request,
      response,
      sinceMs: nowMs,
      bytesBefore: socket.bytesRead,
      written: socket.bytesWritten,
      writtenSinceMs: nowMs,
    });
  });

  /** True: the body that it brings takes too long. A request that was answered before its body had come brings it still. */
  function bringsSlowly({ request, sinceMs, bytesBefore }: Line, nowMs: number): boolean {
    if (request.complete || !hasBody(request)) return false;
    return nowMs - sinceMs > allowedMs(request.socket.bytesRead - bytesBefore);
  }

  /** True: an answer has been waiting too long to be taken. Who answers takes the time it needs. */
  function takesSlowly(socket: Socket, line: Line, nowMs: number): boolean {
    const waiting = socket.writableLength;
    if (waiting === 0 || socket.bytesWritten !== line.written) {
      line.written = socket.bytesWritten;
      line.writtenSinceMs = nowMs;
      return false;
    }
    return nowMs - line.writtenSinceMs > allowedMs(waiting);
  }

  const timer = setInterval(() => {
    const nowMs = performance.now();
    for (const [socket, line] of lines) {
      if (takesSlowly(socket, line, nowMs)) socket.destroy();
      else if (bringsSlowly(line, nowMs)) {
        lines.delete(socket);
        if (line.response.headersSent) socket.destroy();
        else writeLastWords(socket, 'slow');
      }
    }
  }, patience.lookMs).unref();
  server.once('close', () => clearInterval(timer));
}
