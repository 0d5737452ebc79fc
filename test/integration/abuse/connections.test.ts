import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DoorLimits, openDoor } from '../../../src-main/http/door.ts';
import { ask } from '../../support/ask.ts';
import { bodyDribbler } from '../../support/dribblers.ts';
import { engineWithBot } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

/** An address of this machine that is not loopback: what comes from there counts as another machine's. */
const LAN = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

async function open(host: string, connections: NonNullable<DoorLimits['connections']>) {
  const engine = await engineWithBot();
  const door = await openDoor(engine.app, 'public', { host, port: 0 }, undefined, { connections });
  onTestFinished(door.close);
  return { ...engine, port: door.port ?? 0 };
}

/** A connection that says nothing. */
async function silent(host: string, port: number): Promise<Socket> {
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}
const isOpen = ({ destroyed, readableEnded }: Socket) => !destroyed && !readableEnded;
const read = (socket: Socket) => socket.resume();

describe('a listener with all the connections it takes', () => {
  it('lets the one go that has waited longest, and answers the new one', async () => {
    const engine = await open('127.0.0.1', { inAll: 3, perAddress: 1 });
    const idle: Socket[] = [];
    for (let count = 0; count < 3; count += 1) idle.push(read(await silent('127.0.0.1', engine.port)));

    const answer = await ask(engine, '/health', { host: `localhost:${engine.port}` });

    expect(answer.status).toBe(200);
    await until('the oldest to be gone', () => idle[0] !== undefined && !isOpen(idle[0]));
    expect(idle.slice(1).every(isOpen)).toBe(true);
  });

  it('never lets go who is being answered: then the new one has to wait', async () => {
    const engine = await open('127.0.0.1', { inAll: 1, perAddress: 1 });
    const headers = { authorization: `Bearer ${engine.token}` };
    const stream = httpRequest({ host: '127.0.0.1', port: engine.port, path: '/bot/events', headers });
    onTestFinished(() => void stream.destroy());
    const [response] = (await once(stream.end(), 'response')) as [IncomingMessage];

    const other = read(await silent('127.0.0.1', engine.port));

    await until('the new one to be gone', () => !isOpen(other));
    expect([response.statusCode, isOpen(response.socket)]).toEqual([200, true]);
  });

  it('lets go of who brings a body last', async () => {
    const engine = await open('127.0.0.1', { inAll: 2, perAddress: 1 });
    const upload = bodyDribbler(engine.port, engine.token, 50);
    onTestFinished(upload.end);
    const idle = read(await silent('127.0.0.1', engine.port));
    const isHeard = async () => {
      const rows = await engine.call('GET', `/api/v1/bots/${engine.id}`);
      return (rows.body.result as { last_active: number | null }).last_active !== null;
    };
    await until('its head to be read', isHeard);

    expect((await ask(engine, '/health', { host: `localhost:${engine.port}` })).status).toBe(200);

    await until('the idle one to be gone', () => !isOpen(idle));
    expect(upload.isGone()).toBe(false);
  });

  it.skipIf(LAN === undefined)('counts another machine by itself, and this one only in all', async () => {
    const engine = await open('0.0.0.0', { inAll: 100, perAddress: 2 });
    const others: Socket[] = [];
    for (let count = 0; count < 4; count += 1) others.push(read(await silent(LAN ?? '', engine.port)));
    const own: Socket[] = [];
    for (let count = 0; count < 4; count += 1) own.push(read(await silent('127.0.0.1', engine.port)));

    await until('two of them to be gone', () => others.filter(isOpen).length === 2);
    expect(others.map(isOpen)).toEqual([false, false, true, true]);
    expect(own.every(isOpen)).toBe(true);
  });
});
