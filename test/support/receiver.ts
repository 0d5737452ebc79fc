import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  body: { update_id: number; update_type: string; data: Record<string, unknown> };
  /** Answers the request; until then the sender waits. */
  answer(status: number, headers?: Record<string, string>): void;
}

/** A webhook receiver on loopback. Answers 200 by itself unless `onRequest` is set. */
export async function receiver() {
  const received: Received[] = [];
  const watchers = new Set<() => void>();
  let onRequest: (request: Received) => void = (request) => request.answer(200);
  const server = createServer((request, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const entry: Received = {
        headers: request.headers,
        text,
        body: JSON.parse(text),
        answer: (status, headers = {}) => response.writeHead(status, headers).end(),
      };
      received.push(entry);
      onRequest(entry);
      for (const watcher of [...watchers]) watcher();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close,
    set onRequest(handler: (request: Received) => void) {
      onRequest = handler;
    },
    /** Resolves when that many requests have come in all. */
    count(total: number): Promise<void> {
      return new Promise((resolve) => {
        const look = () => {
          if (received.length < total) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });
    },
  };
}
