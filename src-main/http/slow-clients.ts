import type { IncomingMessage, Server, ServerResponse } from 'node:http';
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

interface Receiving {
  request: IncomingMessage;
  response: ServerResponse;
  sinceMs: number;
  /** What the connection had brought when this body began. */
  bytesBefore: number;
}

interface Sending {
  response: ServerResponse;
  /** What was given to the connection when last looked, and since when that has not changed. */
  written: number;
  sinceMs: number;
}

/** Whether something follows the head of a request. */
export const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Lets go who sends a body, or reads an answer, so slowly that it only holds the connection. Requests that wait for
 * something to happen (long polls, event streams) have nothing to send and nothing to read, so they stay.
 */
export function dropSlowClients(server: Server, patience: Patience): void {
  const receiving = new Set<Receiving>();
  const sending = new Map<ServerResponse, Sending>();

  const allowedMs = (bytes: number) => patience.graceMs + (bytes / patience.bytesPerSecond) * 1_000;

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const sinceMs = performance.now();
    sending.set(response, { response, written: request.socket.bytesWritten, sinceMs });
    response.once('close', () => sending.delete(response));
    if (!hasBody(request)) return;
    const entry = { request, response, sinceMs, bytesBefore: request.socket.bytesRead };
    receiving.add(entry);
    request.once('close', () => {
      // A request that was answered before its body had come is closed, and its body comes on.
      if (request.complete) receiving.delete(entry);
    });
    request.socket.once('close', () => receiving.delete(entry));
  });

  function lookAtBodies(nowMs: number): void {
    for (const entry of receiving) {
      const { request, response, sinceMs, bytesBefore } = entry;
      if (request.complete) receiving.delete(entry);
      else if (nowMs - sinceMs > allowedMs(request.socket.bytesRead - bytesBefore)) {
        receiving.delete(entry);
        if (response.headersSent) request.socket.destroy();
        else writeLastWords(request.socket, 'slow');
      }
    }
  }

  function lookAtAnswers(nowMs: number): void {
    for (const entry of sending.values()) {
      const { socket } = entry.response;
      // Nothing is on its way: whoever answers takes the time it needs.
      const waiting = socket?.writableLength ?? 0;
      if (!socket || waiting === 0 || socket.bytesWritten !== entry.written) {
        entry.written = socket?.bytesWritten ?? 0;
        entry.sinceMs = nowMs;
      } else if (nowMs - entry.sinceMs > allowedMs(waiting)) socket.destroy();
    }
  }

  const timer = setInterval(() => {
    const nowMs = performance.now();
    lookAtBodies(nowMs);
    lookAtAnswers(nowMs);
  }, patience.lookMs).unref();
  server.once('close', () => clearInterval(timer));
}
