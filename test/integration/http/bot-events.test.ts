import { describe, expect, it, onTestFinished } from 'vitest';
import { STREAMED_UNCONFIRMED } from '../../../src-main/engine/updates/update-service.ts';
import { openDoor } from '../../../src-main/http/door.ts';
import { engineWithBot, failure, type TestEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

type Bot = Awaited<ReturnType<typeof engineWithBot>>;

async function opened() {
  const engine = await engineWithBot();
  const door = await openDoor(engine.app, 'public', { host: '127.0.0.1', port: 0 });
  onTestFinished(door.close);
  return { ...engine, url: `http://127.0.0.1:${door.port}/bot/events` };
}

const queue = (engine: TestEngine & { id: number }, body: string, type = 'message') =>
  engine.engine.store.write(async (tx) => {
    const bot = await engine.engine.bots.find(engine.id, undefined, tx);
    await engine.engine.updates.queue(tx, bot.id, { type, conversation: 'you@localhost', data: { body } });
  });

/** Reads a stream as it comes. */
async function follow({ url, token }: { url: string; token: string }, query = '', headers = {}) {
  const hangUp = new AbortController();
  onTestFinished(() => hangUp.abort());
  const response = await fetch(`${url}${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: hangUp.signal,
  });
  let text = '';
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
  })().catch(() => undefined);
  const events = () =>
    text
      .split('\n\n')
      .filter((block) => block.startsWith('id: '))
      .map((block) => JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '').data.body as string);
  return {
    response,
    ended,
    hangUp: () => hangUp.abort(),
    text: () => text,
    events,
    heard: (count: number) => until(`${count} events`, () => events().length >= count),
  };
}

const waiting = (bot: Bot) => bot.engine.updates.counts(bot.id as never).then(({ waiting }) => waiting);

describe('/bot/events', () => {
  it('sends what waits, then what comes, under its number and of the types asked for', async () => {
    const bot = await opened();
    await queue(bot, 'one');
    const stream = await follow(bot);
    await stream.heard(1);
    await queue(bot, 'heart', 'reaction');
    await queue(bot, 'two 🎉');
    await stream.heard(2);

    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.text()).toContain(
      'id: 2\ndata: {"update_id":2,"type":"message","data":{"body":"one"}}\n\n',
    );
    expect(stream.events()).toEqual(['one', 'two 🎉']);
  });

  it('forgets nothing by itself, but what the next call confirms', async () => {
    const bot = await opened();
    for (const body of ['one', 'two', 'three']) await queue(bot, body);
    const first = await follow(bot);
    await first.heard(3);
    first.hangUp();
    await first.ended;
    expect(await waiting(bot)).toBe(3);

    const again = await follow(bot, '?offset=0', { 'last-event-id': '4' });
    await again.heard(1);
    expect(again.events()).toEqual(['three']);
    expect(await waiting(bot)).toBe(1);
    again.hangUp();
    await again.ended;

    const polled = await bot.call('GET', '/bot/getUpdates?offset=6', { token: bot.token });
    expect(polled.body.result).toEqual([]);
    expect(await waiting(bot)).toBe(0);
  });

  it('ends after a while, so that a program that reads confirms and its queue cannot fill', async () => {
    const bot = await opened();
    for (let index = 0; index < STREAMED_UNCONFIRMED + 5; index += 1) await queue(bot, `${index}`);

    const stream = await follow(bot);
    await stream.ended;
    const rest = await follow(bot, '', { 'last-event-id': String(STREAMED_UNCONFIRMED * 2) });
    await rest.heard(5);

    expect(stream.events()).toHaveLength(STREAMED_UNCONFIRMED);
    expect(stream.text()).not.toContain('event: error');
    expect(rest.events()).toEqual([500, 501, 502, 503, 504].map(String));
    expect(await waiting(bot)).toBe(5);
  });

  it('is ended with 409 by a second program, a poll or a webhook', async () => {
    const bot = await opened();
    const enders = [
      () => follow(bot),
      () => bot.call('GET', '/bot/getUpdates', { token: bot.token }),
      () =>
        bot.call('POST', '/bot/setWebhook', {
          token: bot.token,
          body: { url: 'https://hooks.example.org/' },
        }),
    ];
    for (const end of enders) {
      const stream = await follow(bot);
      await until('the stream is open', () => stream.text() !== '');
      await end();
      await stream.ended;
      expect(stream.text()).toMatch(/event: error\ndata: \{"ok":false,"error_code":"409","error":"conflict"/);
    }
    expect(await bot.call('GET', '/bot/events', { token: bot.token })).toMatchObject(
      failure(409, 'conflict'),
    );
  });

  it('ends when the token is replaced or the bot switched off, and only then', async () => {
    const bot = await opened();
    const { bots, tokens, store } = bot.engine;
    const caller = { actor: 'admin', from: 'socket' };
    const change = (what: (tx: never, found: never) => Promise<unknown>) =>
      store.write(async (tx) => what(tx as never, (await bots.find(bot.id, undefined, tx)) as never));

    const stream = await follow(bot);
    await until('the stream is open', () => stream.text() !== '');
    await change((tx, found) => bots.setDescription(tx, found, 'tells the weather', caller));
    await queue(bot, 'still there');
    await stream.heard(1);
    await change((tx, found) => bots.setActive(tx, found, false, caller));
    await stream.ended;
    expect(stream.text()).toContain('"error_code":"403","error":"bot_disabled"');

    await change((tx, found) => bots.setActive(tx, found, true, caller));
    const second = await follow(bot);
    await second.heard(1);
    await change((tx, found) => tokens.revoke(tx, found, caller));
    await second.ended;
    expect(second.text()).toContain('"error_code":"401","error":"unauthorized"');
  });

  it.each([
    ['?offset=x', {}, 'offset'],
    ['', { 'last-event-id': 'x' }, 'last-event-id'],
    ['?allowed_updates=odd', {}, 'allowed_updates'],
  ])('refuses %j %j', async (query, headers, words) => {
    const bot = await engineWithBot();

    const answer = await bot.call('GET', `/bot/events${query}`, { token: bot.token, headers });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain(words);
  });

  it('needs a token', async () => {
    const bot = await engineWithBot();

    expect(await bot.call('GET', '/bot/events')).toMatchObject(failure(401, 'unauthorized'));
  });
});
