import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, request as httpsRequest } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { leaving, mayBeCut } from '../../../src-main/http/drain.ts';
import { until } from '../../support/until.ts';
import { makeCertificates } from '../../support/xmpp-certificates.ts';

const MINUTE_MS = 60_000;

afterEach(() => void vi.useRealTimers());

/** A server that answers when the body is there, and whose time to leave passes when the test says so. */
async function rig(scheme: 'http' | 'https') {
  const paths: string[] = [];
  const answer: RequestListener = (request, response) => {
    paths.push(request.url ?? '');
    if (request.url === '/poll') mayBeCut(request);
    else request.resume().on('end', () => response.end('done'));
  };
  const { cert, key } = makeCertificates('localhost');
  const server: Server =
    scheme === 'http' ? createServer(answer) : (createTlsServer({ cert, key }, answer) as unknown as Server);
  const door = leaving(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const ask = scheme === 'http' ? httpRequest : httpsRequest;
  return {
    port,
    /** Sends the head and the first part of a body; `end` sends the rest. */
    async begin(path: string) {
      const options = { port, path, method: 'POST', rejectUnauthorized: false, host: '127.0.0.1' };
      const outcome = { is: 'waiting' };
      const sent = ask(options, (response) => {
        outcome.is = `${response.statusCode} ${response.headers.connection}`;
        response.resume();
      });
      sent.on('error', () => {
        outcome.is = 'cut';
      });
      sent.setHeader('transfer-encoding', 'chunked');
      sent.write('the first part');
      await until('the request to be there', () => paths.includes(path));
      return { outcome, more: () => sent.write('more'), end: () => sent.end('the rest') };
    },
    leave() {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const gone = { is: false };
      server.close(() => {
        gone.is = true;
      });
      door.leave(1_000);
      const pass = (ms: number) => {
        vi.advanceTimersByTime(ms);
        return new Promise((resolve) => setImmediate(resolve));
      };
      return { gone, pass };
    },
  };
}

/** Looks at each turn of the loop, because timers stand still. */
async function turnsUntil(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setImmediate(resolve));
}

describe.each(['http', 'https'] as const)('a listener that goes (%s)', (scheme) => {
  it('lets a request that still comes end, however long that takes', async () => {
    const { begin, leave } = await rig(scheme);
    const upload = await begin('/upload');
    const { gone, pass } = leave();

    for (let minute = 0; minute < 40; minute += 1) {
      upload.more();
      await pass(MINUTE_MS);
    }
    expect([upload.outcome.is, gone.is]).toEqual(['waiting', false]);
    upload.end();

    await turnsUntil(() => upload.outcome.is !== 'waiting');
    expect(upload.outcome.is).toBe('200 close');
    await turnsUntil(() => gone.is);
  });

  it('lets go what waits, and who never asks', async () => {
    const { port, begin, leave } = await rig(scheme);
    const poll = await begin('/poll');
    const half = connect(port, '127.0.0.1');
    let isHalfGone = false;
    half
      .on('error', () => undefined)
      .on('close', () => {
        isHalfGone = true;
      });
    await once(half, 'connect');
    half.write('POST / HTTP/1.1\r\nHost: x');
    const { gone, pass } = leave();

    await pass(1_000);
    await turnsUntil(() => poll.outcome.is === 'cut');
    await pass(MINUTE_MS);
    await turnsUntil(() => isHalfGone && gone.is);
  });

  it('is gone after an hour, whoever still sends', async () => {
    const { begin, leave } = await rig(scheme);
    const upload = await begin('/upload');
    const { gone, pass } = leave();

    await pass(60 * MINUTE_MS);

    await turnsUntil(() => upload.outcome.is === 'cut' && gone.is);
  });
});
