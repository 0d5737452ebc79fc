import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { addressKey } from './address-key.ts';
import { hasBody } from './slow-clients.ts';

/** How many connections a listener has at most. */
export interface ConnectionLimits {
  inAll: number;
  /** Of one address; of IPv6, of one network. This machine itself, with all its programs, is held to `inAll` alone. */
  perAddress: number;
}

export const CONNECTIONS: ConnectionLimits = { inAll: 2_000, perAddress: 256 };

const TOLD_EVERY_MS = 60_000;

interface Connection {
  socket: Socket;
  from: string;
  /** Requests that came whole and are being answered: a long poll, an event stream, work. */
  answering: number;
  /** Requests whose body is on its way: let go only where nobody else waits. */
  receiving: number;
}

const names = new WeakMap<Socket, string>();
/** Asked with every request: the ends of a connection stay what they are. */
function nameOf(socket: Socket): string {
  const known = names.get(socket);
  if (known !== undefined) return known;
  const name = `${socket.remoteAddress} ${socket.remotePort}`;
  names.set(socket, name);
  return name;
}
const isThisMachine = (address: string) =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

/**
 * Keeps a listener open for everybody: over the limit, the connection goes that has waited longest without a whole
 * request on it, of the same address first, and one that brings a body last; where all are being answered, the new one goes. So who opens connections and
 * says nothing only pushes out others of its own. `onFull` hears of it, once a minute at most.
 */
export function limitConnections(server: Server, limits: ConnectionLimits, onFull: () => void): void {
  // In the order in which they last began to wait.
  const all = new Map<string, Connection>();
  const counts = new Map<string, number>();

  function forget(name: string, connection: Connection): void {
    if (all.get(name) !== connection) return;
    all.delete(name);
    const left = (counts.get(connection.from) ?? 1) - 1;
    if (left > 0) counts.set(connection.from, left);
    else counts.delete(connection.from);
  }

  let toldAtMs = Number.NEGATIVE_INFINITY;
  function tellFull(): void {
    if (performance.now() - toldAtMs < TOLD_EVERY_MS) return;
    toldAtMs = performance.now();
    onFull();
  }

  /** Whether room was made. */
  function pushOut(isCandidate: (connection: Connection) => boolean): boolean {
    let found: [string, Connection] | undefined;
    for (const entry of all) {
      const [, connection] = entry;
      if (connection.answering > 0 || !isCandidate(connection)) continue;
      found ??= entry;
      if (connection.receiving > 0) continue;
      found = entry;
      break;
    }
    tellFull();
    if (!found) return false;
    forget(...found);
    found[1].socket.destroy();
    return true;
  }

  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const from = addressKey(address);
    const ofAddress = counts.get(from) ?? 0;
    const isCrowd = ofAddress >= limits.perAddress && !isThisMachine(address);
    const hasRoom =
      (!isCrowd || pushOut((other) => other.from === from)) &&
      (all.size < limits.inAll || pushOut((other) => other.from === from) || pushOut(() => true));
    if (!hasRoom) return void socket.destroy();
    const name = nameOf(socket);
    const connection = { socket, from, answering: 0, receiving: 0 };
    all.set(name, connection);
    counts.set(from, (counts.get(from) ?? 0) + 1);
    socket.once('close', () => forget(name, connection));
  });

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    // Over TLS this is another socket with the same two ends.
    const name = nameOf(request.socket);
    const connection = all.get(name);
    if (!connection) return;
    let counted: 'answering' | 'receiving' = hasBody(request) ? 'receiving' : 'answering';
    connection[counted] += 1;
    request.once('end', () => {
      if (counted === 'answering' || response.closed) return;
      connection.receiving -= 1;
      counted = 'answering';
      connection.answering += 1;
    });
    response.once('close', () => {
      connection[counted] -= 1;
      if (all.get(name) !== connection) return;
      all.delete(name);
      all.set(name, connection);
    });
  });
}
