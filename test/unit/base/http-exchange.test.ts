import type { lookup } from 'node:dns';
import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Exchange, HttpClient } from '../../../src-main/base/http-client.ts';
import { until } from '../../support/until.ts';
import { webServer } from '../../support/web-server.ts';

const get = { method: 'GET', headers: {}, idleMs: 5_000, timeoutMs: 20_000 } as const;

const serve = async (listener: RequestListener) => new URL(await webServer(listener)).port;

function client(resolve?: (hostname: string) => string, allowLoopback = true) {
  const lookUp = ((hostname: string, _options: unknown, callback: (...found: unknown[]) => void) =>
    callback(null, [{ address: resolve?.(hostname) ?? '127.0.0.1', family: 4 }])) as unknown as typeof lookup;
  const made = new HttpClient(() => ({ allowLoopback, allowPrivate: [], ownPorts: [] }), lookUp);
  onTestFinished(() => made.close());
  return made;
}
const bytesOf = ({ body }: Exchange) => buffer(Readable.from(body));

describe('bodies that flow', () => {
  it('come and go as they are', async () => {
    const port = await serve((request, response) => {
      response.writeHead(201, { 'x-method': request.method });
      request.pipe(response);
    });
    const bytes = Buffer.alloc(500_000, 'flow');
    const options = {
      ...get,
      method: 'PUT',
      headers: { 'content-length': '500000' },
      body: Readable.from([bytes]),
    } as const;

    const [status, headers, echoed] = await client().exchange(
      `http://localhost:${port}/`,
      options,
      async (answer) => [answer.status, answer.headers, await bytesOf(answer)] as const,
    );

    expect([status, headers['x-method'], echoed.equals(bytes)]).toEqual([201, 'PUT', true]);
  });

  it('are not fetched further than they are read', async () => {
    let written = 0;
    const gone = Promise.withResolvers<void>();
    const port = await serve((_request, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(64 * 1024))) written += 64 * 1024;
        response.once('drain', pour);
      };
      response.once('close', () => gone.resolve());
      pour();
    });

    await client().exchange(`http://localhost:${port}/`, get, async () => undefined);

    await gone.promise;
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('that stop coming are given up', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/head') return;
      response.writeHead(200).write('the beginning');
    });
    const impatient = { ...get, idleMs: 50 };

    await expect(client().exchange(`http://localhost:${port}/head`, impatient, bytesOf)).rejects.toThrow(
      'no answer came in time',
    );
    await expect(client().exchange(`http://localhost:${port}/body`, impatient, bytesOf)).rejects.toThrow(
      'nothing came for too long',
    );
    const dribbling = await serve((_request, response) => {
      const timer = setInterval(() => response.write('.'), 5);
      response.once('close', () => clearInterval(timer));
    });
    await expect(
      client().exchange(`http://localhost:${dribbling}/`, { ...get, timeoutMs: 100 }, bytesOf),
    ).rejects.toThrow('takes longer than');
  });

  it('are fetched from no address that a name turns out to be, whatever it was before', async () => {
    let hits = 0;
    const port = await serve((_request, response) => {
      hits += 1;
      response.end();
    });
    const answers = ['93.184.216.34', '127.0.0.1'];
    let asked = 0;
    const resolve = () => answers[Math.min(asked++, 1)] ?? '';
    resolve();

    await expect(
      client(resolve, false).exchange(`https://rebound.example:${port}/`, get, bytesOf),
    ).rejects.toMatchObject({
      name: 'AddressRefused',
    });
    expect([hits, asked]).toEqual([0, 2]);
  });

  it('begin as late as they may, and say whether that was too late', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/late') setTimeout(() => response.end('late'), 200);
    });
    const patient = { ...get, idleMs: 50, answerMs: 20_000 };

    const late = await client().exchange(`http://localhost:${port}/late`, patient, bytesOf);

    expect(late.toString()).toBe('late');
    const never = { ...get, answerMs: 50 };
    await expect(client().exchange(`http://localhost:${port}/never`, never, bytesOf)).rejects.toMatchObject({
      name: 'NoAnswer',
      isLate: true,
    });
    await expect(client().exchange('http://localhost:1/', get, bytesOf)).rejects.toMatchObject({
      isLate: false,
    });
  });

  it('end when whoever asked wants no more', async () => {
    const left: string[] = [];
    const port = await serve((request, response) => {
      response.once('close', () => left.push(request.url ?? ''));
      if (request.url === '/body') response.writeHead(200).write('the beginning');
    });
    for (const path of ['/head', '/body']) {
      const stop = new AbortController();
      const going = client().exchange(
        `http://localhost:${port}${path}`,
        { ...get, signal: stop.signal },
        bytesOf,
      );
      setTimeout(() => stop.abort(new Error('enough')), 20);

      await expect(going).rejects.toThrow('enough');
    }

    await until('both to be left', () => left.length === 2);
    const never = { ...get, signal: AbortSignal.abort(new Error('enough')) };
    await expect(client().exchange(`http://localhost:${port}/head`, never, bytesOf)).rejects.toThrow(
      'enough',
    );
  });

  it('go to a server at home where one is meant, over a connection of their own', async () => {
    const port = await serve((request, response) => request.pipe(response));
    const made = client(undefined, false);
    const post = { ...get, method: 'POST', body: 'a question' } as const;
    const at = `http://models.home:${port}/`;

    const answer = await made.exchange(at, { ...post, atHome: true }, bytesOf);

    expect(answer.toString()).toBe('a question');
    await expect(made.exchange(at, post, bytesOf)).rejects.toMatchObject({ name: 'AddressRefused' });
  });
});
