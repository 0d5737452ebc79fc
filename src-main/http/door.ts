import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CONNECTIONS, type ConnectionLimits, limitConnections } from './connections.ts';
import { leaving } from './drain.ts';
import { explainBroken } from './last-words.ts';
import { dropSlowClients, PATIENCE, type Patience } from './slow-clients.ts';

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

/** Whether a request came over TLS, which is how the network comes in. */
export const isOverTls = ({ socket }: IncomingMessage): boolean => 'encrypted' in socket;

/** The last resort, behind the lowest rate at which a body has to come. */
const SLOW_REQUEST_MS = 60 * 60 * 1_000;
const SLOW_HANDSHAKE_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;
const TLS = { minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] } as const;

/** A certificate with its key, in PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

export interface Listener {
  /** The port that was bound; undefined for a socket. */
  port: number | undefined;
  /** The address that was bound; undefined for a socket. */
  host: string | undefined;
  /** Serves connections from now on with another certificate; those that are there stay. */
  setCertificate(certificate: Certificate): void;
  /** Ends it with its connections. */
  close(): Promise<void>;
  /**
   * Takes no more connections, from this moment on. Requests under way are answered, each the last on its connection;
   * those that may wait for long (`mayBeCut`) and idle connections get `graceMs`. Resolves when all are gone.
   */
  drain(graceMs: number): Promise<void>;
}

/** What a listener bears with; the tests choose less. */
export interface DoorLimits {
  connections?: ConnectionLimits;
  patience?: Patience;
}

/**
 * Opens one more listener for the same routes, with TLS when there is a certificate. Rejects with Node's error when the
 * address is taken.
 */
export async function openDoor(
  app: FastifyInstance,
  door: Door,
  where: { host: string; port: number; ipv6Only?: boolean } | { path: string },
  certificate?: Certificate,
  { connections = CONNECTIONS, patience = PATIENCE }: DoorLimits = {},
): Promise<Listener> {
  const serve: RequestListener = (request, response) => app.routing(request, response);
  const { server, setCertificate } = serverFor(certificate, limitsOf(patience), serve);
  server.on('clientError', explainBroken);
  // The socket is for those who may read our files anyway.
  if (door !== 'socket') {
    limitConnections(server, connections, () =>
      app.log.warn({ door, ...connections }, 'too many connections: those that wait longest are let go'),
    );
    dropSlowClients(server, patience);
  }
  doors.set(server, door);
  const requests = leaving(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : undefined,
    host: typeof address === 'object' && address !== null ? address.address : undefined,
    setCertificate,
    // Long polls and event streams would hold it open; their programs call again.
    close: () => end(server, () => server.closeAllConnections()),
    drain: (graceMs) => end(server, () => requests.leave(graceMs)),
  };
}

const end = (server: Server, cut: () => void) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    cut();
  });

const limitsOf = ({ headMs, lookMs }: Patience): ServerOptions => ({
  requestTimeout: SLOW_REQUEST_MS,
  headersTimeout: headMs,
  connectionsCheckingInterval: lookMs,
  keepAliveTimeout: KEEP_ALIVE_MS,
});

function serverFor(
  certificate: Certificate | undefined,
  limits: ServerOptions,
  serve: RequestListener,
): { server: Server; setCertificate: Listener['setCertificate'] } {
  if (!certificate) return { server: createServer(limits, serve), setCertificate: () => undefined };
  const { cert, key } = certificate;
  const options = { ...limits, ...TLS, cert, key, handshakeTimeout: SLOW_HANDSHAKE_MS };
  const server: TlsServer = createTlsServer(options, serve);
  // Nothing can be said to who does not speak TLS.
  server.prependListener('tlsClientError', (_error, socket) => socket.destroy());
  return {
    server,
    setCertificate: ({ cert, key }) => server.setSecureContext({ minVersion: TLS.minVersion, cert, key }),
  };
}
