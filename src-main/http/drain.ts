import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long a connection without a request holds up a listener that goes. */
const WITHOUT_REQUEST_MS = 30_000;
/** The last resort, behind the deadlines of all that a request may do. */
const LAST_MS = 60 * 60 * 1_000;

const patient = new WeakSet<IncomingMessage>();

/**
 * Marks a request that waits for something to happen (a long poll, an event stream): its program calls again when it is
 * cut off, and nothing is lost.
 */
export const mayBeCut = (request: IncomingMessage): void => void patient.add(request);

/**
 * Keeps account of the requests of a listener, so that it can go without losing one. Each that is being worked at keeps
 * the time it has: clients that are too slow are let go as ever (`dropSlowClients`), and what is done for them has
 * deadlines of its own.
 */
export function leaving(server: Server): { leave(graceMs: number): void } {
  const underWay = new Map<ServerResponse, IncomingMessage>();
  const connections = new Set<Socket>();
  let isLeaving = false;

  /** Its connection ends with this answer. */
  const beLast = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };

  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    underWay.set(response, request);
    if (isLeaving) beLast(response);
    response.once('close', () => {
      underWay.delete(response);
      // One whose head was sent before has not told its client to go.
      if (isLeaving) setImmediate(() => server.closeIdleConnections());
    });
  });

  function cutPatient(): void {
    server.closeIdleConnections();
    for (const [response, request] of underWay) if (patient.has(request)) response.destroy();
  }

  /** Node no longer looks for those that never send a whole head once a server closes. */
  function cutWithoutRequest(): void {
    const busy = new Set([...underWay.values()].map(({ socket }) => addressOf(socket)));
    for (const socket of connections) if (!busy.has(addressOf(socket))) socket.destroy();
  }

  return {
    leave(graceMs) {
      isLeaving = true;
      for (const response of underWay.keys()) beLast(response);
      const timers = [
        setTimeout(cutPatient, graceMs).unref(),
        setTimeout(cutWithoutRequest, WITHOUT_REQUEST_MS).unref(),
        setTimeout(() => server.closeAllConnections(), LAST_MS).unref(),
      ];
      server.once('close', () => timers.forEach(clearTimeout));
    },
  };
}

/** Under TLS a request has another socket than the connection that carries it; the other end is the same. */
const addressOf = ({ remoteAddress, remotePort, remoteFamily }: Socket) =>
  `${remoteFamily} ${remoteAddress} ${remotePort}`;
