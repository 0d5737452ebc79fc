import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';

const HEADER_BYTES = 12;
const TYPES: Readonly<Record<number, 'ipv4' | 'ipv6'>> = { 1: 'ipv4', 28: 'ipv6' };

/** The name that is asked for, and where the question ends. */
function questionOf(packet: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: packet.readUInt16BE(at + 1), end: at + 5 };
}

/** One answer that may be kept for no time at all (RFC 1035, 4.1). */
function recordOf(type: number, address: string): Buffer {
  const data = Buffer.from(ipaddr.parse(address).toByteArray());
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

/**
 * A name server on the port that everybody asks, which may say something else each time: `answers` is given a name and
 * how often its addresses of that kind were asked for before.
 */
export async function stubDns(answers: (name: string, before: number) => readonly string[]) {
  const asked = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (packet, { port, address }) => {
    const { name, type, end } = questionOf(packet);
    const kind = TYPES[type];
    const key = `${name} ${kind}`;
    const before = asked.get(key) ?? 0;
    asked.set(key, before + 1);
    const found = kind ? answers(name, before).filter((one) => ipaddr.parse(one).kind() === kind) : [];
    const head = Buffer.from(packet.subarray(0, HEADER_BYTES));
    // An answer, with recursion, without an error.
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(found.length, 6);
    head.writeUInt32BE(0, 8);
    const records = found.map((one) => recordOf(type, one));
    socket.send(Buffer.concat([head, packet.subarray(HEADER_BYTES, end), ...records]), port, address);
  });
  socket.bind(53, '127.0.0.1');
  await once(socket, 'listening');
  return {
    /** How often a name was looked up. */
    lookUps: (name: string) => asked.get(`${name} ipv4`) ?? 0,
    close: () => socket.close(),
  };
}
