import { describe, expect, it, onTestFinished } from 'vitest';
import type { Delivery, OneDelivery } from '../../../src-shared/api/bot-activity.ts';
import { receiver } from '../../support/receiver.ts';
import { engineWithBot, failure, type TestEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const answered = (status: string) => ({ code: 'webhook.answered', values: { status } });

type Bot = Awaited<ReturnType<typeof engineWithBot>>;

async function withWebhook() {
  const hook = await receiver();
  const bot = await engineWithBot();
  await bot.call('POST', `/api/v1/bots/${bot.id}/webhook`, { body: { url: hook.url } });
  await bot.engine.deliveries.start();
  onTestFinished(() => bot.engine.deliveries.stop());
  return { bot, hook };
}

const queue = ({ engine, id }: TestEngine & { id: number }, body: string, conversation = 'a@localhost') =>
  engine.store.write(async (tx) => {
    const { id: botId } = await engine.bots.find(id, undefined, tx);
    await engine.updates.queue(tx, botId, { type: 'message', conversation, data: { body } });
  });

async function deliveries(bot: Bot, query = '') {
  const { body } = await bot.call('GET', `/api/v1/bots/${bot.id}/deliveries${query}`);
  return body.result as { deliveries: Delivery[]; next: number | null };
}
const statesOf = async (bot: Bot) => (await deliveries(bot)).deliveries.map(({ state }) => state);

async function one(bot: Bot, updateId: number) {
  const { body } = await bot.call('GET', `/api/v1/bots/${bot.id}/deliveries/${updateId}`);
  return body.result as (typeof OneDelivery)['_output']['result'];
}

describe('/api/v1/bots/:id/deliveries', () => {
  it('shows what was delivered, with request and answer and without secrets', async () => {
    const { bot, hook } = await withWebhook();
    hook.onRequest = (request) => request.answer(201, { 'x-served-by': 'test', 'set-cookie': 'a=secret' });

    await queue(bot, 'hello');
    await until('it is delivered', async () => (await statesOf(bot))[0] === 'delivered');

    const headers = hook.received[0]?.headers;
    expect(await deliveries(bot)).toEqual({
      deliveries: [
        {
          update_id: 2,
          delivery_id: headers?.['x-bot-delivery'],
          update_type: 'message',
          conversation: 'a@localhost',
          state: 'delivered',
          created_at: expect.any(Number),
          next_try: null,
          attempts: [
            {
              number: 1,
              at: expect.any(Number),
              ms: expect.any(Number),
              status: 201,
              error: null,
              cause: null,
            },
          ],
          attempt_count: 1,
        },
      ],
      next: null,
    });
    const { request, answer } = await one(bot, 2);
    expect(request).toMatchObject({
      url: hook.url,
      body: null,
      headers: { 'x-bot-attempt': '1', 'x-bot-signature': expect.stringMatching(/^sha256=.{5}…$/) },
    });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-served-by': 'test' } });
    expect(answer?.headers).not.toHaveProperty('set-cookie');
  });

  it('shows what waits, what is tried again, and why; a probe ends the rest of the address', async () => {
    const { bot, hook } = await withWebhook();
    hook.onRequest = (request) => request.answer(503);
    for (const body of ['first', 'second', 'third']) await queue(bot, body);
    await until('it was tried', async () => (await statesOf(bot)).includes('retrying'));

    expect(await statesOf(bot)).toEqual(['waiting', 'waiting', 'retrying']);
    const tried = await one(bot, 2);
    expect(tried).toMatchObject({
      attempts: [{ number: 1, status: 503, error: 'answered 503', cause: answered('503') }],
      next_try: expect.any(Number),
      answer: { status: 503 },
    });
    const failing = { last_error: 'answered 503', cause: answered('503') };
    const webhook = await bot.call('GET', `/api/v1/bots/${bot.id}/webhook`);
    expect(webhook.body.result).toMatchObject(failing);
    expect((await bot.call('GET', `/api/v1/bots/${bot.id}`)).body.result).toMatchObject({ webhook: failing });
    expect(JSON.parse(tried.request.body ?? '')).toEqual({
      update_id: 2,
      update_type: 'message',
      data: { body: 'first' },
    });
    expect((await deliveries(bot, '?state=waiting&limit=1')).deliveries).toMatchObject([{ update_id: 6 }]);
    expect(await deliveries(bot, '?limit=2')).toMatchObject({ next: 4 });
    expect((await deliveries(bot, '?before=4')).deliveries).toMatchObject([{ update_id: 2 }]);

    hook.onRequest = (request) => request.answer(200);
    expect((await bot.call('POST', `/api/v1/bots/${bot.id}/webhook/probe`)).body.result).toBe(true);
    await until('all are delivered', async () =>
      (await statesOf(bot)).every((state) => state === 'delivered'),
    );
    expect((await one(bot, 2)).attempts).toMatchObject([{ status: 503 }, { number: 2, status: 200 }]);
  });

  it('puts dead letters back under the id of their delivery, with their attempts', async () => {
    const { bot, hook } = await withWebhook();
    hook.onRequest = (request) => request.answer(400);
    await queue(bot, 'refused');
    const probe = () => bot.call('POST', `/api/v1/bots/${bot.id}/webhook/probe`);
    await until('it is dead', async () => {
      await probe();
      return (await statesOf(bot))[0] === 'dead';
    });
    const dead = await one(bot, 2);
    expect(dead).toMatchObject({ state: 'dead', attempt_count: 4, answer: { status: 400 } });
    expect(dead.request.body).toContain('refused');

    hook.onRequest = (request) => request.answer(200);
    const path = `/api/v1/bots/${bot.id}/deliveries`;
    expect((await bot.call('POST', `${path}/2/replay`)).body).toMatchObject({ replayed: 1, left: 0 });
    await until('it is delivered', async () => (await statesOf(bot))[0] === 'delivered');

    const { deliveries: all } = await deliveries(bot);
    expect(all).toMatchObject([
      { update_id: 4, delivery_id: dead.delivery_id, state: 'delivered', attempt_count: 5 },
    ]);
    expect(hook.received.at(-1)?.headers).toMatchObject({
      'x-bot-delivery': dead.delivery_id,
      'x-bot-attempt': '5',
    });
    expect(await bot.call('POST', `${path}/2/replay`)).toMatchObject(failure(404, 'not_found'));
    expect((await bot.call('POST', `/api/v1/bots/${bot.id}/replay`)).body).toMatchObject({
      replayed: 0,
      left: 0,
    });
    expect(
      (await bot.call('POST', `/api/v1/bots/${bot.id}/replay`, { body: { update_ids: [2, 4] } })).body,
    ).toMatchObject({
      replayed: 0,
    });
    expect(
      await bot.call('POST', `/api/v1/bots/${bot.id}/replay`, { body: { update_ids: ['x'] } }),
    ).toMatchObject(failure(400, 'bad_request'));
    expect(await bot.call('GET', `${path}/2`)).toMatchObject(failure(404, 'not_found'));
  });

  it('keeps a thousand of a bot, and none for longer than a day', async () => {
    const bot = await engineWithBot();
    const { engine, id } = bot;
    const { deliveryLog } = engine;
    const bots = await engine.bots.list();
    const botId = bots.find((one) => one.id === id)?.id;
    if (botId === undefined) throw new Error('there is no bot');
    const seen = { atMs: Date.now(), tookMs: 3, sent: {}, answer: { status: 200, headers: {}, body: '' } };
    const update = {
      botId,
      type: 'message',
      conversation: 'a@localhost',
      data: '{}',
      deliveryId: '',
      deliveryOf: null,
      createdAt: 1,
      attempts: 0,
      refusals: 0,
    };
    await engine.store.write(async (tx) => {
      for (let number = 1; number <= 1_152; number += 1)
        await deliveryLog.note(tx, { ...update, updateId: number * 2 }, { seen, url: 'https://x.example/' });
    });
    const count = async () => {
      const rows = await engine.store.read.selectFrom('delivery').select('update_id').execute();
      return rows.length;
    };
    expect(await count()).toBe(1_000);

    await engine.store.write(async (tx) => {
      await tx.db
        .updateTable('delivery')
        .set({ tried_at: Math.floor(Date.now() / 1_000) - 25 * 3_600 })
        .where('update_id', '<', 1_304)
        .execute();
      await deliveryLog.expire(tx);
    });
    expect(await count()).toBe(501);
  });
});

describe('/api/v1/bots/:id/updates', () => {
  it('shows what waits and takes none away', async () => {
    const bot = await engineWithBot();
    for (const body of ['a', 'b', 'c']) await queue(bot, body);

    const path = `/api/v1/bots/${bot.id}/updates`;
    const { body } = await bot.call('GET', `${path}?limit=2`);
    const rest = await bot.call('GET', `${path}?after=4`);

    expect(body.result).toMatchObject({
      waiting: 3,
      updates: [{ update_id: 2, type: 'message', data: { body: 'a' } }, { update_id: 4 }],
    });
    expect(rest.body.result).toMatchObject({ waiting: 3, updates: [{ data: { body: 'c' } }] });
  });
});

describe('/api/v1/bots/:id/webhook', () => {
  it('sets, shows and ends it as the program would', async () => {
    const bot = await engineWithBot();
    const path = `/api/v1/bots/${bot.id}/webhook`;
    const set = await bot.call('POST', path, { body: { url: 'https://bot.example/hook' } });
    const { secret } = set.body.result as { secret: string };

    expect((await bot.call('GET', path)).body.result).toMatchObject({
      url: 'https://bot.example/hook',
      allowed_updates: ['message'],
    });
    expect((await bot.call('GET', path)).body.result).not.toHaveProperty('secret');
    expect((await bot.call('GET', `${path}?secret=true`)).body.result).toMatchObject({ secret });
    const again = { url: 'https://bot.example/hook', rotate_secret: true };
    const rotated = await bot.call('POST', path, { body: again });
    expect((rotated.body.result as { secret: string }).secret).not.toBe(secret);
    expect(await bot.call('POST', path, { body: { url: 'https://10.0.0.1/' } })).toMatchObject(
      failure(400, 'bad_request'),
    );
    expect((await bot.call('DELETE', path)).body.result).toBe(true);
    expect((await bot.call('GET', `${path}?secret=true`)).body.result).toMatchObject({
      url: '',
      secret: null,
    });
    expect(await bot.call('POST', `${path}/probe`)).toMatchObject(failure(409, 'conflict'));
  });

  it('says that nothing goes out while the bot is off', async () => {
    const { bot } = await withWebhook();
    await bot.call('PATCH', `/api/v1/bots/${bot.id}`, { body: { active: false } });
    expect(await bot.call('POST', `/api/v1/bots/${bot.id}/webhook/probe`)).toMatchObject(
      failure(409, 'conflict'),
    );
  });

  it('tests an address that is not set, with one signed update that is stored nowhere', async () => {
    const hook = await receiver();
    const bot = await engineWithBot();
    const path = `/api/v1/bots/${bot.id}/webhook/test`;

    const { body } = await bot.call('POST', path, { body: { url: hook.url } });
    expect(body.result).toEqual({
      delivered: true,
      status: 200,
      ms: expect.any(Number),
      error: null,
      cause: null,
    });
    expect(hook.received).toMatchObject([
      {
        body: { update_id: 0, update_type: 'test', data: { bot_id: bot.id } },
        headers: { 'x-bot-signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/) },
      },
    ]);
    hook.onRequest = (request) => request.answer(500);
    expect((await bot.call('POST', path, { body: { url: hook.url } })).body.result).toMatchObject({
      delivered: false,
      status: 500,
      error: 'answered 500',
      cause: answered('500'),
    });
    await hook.close();
    expect((await bot.call('POST', path, { body: { url: hook.url } })).body.result).toMatchObject({
      delivered: false,
      status: null,
      error: expect.stringMatching(/refused/),
      cause: { code: 'http.refused', values: {} },
    });
    expect(await bot.call('POST', path, { body: { url: 'http://169.254.1.1/' } })).toMatchObject(
      failure(400, 'bad_request'),
    );
    expect((await deliveries(bot)).deliveries).toEqual([]);
    expect((await bot.call('GET', `/api/v1/bots/${bot.id}/webhook`)).body.result).toMatchObject({ url: '' });
  });
});
