import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { failure } from './error-handler.ts';

/** Through which listener a request came; it decides who may be behind it. */
export type Door = 'public' | 'socket' | 'private';

const doors = new WeakMap<Server, Door>();
/**
 * The door of a request. One that was injected (tests, the CLI without an engine) has no real connection and counts as
 * the CLI's own; a connection of a listener that is not known here counts as anybody's.
 */
export const doorOf = (request: IncomingMessage): Door => {
  if (!(request.socket instanceof Socket)) return 'socket';
  const server = 'server' in request.socket ? (request.socket.server as Server) : undefined;
  return (server && doors.get(server)) ?? 'public';
};

const SLOW_REQUEST_MS = 30_000;
const SLOW_HEADERS_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;
const MAX_CONNECTIONS = 2_000;

export interface Listener {
  /** The port that was bound; undefined for a socket. */
  port: number | undefined;
  /** Ends it with its connections. */
  close(): Promise<void>;
  /** Takes no more connections; requests under way get that long to be answered. */
  drain(graceMs: number): Promise<void>;
}

/** Opens one more listener for the same routes. Rejects with Node's error when the address is taken. */
export async function openDoor(
  app: FastifyInstance,
  door: Door,
  where: { host: string; port: number } | { path: string },
): Promise<Listener> {
  const server = createServer(
    {
      requestTimeout: SLOW_REQUEST_MS,
      headersTimeout: SLOW_HEADERS_MS,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => app.routing(request, response),
  );
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return;
    const body = JSON.stringify(
      failure(400, 'bad_request', 'This is no HTTP request that can be understood.'),
    );
    const head = `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
    socket.end(`${head}\r\n\r\n${body}`);
  });
  server.maxConnections = MAX_CONNECTIONS;
  doors.set(server, door);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const end = (cut: () => void) =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      cut();
    });
  return {
    port: typeof address === 'object' && address !== null ? address.port : undefined,
    // Long polls and event streams would hold it open; their programs call again.
    close: () => end(() => server.closeAllConnections()),
    drain: (graceMs) => end(() => void setTimeout(() => server.closeAllConnections(), graceMs).unref()),
  };
}
