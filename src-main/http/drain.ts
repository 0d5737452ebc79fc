import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** The longest that a request which is being answered holds up a listener that goes. */
const LAST_MS = 30_000;

const patient = new WeakSet<IncomingMessage>();

/**
 * Marks a request that waits for something to happen (a long poll, an event stream): its program calls again when it is
 * cut off, and nothing is lost.
 */
export const mayBeCut = (request: IncomingMessage): void => void patient.add(request);

/** Keeps account of the requests of a listener, so that it can go without losing one. */
export function leaving(server: Server): { leave(graceMs: number): void } {
  const underWay = new Map<ServerResponse, IncomingMessage>();
  let isLeaving = false;

  /** Its connection ends with this answer. */
  const beLast = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    underWay.set(response, request);
    if (isLeaving) beLast(response);
    response.once('close', () => {
      underWay.delete(response);
      // One whose head was sent before has not told its client to go.
      if (isLeaving) setImmediate(() => server.closeIdleConnections());
    });
  });

  return {
    leave(graceMs) {
      isLeaving = true;
      for (const response of underWay.keys()) beLast(response);
      setTimeout(() => {
        server.closeIdleConnections();
        for (const [response, request] of underWay) if (patient.has(request)) response.destroy();
      }, graceMs).unref();
      setTimeout(() => server.closeAllConnections(), LAST_MS).unref();
    },
  };
}
