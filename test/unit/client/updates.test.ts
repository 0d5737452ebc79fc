import { describe, expect, it } from 'vitest';
import { readEvents } from '../../../src-shared/client/events.ts';
import { pollUpdates, streamUpdates } from '../../../src-shared/client/updates.ts';
import { asJson, clientOf, take } from './support.ts';

const update = (id: number) => ({ update_id: id, type: 'message', data: { body: `text ${id}` } });
const failure = (status: number, error: string) => ({
  ok: false,
  error_code: String(status),
  error,
  description: 'no',
});

/** Waits in no time, and remembers for how long it should have. */
function waits() {
  const ms: number[] = [];
  return { ms, wait: async (time: number) => void ms.push(time) };
}

describe('pollUpdates', () => {
  it('gives one update after the other, and confirms each when the next is asked for', async () => {
    const asked: (string | undefined)[] = [];
    const pages = [[update(2), update(4)], [], [update(6)]];
    const client = await clientOf(({ url }, response) => {
      asked.push(url);
      asJson(response, { ok: true, result: pages.shift() ?? [] });
    });

    const found = await take(pollUpdates(client, { timeout: 5, allowed_updates: ['message'] }), 3);

    expect(found.map(({ update_id }) => update_id)).toEqual([2, 4, 6]);
    const rest = 'timeout=5&allowed_updates=message';
    expect(asked).toEqual([
      `/bot/getUpdates?${rest}`,
      `/bot/getUpdates?offset=4&${rest}`,
      `/bot/getUpdates?offset=4&${rest}`,
    ]);
  });

  it('waits out what passes, longer each time, and as long as the engine says', async () => {
    const answers = [
      [503, failure(503, 'stopping'), {}],
      [500, 'no JSON', {}],
      [429, { ...failure(429, 'rate_limited'), parameters: { retry_after: 7 } }, { 'retry-after': '7' }],
      [200, { ok: true, result: [update(2)] }, {}],
      [503, failure(503, 'stopping'), {}],
      [200, { ok: true, result: [update(4)] }, {}],
    ] as const;
    let count = 0;
    const client = await clientOf((_request, response) => {
      const [status, body, headers] = answers[count++] ?? [200, { ok: true, result: [] }, {}];
      asJson(response, body, status, headers);
    });
    const { ms, wait } = waits();
    const problems: string[] = [];

    const found = await take(pollUpdates(client, { wait, onProblem: ({ code }) => problems.push(code) }), 2);

    expect(found).toHaveLength(2);
    expect(ms).toEqual([1_000, 2_000, 7_000, 1_000]);
    expect(problems).toEqual(['stopping', 'unexpected_answer', 'rate_limited', 'stopping']);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'bot_disabled'],
    [409, 'conflict'],
  ])('ends with a refusal that does not pass: %i %s', async (status, error) => {
    const client = await clientOf((_request, response) => asJson(response, failure(status, error), status));

    await expect(take(pollUpdates(client, waits()), 1)).rejects.toMatchObject({
      code: error,
      httpStatus: status,
    });
  });

  it('ends quietly by its signal, also in the middle of a long poll or of waiting', async () => {
    const life = new AbortController();
    const silent = await clientOf(() => life.abort());
    expect(await take(pollUpdates(silent, { signal: life.signal }), 1)).toEqual([]);

    const other = new AbortController();
    const failing = await clientOf((_request, response) => {
      asJson(response, failure(503, 'stopping'), 503);
    });
    const options = { signal: other.signal, onProblem: () => other.abort() };
    expect(await take(pollUpdates(failing, options), 1)).toEqual([]);
  });
});

describe('streamUpdates', () => {
  it('goes on where it was after each connection, and ends with what the engine refuses', async () => {
    const asked: (string | undefined)[] = [];
    const event = (id: number) => `id: ${id}\ndata: ${JSON.stringify(update(id))}\n\n`;
    const refusal = `retry: 10000\nevent: error\ndata: ${JSON.stringify(failure(409, 'conflict'))}\n\n`;
    const streams = [`retry: 100\n\n: still here\n\n${event(2)}${event(4)}`, event(6), refusal];
    const client = await clientOf(({ url }, response) => {
      asked.push(url);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(streams.shift());
    });
    const found: number[] = [];

    const following = async () => {
      for await (const { update_id } of streamUpdates(client, waits())) found.push(update_id);
    };

    await expect(following()).rejects.toMatchObject({ code: 'conflict', httpStatus: 409 });
    expect(found).toEqual([2, 4, 6]);
    expect(asked).toEqual(['/bot/events', '/bot/events?offset=4', '/bot/events?offset=6']);
  });

  it('comes back when a connection breaks off in the middle of an event', async () => {
    let count = 0;
    const client = await clientOf((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      count += 1;
      if (count > 1) response.end(`data: ${JSON.stringify(update(2))}\n\n`);
      else response.write('data: {"update_id":2,', () => response.destroy());
    });
    const { ms, wait } = waits();

    expect(await take(streamUpdates(client, { wait }), 1)).toEqual([update(2)]);
    expect(ms).toEqual([1_000]);
  });
});

describe('reading server-sent events', () => {
  const read = async (...chunks: string[]) => {
    const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
    return all(readEvents(ReadableStream.from(bytes) as ReadableStream<Uint8Array>));
  };
  const all = <Item>(items: AsyncGenerator<Item>) => take(items, Number.POSITIVE_INFINITY);

  it('understands names, ids, several lines, comments and every end of a line', async () => {
    expect(
      await read(
        ': hello\n\nevent: a\nid: 1\ndata: one\ndata: two\n\n',
        'data:x\r\n\r\ndata: y\r\rdata: left out',
      ),
    ).toEqual([
      { event: 'a', id: '1', data: 'one\ntwo' },
      { event: 'message', id: undefined, data: 'x' },
      { event: 'message', id: undefined, data: 'y' },
    ]);
  });

  it('does not care where the pieces are cut', async () => {
    const text = 'event: é👍\r\ndata: ä\r\n\r\nevent: b\ndata: {"x":1}\n\n';
    const bytes = new TextEncoder().encode(text);
    const whole = await read(text);
    for (let at = 1; at < bytes.length; at += 1) {
      const pieces = ReadableStream.from([bytes.slice(0, at), bytes.slice(at)]) as ReadableStream<Uint8Array>;
      expect(await all(readEvents(pieces))).toEqual(whole);
    }
    expect(whole).toEqual([
      { event: 'é👍', id: undefined, data: 'ä' },
      { event: 'b', id: undefined, data: '{"x":1}' },
    ]);
  });
});
