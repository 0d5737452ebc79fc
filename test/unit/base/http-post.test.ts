import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { HttpClient } from '../../../src-main/base/http-client.ts';

async function receiver(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new HttpClient(() => ({ allowLoopback: true, allowPrivate: [], ownPorts: [] }));
  onTestFinished(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=b`;
  const options = { headers: { 'x-test': 'yes' }, body: 'höllo', timeoutMs: 10_000, maxAnswerBytes: 10 };
  return { client, post: (other = {}) => client.post(url, { ...options, ...other }) };
}

it('posts a body and reads the answer behind an early hint', async () => {
  const got: unknown[] = [];
  const { post } = await receiver(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    got.push(request.method, request.url, request.headers['x-test'], Buffer.concat(chunks).toString());
    response.writeEarlyHints({ link: '</a>; rel=preload' });
    response.writeHead(429, { 'retry-after': '7' }).end('später');
  });

  const { status, headers, body } = await post();

  expect(got).toEqual(['POST', '/hook?a=b', 'yes', 'höllo']);
  expect([status, headers['retry-after'], body]).toEqual([429, '7', 'später']);
});

it('reads no more of an endless answer than it may, and takes no answer for one', async () => {
  const { post } = await receiver((_, response) => {
    const more = () => response.write('0123456', (error) => error || setImmediate(more));
    more();
  });

  expect((await post()).body).toBe('0123456012');
});

it('ends at its deadline, whether the answer has begun or not', async () => {
  const { post } = await receiver((request, response) => {
    if (request.headers['x-test'] === 'begun') response.write('0');
  });

  await expect(post({ timeoutMs: 50 })).rejects.toThrow('no answer within 0.05 s');
  await expect(post({ timeoutMs: 50, headers: { 'x-test': 'begun' } })).rejects.toThrow('no answer within');
});

it('says why no answer came', async () => {
  const { client, post } = await receiver((_, response) => response.destroy());

  await expect(post()).rejects.toThrow('the connection was cut');
  await expect(
    client.post('http://127.0.0.1:1/', { headers: {}, body: '', timeoutMs: 10_000, maxAnswerBytes: 10 }),
  ).rejects.toThrow('nothing listens there');
});

it('says when what answers is no web server', async () => {
  const { client } = await receiver(() => undefined);
  const other = createSocketServer((socket) => void socket.end('<stream:stream/>'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;

  const asked = client.post(`http://127.0.0.1:${port}/`, {
    headers: {},
    body: '',
    timeoutMs: 10_000,
    maxAnswerBytes: 10,
  });

  await expect(asked).rejects.toThrow('what answers there does not speak HTTP');
});
