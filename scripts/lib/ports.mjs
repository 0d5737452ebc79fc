import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

// Below the range from which Linux takes the ports of outgoing connections (32768 and up).
const LOWEST = 15_000;
const HIGHEST = 31_999;

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : '';
      // A machine without IPv6 has nobody on ::1 either.
      resolve(code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Whether nobody listens on this port of the loopback addresses.
 * @param {number} port
 */
export async function isPortFree(port) {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

/**
 * Ports of this machine that nobody listens on, all different.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  /** @type {Set<number>} */
  const found = new Set();
  while (found.size < count) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (!found.has(port) && (await isPortFree(port))) found.add(port);
  }
  return [...found];
}

/** @returns {Promise<number>} */
export async function freePort() {
  const [port = 0] = await freePorts(1);
  return port;
}

const LISTENING = '0A';

/**
 * The sockets that listen on a port, by their inode; the columns are those of proc(5), /proc/net/tcp.
 * @param {number} port
 */
function listeningInodes(port) {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    const rows = quietly(() => readFileSync(table, 'latin1')) ?? '';
    return rows.split('\n').flatMap((row) => {
      const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
      return state === LISTENING && local.endsWith(`:${wanted}`) ? [inode] : [];
    });
  });
}

/**
 * The process that listens on a port; undefined when nobody does, or when it cannot be seen (another user's, or not Linux).
 * @param {number} port
 * @returns {{ pid: number, command: string } | undefined}
 */
export function portHolder(port) {
  const sockets = new Set(listeningInodes(port).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  for (const pid of (quietly(() => readdirSync('/proc')) ?? []).filter((name) => /^\d+$/.test(name))) {
    const files = quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
    const holds = files.some((fd) => sockets.has(quietly(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? ''));
    if (holds) return { pid: Number(pid), command: commandLine(Number(pid)) };
  }
  return undefined;
}

/**
 * "process 4711 (node server.js)", or "another program" when it cannot be seen.
 * @param {number} port
 */
export function describeHolder(port) {
  const holder = portHolder(port);
  return holder ? `process ${holder.pid} (${holder.command})` : 'another program (of another user, it seems)';
}

/**
 * What a process was started with, shortened; empty when it is gone.
 * @param {number} pid
 */
export function commandLine(pid) {
  const words = (quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').split('\0');
  const text = words.join(' ').trim();
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/**
 * @template T
 * @param {() => T} read
 */
function quietly(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}
