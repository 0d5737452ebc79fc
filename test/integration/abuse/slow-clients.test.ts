import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../../src-main/http/door.ts';
import { dropSlowClients, PATIENCE } from '../../../src-main/http/slow-clients.ts';
import { ask } from '../../support/ask.ts';
import { bodyDribbler, dribbler, headDribbler } from '../../support/dribblers.ts';
import { aBot, engineWithBot } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

/** The same rules as ever, with less time: no test waits for what a person would. */
const IMPATIENT = { ...PATIENCE, headMs: 400, graceMs: 400, lookMs: 50 };

async function open() {
  const engine = await engineWithBot();
  for (const key of ['rate_limit_ip', 'rate_limit_bot'])
    await engine.call('PUT', `/api/v1/settings/${key}`, { body: { value: 100_000 } });
  const where = { host: '127.0.0.1', port: 0 };
  const door = await openDoor(engine.app, 'public', where, undefined, { patience: IMPATIENT });
  onTestFinished(door.close);
  const port = door.port ?? 0;
  const authorization = `Bearer ${engine.token}`;
  const healthy = (path = '/bot/getMe') => ask({ port }, path, { authorization });
  return { ...engine, port, healthy, authorization };
}

describe('clients that only hold a connection', () => {
  it('are let go, 200 with heads and 100 with bodies, while everybody else is answered', async () => {
    const { port, token, healthy } = await open();
    const slow = [
      ...Array.from({ length: 200 }, () => headDribbler(port, 100)),
      ...Array.from({ length: 100 }, () => bodyDribbler(port, token, 100)),
    ];
    onTestFinished(() => {
      for (const { end } of slow) end();
    });
    let isOver = false;
    let answered = 0;
    const asking = (async () => {
      while (!isOver) {
        const { status, body } = await healthy();
        expect([status, body.ok]).toEqual([200, true]);
        answered += 1;
      }
    })();

    await until('all of them to be gone', () => slow.every(({ isGone }) => isGone()));
    isOver = true;
    await asking;

    expect(answered).toBeGreaterThan(0);
    for (const { said } of slow.slice(-100)) {
      expect(said()).toMatch(/^HTTP\/1\.1 408 /);
      expect(said()).toContain('"error":"request_timeout"');
    }
    for (const { said } of slow.slice(0, 200)) expect(said()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('are let go also when they say nothing at all, or go on after they were refused', async () => {
    const { port } = await open();
    const silent = dribbler({ port, begin: '', drop: '', everyMs: 100 });
    const refused = bodyDribbler(port, 'bm_unknown', 100);
    onTestFinished(silent.end);
    onTestFinished(refused.end);

    await until('both to be gone', () => silent.isGone() && refused.isGone());

    expect(refused.said()).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('are let go when they do not read what they asked for', async () => {
    const server = createServer((_request, response) => response.end(Buffer.alloc(64 * 1024 * 1024)));
    dropSlowClients(server, { ...IMPATIENT, bytesPerSecond: 1024 ** 3 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const reader = connect(port, '127.0.0.1', () => reader.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    reader.pause();
    onTestFinished(() => void reader.destroy());

    const connections = () =>
      new Promise<number>((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
      });

    await until('its request to be there', async () => (await connections()) === 1);
    await until('its connection to be cut', async () => (await connections()) === 0);
  });
});

describe('clients that take long for a reason', () => {
  it('are watched once for each connection, however many bodies come on it', async () => {
    const watching: number[] = [];
    const server = createServer((request, response) => {
      watching.push(request.socket.listenerCount('close'));
      request.resume().once('end', () => response.end());
    });
    dropSlowClients(server, IMPATIENT);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (let count = 0; count < 20; count += 1) {
      const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', agent }).end('a body');
      const [response] = await once(request, 'response');
      await once(response.resume(), 'end');
    }

    expect(watching.length).toBe(20);
    expect(new Set(watching).size).toBe(1);
  });

  it('keep a long poll and an event stream', async () => {
    const engine = await open();
    const { port, authorization } = engine;
    const stream = httpRequest({ port, host: '127.0.0.1', path: '/bot/events', headers: { authorization } });
    stream.end();
    const [response] = await once(stream, 'response');
    let isCut = false;
    response.once('close', () => {
      isCut = true;
    });
    onTestFinished(() => void stream.destroy());

    const other = await aBot(engine, 'Other');

    // Longer than anything here is borne with.
    const poll = await ask({ port }, '/bot/getUpdates?timeout=2', {
      authorization: `Bearer ${other.token}`,
    });

    expect(poll).toMatchObject({ status: 200, body: { ok: true, result: [] } });
    expect(isCut).toBe(false);
  });

  it('keep sending 20 MiB at an honest speed', async () => {
    let received = 0;
    const server = createServer(async (request, response) => {
      for await (const chunk of request) received += (chunk as Buffer).length;
      response.end('done');
    });
    // Slower than the grace allows, and never below the rate.
    dropSlowClients(server, { ...IMPATIENT, graceMs: 50, lookMs: 10, bytesPerSecond: 1024 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const piece = Buffer.alloc(1024 * 1024);
    const upload = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/' });
    for (let count = 0; count < 20; count += 1) {
      upload.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    upload.end();

    const [response] = await once(upload, 'response');

    expect(response.statusCode).toBe(200);
    expect(received).toBe(20 * piece.length);
  });
});
