import { describe, expect, it } from 'vitest';
import { messageData } from '../../support/message-data.ts';
import { engineWithBot, failure } from '../../support/test-engine.ts';

describe('/bot/sendMessage', () => {
  it.each([
    [{ text: 'x' }, 400, '`to` is missing'],
    [{ to: 'friend@localhost' }, 400, '`text` is missing'],
    [{ to: 'friend@localhost', text: '' }, 400, 'must not be empty'],
    [{ to: 'friend@localhost/x', text: 'x' }, 400, 'resource'],
    [{ to: 'friend@localhost', text: 'a\u0000' }, 400, 'U+0000'],
    [{ to: 'friend@localhost', text: 'a\uD83C' }, 400, 'U+D83C'],
    [{ to: 'friend@localhost', text: 'ü'.repeat(40_000) }, 400, 'bytes'],
    [{ to: 'friend@localhost', text: 'x', type: 'other' }, 400, '`type` must be'],
  ])('refuses %j', async (body, status, words) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/sendMessage', { token: engine.token, body });

    expect(answer).toMatchObject(failure(status, 'bad_request'));
    expect(answer.body.description).toContain(words);
  });

  it('refuses a text that is too long on the wire, where some characters take more room', async () => {
    const engine = await engineWithBot();
    const body = { to: 'friend@localhost', text: '&'.repeat(65_536) };

    const answer = await engine.call('POST', '/bot/sendMessage', { token: engine.token, body });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain('at most 204800');
  });

  it('promises nothing for an account that is signed out', async () => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/sendMessage', {
      token: engine.token,
      body: { to: 'friend@localhost', text: 'x' },
    });

    expect(answer).toMatchObject(failure(503, 'account_offline'));
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('/bot/getUpdates', () => {
  async function withUpdates(count: number) {
    const engine = await engineWithBot();
    for (let index = 1; index <= count; index += 1) {
      const data = messageData(`text ${index}`);
      await engine.engine.store.write((tx) =>
        engine.engine.updates.queue(tx, engine.id as never, {
          type: 'message',
          conversation: 'you@localhost',
          data,
        }),
      );
    }
    const get = async (query = '') =>
      (await engine.call('GET', `/bot/getUpdates${query}`, { token: engine.token })).body.result;
    return { engine, get };
  }
  const ids = (result: unknown) => (result as { update_id: number }[]).map(({ update_id }) => update_id);

  it('serves both readings of offset: the last id, and the last id plus one', async () => {
    const { get } = await withUpdates(4);

    expect(ids(await get())).toEqual([2, 4, 6, 8]);
    expect(ids(await get('?offset=2'))).toEqual([4, 6, 8]);
    expect(ids(await get('?offset=5'))).toEqual([6, 8]);
    expect(ids(await get())).toEqual([6, 8]);
    expect(ids(await get('?offset=8'))).toEqual([]);
  });

  it('pages', async () => {
    const { get } = await withUpdates(3);

    expect(ids(await get('?limit=2'))).toEqual([2, 4]);
    expect(await get('?limit=1')).toEqual([{ update_id: 2, type: 'message', data: messageData('text 1') }]);
  });

  it.each([
    '?limit=0',
    '?limit=101',
    '?limit=x',
    '?offset=-1',
    '?offset=1.5',
    '?offset=abc',
    '?timeout=51',
    '?allowed_updates=odd',
  ])('refuses %s', async (query) => {
    const engine = await engineWithBot();

    expect(await engine.call('GET', `/bot/getUpdates${query}`, { token: engine.token })).toMatchObject(
      failure(400, 'bad_request'),
    );
  });

  it('waits for the first update, and ends a first poller when a second comes', async () => {
    const { engine } = await withUpdates(0);
    const poll = () => engine.call('GET', '/bot/getUpdates?timeout=50', { token: engine.token });

    const first = poll();
    await new Promise((resolve) => setImmediate(resolve));
    const second = poll();
    expect(await first).toMatchObject(failure(409, 'conflict'));
    await engine.engine.store.write((tx) =>
      engine.engine.updates.queue(tx, engine.id as never, {
        type: 'message',
        conversation: 'a@b',
        data: messageData('x'),
      }),
    );

    expect((await second).body.result).toEqual([{ update_id: 2, type: 'message', data: messageData('x') }]);
  });

  it('goes on waiting when the webhook is deleted, ends when one is set or the token is replaced', async () => {
    const { engine } = await withUpdates(0);
    const { token, id } = engine;
    const poll = () => engine.call('GET', '/bot/getUpdates?timeout=50', { token });
    const turn = () => new Promise((resolve) => setImmediate(resolve));

    const first = poll();
    await turn();
    await engine.call('POST', '/bot/deleteWebhook', { token });
    await engine.call('POST', '/bot/setWebhook', { token, body: { url: 'https://hooks.example.org/' } });
    expect(await first).toMatchObject(failure(409, 'conflict'));
    await engine.call('POST', '/bot/deleteWebhook', { token });
    const second = poll();
    await turn();
    await engine.call('POST', '/bot/token', { body: { id } });

    expect(await second).toMatchObject(failure(401, 'unauthorized'));
  });

  it('gives an update to one of two pollers that come at once', async () => {
    const { engine } = await withUpdates(0);
    const poll = () => engine.call('GET', '/bot/getUpdates?offset=0&timeout=1', { token: engine.token });

    const statuses = (await Promise.all([poll(), poll()])).map(({ status }) => status);

    expect(statuses.toSorted()).toEqual([200, 409]);
  });

  it('gives only the types that were asked for', async () => {
    const { engine, get } = await withUpdates(1);
    await engine.engine.store.write((tx) =>
      engine.engine.updates.queue(tx, engine.id as never, {
        type: 'reaction',
        conversation: 'a@b',
        data: { ...messageData('👍'), reactions: ['👍'] },
      }),
    );

    expect(ids(await get())).toEqual([2]);
    expect(ids(await get('?allowed_updates=["reaction"]'))).toEqual([4]);
    expect(ids(await get('?allowed_updates=message,reaction'))).toEqual([2, 4]);
  });
});
