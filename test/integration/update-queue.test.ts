import { describe, expect, it } from 'vitest';
import { QUEUE_LIMITS } from '../../src-main/engine/updates/enqueue.ts';
import { updateService } from '../../src-main/engine/updates/update-service.ts';
import { refuse } from '../../src-shared/errors.ts';
import { asStored, deliveryRig } from '../support/delivery-rig.ts';

const HOUR_MS = 60 * 60 * 1_000;

/** A bot without a webhook. */
async function polled() {
  const rig = await deliveryRig();
  const botId = await rig.aBot('https://hooks.example.org/');
  await rig.store.write((tx) => rig.bots.disableWebhook(tx, botId));
  const bot = await rig.bots.byId(botId);
  if (!bot) throw new Error('the bot is there');
  const poll = async (offset?: number, timeoutMs = 0, recheck = async () => undefined) => {
    const found = await rig.service.poll(bot, {
      offset,
      limit: 100,
      timeoutMs,
      types: ['message'],
      signal: new AbortController().signal,
      recheck,
    });
    return found.map(({ data }) => (JSON.parse(data) as { body: string }).body);
  };
  const counts = () => rig.updates.counts(botId);
  const expire = () => rig.store.write((tx) => rig.service.expire(tx));
  return { ...rig, botId, bot, poll, counts, expire };
}

describe('the queue of a bot', () => {
  it('gives nothing to a program that may no longer read when something comes', async () => {
    const { queue, botId, poll } = await polled();
    let mayRead = true;
    const waiting = poll(undefined, HOUR_MS, async () => {
      if (!mayRead) throw refuse('token.unknown', {});
      return undefined;
    });
    waiting.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    mayRead = false;

    await queue(botId, 'for those who may');

    await expect(waiting).rejects.toMatchObject({ code: 'token.unknown' });
    expect(await poll()).toEqual(['for those who may']);
  });

  it('loses the newest of a conversation that is full, and counts it', async () => {
    const { queue, botId, counts, updates } = await polled();
    const many = Array.from({ length: QUEUE_LIMITS.perConversation + 3 }, (_, index) => `a${index}`);
    await Promise.all(many.map((body) => queue(botId, body, 'a@x')));
    await queue(botId, 'b', 'b@x');

    expect(await counts()).toEqual({ waiting: QUEUE_LIMITS.perConversation + 1, dropped: 3 });
    const last = await updates.page(botId, { after: 2 * (QUEUE_LIMITS.perConversation - 1), limit: 10 });
    expect(last.map(({ data }) => data)).toEqual(['{"body":"a999"}', '{"body":"b"}']);
  });

  it('takes new ones of a conversation again when some are confirmed', async () => {
    const { queue, botId, counts, poll } = await polled();
    const many = Array.from({ length: QUEUE_LIMITS.perConversation }, (_, index) => `${index}`);
    await Promise.all(many.map((body) => queue(botId, body)));

    await poll(20);
    await Promise.all(many.slice(0, 11).map(() => queue(botId, 'new')));

    expect(await counts()).toEqual({ waiting: QUEUE_LIMITS.perConversation, dropped: 1 });
  });

  it('loses the oldest of a bot that reads nothing, and counts it', async () => {
    const { store, botId, updates } = await polled();
    const limits = { perBot: 3, perConversation: 10 };
    await store.write(async (tx) => {
      for (let index = 0; index < 5; index += 1)
        await updates.insert(
          tx,
          { botId, type: 'message', conversation: `${index}@x`, data: `${index}`, createdAt: 1 },
          limits,
        );
    });

    expect(await updates.counts(botId)).toEqual({ waiting: 3, dropped: 2 });
    expect((await updates.page(botId, { after: 0, limit: 10 })).map(({ data }) => data)).toEqual([
      '2',
      '3',
      '4',
    ]);
  });

  it('counts the same as it holds, whatever came and went', async () => {
    const { queue, botId, counts, poll, store, updates } = await polled();
    await Promise.all(['a@x', 'b@x', 'a@x', 'c@x'].map((from, index) => queue(botId, `${index}`, from)));
    await poll(2);
    await store.write((tx) => updates.remove(tx, botId, 6));
    await store.write((tx) => updates.remove(tx, botId, 6));

    const rows = await store.read.selectFrom('update_queue').select('conversation').execute();
    const hasRoomFor = (perConversation: number) =>
      store.write((tx) =>
        Promise.all(
          ['a@x', 'b@x', 'c@x'].map((one) =>
            updates.hasRoom(tx, botId, one, { perBot: 10, perConversation }),
          ),
        ),
      );

    expect(rows.map(({ conversation }) => conversation).sort()).toEqual(['b@x', 'c@x']);
    expect(await hasRoomFor(1)).toEqual([true, false, false]);
    expect(await hasRoomFor(2)).toEqual([true, true, true]);
    expect(await counts()).toEqual({ waiting: 2, dropped: 0 });
  });

  it('counts nothing of a unit that failed, nor for a bot that is gone', async () => {
    const { botId, bots, counts, queue, store, updates } = await polled();
    const one = { botId, type: 'message', conversation: 'a@x', data: '{}', createdAt: 1 };
    await queue(botId, 'text', 'a@x');

    const failing = store.write(async (tx) => {
      await updates.insert(tx, one, QUEUE_LIMITS);
      throw new Error('it does not come to that');
    });
    await expect(failing).rejects.toThrow('come to that');
    const hasRoom = await store.write((tx) =>
      updates.hasRoom(tx, botId, 'a@x', { perBot: 2, perConversation: 2 }),
    );

    expect(hasRoom).toBe(true);
    expect(await counts()).toEqual({ waiting: 1, dropped: 0 });

    await store.write((tx) => bots.delete(tx, botId));
    await expect(store.write((tx) => updates.insert(tx, one, QUEUE_LIMITS))).rejects.toThrow('gone');
  });

  it('goes on waiting when something came that was not asked for', async () => {
    const { queue, botId, poll, settled, clock } = await polled();
    const answer = poll(undefined, 30_000);
    await settled(() => clock.waits.includes(30_000));

    clock.advance(10_000);
    await queue(botId, 'heart', 'a@x', 'reaction');
    await settled(() => clock.waits.includes(20_000));
    await queue(botId, 'text');

    expect(await answer).toEqual(['text']);
  });

  it('tells a program that waits only what ends its waiting', async () => {
    const { poll, settled, clock, events, botId, bot, queue } = await polled();
    const first = poll(undefined, 30_000);
    await settled(() => clock.waits.includes(30_000));
    events.emit('bot.changed', { botId, owner: bot.owner });
    const second = poll(undefined, 30_000);

    await expect(first).rejects.toMatchObject({ code: 'updates.second-poller' });
    await queue(botId, 'x');
    expect(await second).toEqual(['x']);
  });
});

describe('what waits too long', () => {
  it('is forgotten after a day where programs poll, with what they did not ask for', async () => {
    const { queue, botId, clock, expire, counts } = await polled();
    await queue(botId, 'old');
    for (let hours = 0; hours < 23; hours += 1) {
      clock.advance(HOUR_MS);
      await expire();
    }
    await queue(botId, 'new');
    expect((await counts()).waiting).toBe(2);

    clock.advance(HOUR_MS + 1_000);
    await expire();

    expect(await counts()).toEqual({ waiting: 1, dropped: 0 });
  });

  it('becomes a dead letter where a webhook should have taken it, for a week', async () => {
    const { aBot, queue, letters, clock, store, service, waiting } = await deliveryRig();
    const botId = await aBot('https://hooks.example.org/');
    await queue(botId, 'x');
    const expire = () => store.write((tx) => service.expire(tx));

    clock.advance(24 * HOUR_MS + 1_000);
    await expire();
    expect(await waiting(botId)).toBe(0);
    expect(await letters.page(botId, { after: 0, limit: 9 })).toMatchObject([
      { updateId: 2, data: '{"body":"x"}', reason: 'not delivered within 24 hours' },
    ]);
    clock.advance(7 * 24 * HOUR_MS + 1_000);
    await expire();

    expect(await letters.count(botId)).toBe(0);
  });

  it('outlives a clock that is set forward for less than an hour', async () => {
    const { queue, botId, clock, expire, counts } = await polled();
    await queue(botId, 'x');

    clock.jump(48 * HOUR_MS);
    await expire();
    clock.advance(HOUR_MS / 2);
    await expire();
    clock.jump(-48 * HOUR_MS);
    await expire();
    clock.advance(2 * HOUR_MS);
    await expire();
    expect((await counts()).waiting).toBe(1);
    clock.advance(22 * HOUR_MS);
    await expire();

    expect((await counts()).waiting).toBe(0);
  });

  it('is kept for a day from when a clock that ran ahead was set right', async () => {
    const { store, updates, letters, clock, queue, botId, counts, events } = await polled();
    clock.jump(365 * 24 * HOUR_MS);
    await queue(botId, 'x');
    clock.jump(-365 * 24 * HOUR_MS);
    const service = updateService({ store, updates, deadLetters: letters, links: asStored, events, clock });
    const expire = () => store.write((tx) => service.expire(tx));

    await expire();
    clock.advance(23 * HOUR_MS);
    await expire();
    expect((await counts()).waiting).toBe(1);
    clock.advance(2 * HOUR_MS);
    await expire();

    expect((await counts()).waiting).toBe(0);
  });
});
