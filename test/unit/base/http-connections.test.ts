import type { lookup } from 'node:dns';
import type { RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, createServer } from 'node:net';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpClient } from '../../../src-main/base/http-client.ts';
import { until } from '../../support/until.ts';
import { webServer } from '../../support/web-server.ts';
import { makeCertificates } from '../../support/xmpp-certificates.ts';

const get = { method: 'GET', headers: {}, idleMs: 60_000, timeoutMs: 60_000 } as const;
const policy = () => ({ allowLoopback: true, allowPrivate: [], ownPorts: [] });
/** More than anybody may have to one origin by default. */
const MANY = 80;

/** Answers `/quick` at once, and all else never. */
async function hangingServer(): Promise<{ url: string; open: () => number }> {
  let open = 0;
  const listener: RequestListener = (request, response) => {
    if (request.url === '/quick') return void response.end('quick');
    open += 1;
    response.on('close', () => {
      open -= 1;
    });
  };
  return { url: await webServer(listener), open: () => open };
}

const limits = (connections: number | null) => ({ connections, idleMs: 1_000, mostIdleMs: 1_000 });

const statusOf = (client: HttpClient, address: string) =>
  client.exchange(address, get, async ({ status }) => status);

describe('connections to one origin', () => {
  it('are so many at once as something else bounds them to, where that is wanted', async () => {
    const server = await hangingServer();
    const client = new HttpClient(policy, undefined, undefined, limits(null));
    onTestFinished(() => client.close());
    for (let at = 0; at < MANY; at += 1)
      void statusOf(client, new URL('/slow', server.url).href).catch(() => undefined);
    await until('all to be under way', () => server.open() === MANY);
    expect(await statusOf(client, new URL('/quick', server.url).href)).toBe(200);
  });

  it('are bounded otherwise', async () => {
    const server = await hangingServer();
    const client = new HttpClient(policy, undefined, undefined, limits(2));
    onTestFinished(() => client.close());
    const ending = new AbortController();
    const slow = [1, 2].map(() =>
      client
        .exchange(
          new URL('/slow', server.url).href,
          { ...get, signal: ending.signal },
          async () => 'answered',
        )
        .catch(() => 'ended'),
    );
    await until('both to be under way', () => server.open() === 2);
    let status = 0;
    const quick = statusOf(client, new URL('/quick', server.url).href).then((its) => {
      status = its;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(status).toBe(0);
    ending.abort();
    await Promise.all([quick, ...slow]);
    expect(status).toBe(200);
  });

  it('do not wait for the handshake of another one, also where the server speaks HTTP/2', async () => {
    const { ca, cert, key } = makeCertificates('ai.test');
    const server = createSecureServer({ cert, key, allowHTTP1: true }, (_request, response) => {
      response.end('quick');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port: tlsPort } = server.address() as AddressInfo;
    let count = 0;
    // The first connection never gets as far as TLS.
    const door = createServer((socket) => {
      socket.on('error', () => undefined);
      count += 1;
      if (count === 1) return;
      const inner = connect(tlsPort, '127.0.0.1');
      inner.on('error', () => socket.destroy());
      socket.pipe(inner).pipe(socket);
      socket.on('close', () => inner.destroy());
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const toLoopback = ((_name: string, _options: unknown, callback: (...found: unknown[]) => void) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof lookup;
    const trust = { secureContext: createSecureContext({ ca }), checkServerIdentity };
    const client = new HttpClient(policy, toLoopback, trust, limits(null));
    onTestFinished(async () => {
      await client.close();
      door.close();
      server.close();
    });
    const address = `https://ai.test:${(door.address() as AddressInfo).port}/`;

    let isHanging = true;
    const hanging = statusOf(client, address)
      .catch(() => 0)
      .finally(() => {
        isHanging = false;
      });
    await until('the first connection', () => count === 1);
    expect([await statusOf(client, address), isHanging]).toEqual([200, true]);
    await client.close();
    await hanging;
  });
});
