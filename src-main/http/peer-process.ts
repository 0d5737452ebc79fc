import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';
import ipaddr from 'ipaddr.js';

/** An address as /proc/net/tcp writes it: groups of four bytes in the machine's order, then the port. */
function procAddress(address: string, port: number): string {
  const bytes = ipaddr.parse(address).toByteArray();
  let hex = '';
  for (let group = 0; group < bytes.length; group += 4) {
    const word = bytes.slice(group, group + 4);
    if (endianness() === 'LE') word.reverse();
    hex += word.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  return `${hex}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

const ESTABLISHED = '01';

/**
 * The user id in the row of a connection's far end; the columns are those of proc(5), /proc/net/tcp. A socket that its
 * process has closed already belongs to nobody and is shown as root's: that is not taken for an answer.
 */
function uidIn(table: string, local: string, remote: string): number | undefined {
  for (const line of table.split('\n')) {
    const [, from, to, state, , , , uid, , inode] = line.trim().split(/\s+/);
    if (from !== local || to !== remote) continue;
    return state === ESTABLISHED && inode !== '0' ? Number(uid) : undefined;
  }
  return undefined;
}

/** The user whose process holds the other end of a loopback connection; undefined when that cannot be told. */
export async function peerUid(socket: Socket): Promise<number | undefined> {
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  if (!remoteAddress || !remotePort || !localAddress || !localPort) return undefined;
  const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');
  const forms = [
    { file: '/proc/net/tcp', from: plain(remoteAddress), to: plain(localAddress) },
    { file: '/proc/net/tcp6', from: remoteAddress, to: localAddress },
    { file: '/proc/net/tcp6', from: `::ffff:${plain(remoteAddress)}`, to: `::ffff:${plain(localAddress)}` },
  ];
  for (const { file, from, to } of forms) {
    if (!ipaddr.isValid(from) || !ipaddr.isValid(to)) continue;
    const table = await readFile(file, 'latin1').catch(() => '');
    const uid = uidIn(table, procAddress(from, remotePort), procAddress(to, localPort));
    if (uid !== undefined) return uid;
  }
  return undefined;
}
