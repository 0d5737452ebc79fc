import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { HungUp, SLOW_MS, writeWhenRead } from '../../../src-main/http/sse.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { until } from '../../support/until.ts';

/** A response to a client that has asked and reads nothing. */
async function unread(): Promise<{ response: ServerResponse; client: Socket }> {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => asked.resolve(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  client.pause();
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return { response: await asked.promise, client };
}

const PIECE = 'x'.repeat(100_000);

it('holds one piece for a client that does not read, and cuts it off after a while', async () => {
  const clock = new ManualClock();
  const { response } = await unread();
  let written = 0;
  const writing = (async () => {
    for (;;) {
      await writeWhenRead(response, PIECE, clock);
      written += 1;
    }
  })().catch((error: unknown) => error);
  let before = -1;
  await until('the buffers of the network are full', () => {
    const isStuck = clock.waits.length === 1 && before === written && written > 0;
    before = written;
    return isStuck;
  });

  const heldBytes = response.writableLength;
  clock.advance(SLOW_MS);

  expect(await writing).toBeInstanceOf(HungUp);
  expect(response.destroyed).toBe(true);
  expect(heldBytes).toBeLessThan(PIECE.length * 2);
});

it('goes on when the client reads again', async () => {
  const clock = new ManualClock();
  const { response, client } = await unread();
  let blocked: Promise<void> | undefined;
  while (clock.waits.length === 0) {
    blocked = writeWhenRead(response, PIECE, clock);
    await Promise.race([blocked, new Promise((resolve) => setImmediate(resolve))]);
  }

  client.resume();
  await blocked;

  expect(clock.waits).toEqual([]);
});
