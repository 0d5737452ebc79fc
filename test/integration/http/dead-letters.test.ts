import { describe, expect, it } from 'vitest';
import { messageData } from '../../support/message-data.ts';
import { engineWithBot, failure, type TestEngine } from '../../support/test-engine.ts';

type Bot = Awaited<ReturnType<typeof engineWithBot>>;

/** Dead letters, as a webhook that refuses leaves them: numbers 2, 4, ... */
async function withLetters(bodies: string[]) {
  const bot = await engineWithBot();
  await Promise.all(bodies.map((body) => queue(bot, body)));
  await bury(bot, bodies.length);
  return bot;
}

const queue = ({ engine, id }: TestEngine & { id: number }, body: string) =>
  engine.store.write(async (tx) => {
    const found = await engine.bots.find(id, undefined, tx);
    const data = messageData(body);
    await engine.updates.queue(tx, found.id, { type: 'message', conversation: 'you@localhost', data });
  });

async function bury({ engine, id }: Bot, count: number) {
  const { deadLetterRepository } = await import('../../../src-main/store/dead-letter-repository.ts');
  const { updateRepository } = await import('../../../src-main/store/update-repository.ts');
  // Moving a letter opens no seal, so any box will do.
  const letters = deadLetterRepository(engine.store, undefined as never);
  const updates = updateRepository(engine.store, undefined as never);
  await engine.store.write(async (tx) => {
    for (let number = 1; number <= count; number += 1)
      await letters.bury(tx, id as never, number * 2, 'answered 400', 1_760_000_000);
    for (let number = 1; number <= count; number += 1) await updates.remove(tx, id as never, number * 2);
  });
}

const updatesOf = async (bot: Bot) =>
  (await bot.call('GET', '/bot/getUpdates', { token: bot.token })).body.result as {
    update_id: number;
    data: { body: string };
  }[];

describe('/api/v1/bots/:id/dead-letters', () => {
  it('lists what a webhook would not take, page by page', async () => {
    const bot = await withLetters(['a', 'b', 'c']);

    const { body } = await bot.call('GET', `/api/v1/bots/${bot.id}/dead-letters?limit=2`);
    const rest = await bot.call('GET', `/api/v1/bots/${bot.id}/dead-letters?after=4`);

    expect(body.result).toEqual([
      {
        update_id: 2,
        update_type: 'message',
        conversation: 'you@localhost',
        data: messageData('a'),
        attempts: 0,
        reason: 'answered 400',
        cause: { code: 'webhook.answered', values: { status: '400' } },
        created_at: expect.any(Number),
        dead_since: 1_760_000_000,
      },
      expect.objectContaining({ update_id: 4 }),
    ]);
    expect(rest.body.result).toEqual([expect.objectContaining({ update_id: 6, data: messageData('c') })]);
  });

  it('puts one back behind what waits, under a new number', async () => {
    const bot = await withLetters(['a', 'b', 'c']);
    await queue(bot, 'newer');

    const { body } = await bot.call('POST', `/api/v1/bots/${bot.id}/dead-letters`, {
      body: { update_id: 4 },
    });

    expect(body).toMatchObject({ ok: true, replayed: 1, left: 0 });
    expect((await updatesOf(bot)).map(({ update_id, data }) => [update_id, data.body])).toEqual([
      [8, 'newer'],
      [10, 'b'],
    ]);
    const left = await bot.call('GET', `/api/v1/bots/${bot.id}/dead-letters`);
    expect(left.body.result).toMatchObject([{ update_id: 2 }, { update_id: 6 }]);
  });

  it('puts all back in their order, as far as the queue has room, and notes who did it', async () => {
    const bot = await withLetters(Array.from({ length: 300 }, (_, index) => `${index}`));
    await Promise.all(Array.from({ length: 900 }, () => queue(bot, 'waits')));

    const first = await bot.call('POST', `/api/v1/bots/${bot.id}/dead-letters`);
    expect(first.body).toMatchObject({ replayed: 100, left: 200 });
    await bot.call('GET', '/bot/getUpdates?offset=1000000', { token: bot.token });
    const second = await bot.call('POST', `/api/v1/bots/${bot.id}/dead-letters`, { body: {} });

    expect(second.body).toMatchObject({ replayed: 200, left: 0 });
    const numbers = (await updatesOf(bot)).map(({ data }) => data.body);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => `${index + 100}`));
    expect(await bot.engine.audit.page({ limit: 1 })).toMatchObject([
      { action: 'webhook.replay', botId: bot.id, actor: 'admin' },
    ]);
    expect(await bot.engine.updates.counts(bot.id as never)).toEqual({ waiting: 200, dropped: 0 });
  });

  it('is for the person in charge, and knows its bots and letters', async () => {
    const bot = await withLetters(['a']);
    const path = `/api/v1/bots/${bot.id}/dead-letters`;

    expect(await bot.call('POST', path, { body: { update_id: 99 } })).toMatchObject(
      failure(404, 'not_found'),
    );
    expect(await bot.call('POST', path, { body: { update_id: 'x' } })).toMatchObject(
      failure(400, 'bad_request'),
    );
    expect(await bot.call('GET', '/api/v1/bots/77/dead-letters')).toMatchObject(failure(404, 'not_found'));
    expect(await bot.call('GET', '/api/v1/bots/x/dead-letters')).toMatchObject(failure(400, 'bad_request'));
  });
});

describe('/bot/getWebhookInfo', () => {
  it('tells that there is none, and what waits', async () => {
    const bot = await withLetters(['a']);
    await queue(bot, 'b');

    expect((await bot.call('GET', '/bot/getWebhookInfo', { token: bot.token })).body.result).toEqual({
      url: '',
      allowed_updates: ['message'],
      pending: 1,
      last_error: null,
      cause: null,
      last_error_at: null,
      last_success: null,
      failing_since: null,
      next_try: null,
      dead_letters: 1,
      dropped: 0,
    });
  });

  it('shows the address and the types it takes', async () => {
    const bot = await engineWithBot();
    const body = { url: 'https://hooks.example.org/a', allowed_updates: ['message', 'reaction'] };
    await bot.call('POST', '/bot/setWebhook', { token: bot.token, body });

    expect((await bot.call('GET', '/bot/getWebhookInfo', { token: bot.token })).body).toMatchObject({
      ok: true,
      url: 'https://hooks.example.org/a',
      allowed_updates: ['message', 'reaction'],
    });
  });
});
