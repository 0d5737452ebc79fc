import { describe, expect, it } from 'vitest';
import { deliveryRig } from '../support/delivery-rig.ts';
import { type Received, receiver } from '../support/receiver.ts';

const bodies = (received: Received[]) => received.map(({ body }) => body.data.body);

describe('webhook delivery', () => {
  it('posts the update with both signatures and confirms it by the answer', async () => {
    const hook = await receiver();
    const { aBot, queue, start, waiting, settled } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();

    await queue(botId, 'grüße 🎉');
    await hook.count(1);
    await settled(async () => (await waiting(botId)) === 0);

    const [request] = hook.received;
    expect(request?.body).toEqual({ update_id: 2, update_type: 'message', data: { body: 'grüße 🎉' } });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'DinoX-BotAPI/1.0 (Botmother/test)',
      'x-bot-attempt': '1',
      'x-bot-delivery': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      'x-bot-signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
      'webhook-id': request?.headers['x-bot-delivery'],
      'webhook-signature': expect.stringMatching(/^v1,/),
    });
  });

  it('keeps the order of a conversation, one at a time, and lets others pass', async () => {
    const hook = await receiver();
    const held: Received[] = [];
    hook.onRequest = (request) => void held.push(request);
    const { aBot, queue, start } = await deliveryRig();
    const botId = await aBot(hook.url);
    await Promise.all([queue(botId, 'a1', 'a@x'), queue(botId, 'a2', 'a@x'), queue(botId, 'b1', 'b@x')]);
    await start();

    await hook.count(2);
    // Both are on their way at once.
    expect(bodies(hook.received).toSorted()).toEqual(['a1', 'b1']);
    held.find(({ body }) => body.data.body === 'a1')?.answer(200);
    await hook.count(3);

    expect(bodies(hook.received).slice(2)).toEqual(['a2']);
    for (const request of held.filter(({ body }) => body.data.body !== 'a1')) request.answer(200);
  });

  it('lets a conversation with a thousand waiting hold up no other', async () => {
    const hook = await receiver();
    const { aBot, queue, start } = await deliveryRig();
    const botId = await aBot(hook.url);
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => queue(botId, `a${index}`, 'a@x')));
    await queue(botId, 'b1', 'b@x');
    const held: Received[] = [];
    hook.onRequest = (request) => void held.push(request);
    await start();

    await hook.count(2);

    expect(bodies(hook.received).toSorted()).toEqual(['a0', 'b1']);
    for (const request of held) request.answer(200);
  });

  it('rests after a failure, probes with one update under the same delivery id, then goes on', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(hook.received.length === 1 ? 503 : 200);
    const { aBot, queue, start, clock, waiting, endpoints, settled } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();

    await queue(botId, 'a1', 'a@x');
    await settled(async () => (await endpoints.of(botId)).failures === 1);
    await Promise.all([queue(botId, 'b1', 'b@x'), queue(botId, 'c1', 'c@x')]);
    await settled(async () => clock.waits.includes(1_000));
    expect(hook.received).toHaveLength(1);
    clock.advance(1_000);
    await settled(async () => (await waiting(botId)) === 0);

    const [first, probe] = hook.received;
    expect(bodies(hook.received).toSorted()).toEqual(['a1', 'a1', 'b1', 'c1']);
    expect(probe?.headers['x-bot-delivery']).toBe(first?.headers['x-bot-delivery']);
    expect([first?.headers['x-bot-attempt'], probe?.headers['x-bot-attempt']]).toEqual(['1', '2']);
    expect(await endpoints.of(botId)).toMatchObject({
      failures: 0,
      failingSince: undefined,
      lastError: 'answered 503',
    });
  });

  it('waits longer after each failure in a row, as the contract lists', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(500);
    const { aBot, queue, start, clock, settled, endpoints } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'x');

    const waits: number[] = [];
    for (let failures = 1; failures <= 10; failures += 1) {
      await settled(async () => (await endpoints.of(botId)).failures === failures);
      const restMs = (await endpoints.of(botId)).pausedUntil - clock.now();
      waits.push(restMs / 1_000);
      await settled(() => clock.waits.some((waitMs) => waitMs <= restMs));
      clock.advance(restMs);
    }

    expect(waits).toEqual([1, 2, 4, 15, 60, 300, 900, 1_800, 3_600, 3_600]);
  });

  it('obeys Retry-After, within the life of an update, and never for less than our own schedule', async () => {
    const hook = await receiver();
    const asked = ['7', '1000000000', '0'];
    hook.onRequest = (request) =>
      request.answer(429, { 'retry-after': asked[hook.received.length - 1] ?? '0' });
    const { aBot, queue, start, clock, settled, endpoints } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'x');

    const waits: number[] = [];
    for (let failures = 1; failures <= 3; failures += 1) {
      await settled(async () => (await endpoints.of(botId)).failures === failures);
      const restMs = (await endpoints.of(botId)).pausedUntil - clock.now();
      waits.push(restMs);
      await settled(() => clock.waits.some((waitMs) => waitMs <= restMs));
      clock.advance(restMs);
    }

    expect(waits).toEqual([7_000, 24 * 3_600_000, 4_000]);
    expect(hook.received).toHaveLength(3);
  });

  it('gives a refused update four tries, then buries it and goes on with the next', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(request.body.data.body === 'bad' ? 400 : 200);
    const { aBot, queue, start, clock, waiting, settled, letters } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'bad');
    await queue(botId, 'good');

    for (const waitMs of [1_000, 2_000, 4_000]) {
      await settled(async () => clock.waits.length === 1);
      expect(clock.waits).toEqual([waitMs]);
      clock.advance(waitMs);
    }
    await settled(async () => (await waiting(botId)) === 0);

    expect(bodies(hook.received)).toEqual(['bad', 'bad', 'bad', 'bad', 'good']);
    expect(await letters.page(botId, { after: 0, limit: 10 })).toMatchObject([
      { updateId: 2, type: 'message', data: '{"body":"bad"}', attempts: 4, reason: 'answered 400' },
    ]);
  });

  it('does not follow a redirect', async () => {
    const [hook, elsewhere] = [await receiver(), await receiver()];
    hook.onRequest = (request) => request.answer(302, { location: elsewhere.url });
    const { aBot, queue, start, endpoints, settled } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();

    await queue(botId, 'x');
    await settled(async () => (await endpoints.of(botId)).failures === 1);

    expect((await endpoints.of(botId)).lastError).toContain('redirect');
    expect(elsewhere.received).toEqual([]);
  });

  it('switches the webhook off at 410 and keeps the update for polling', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(410);
    const { aBot, queue, start, bots, waiting, settled } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();

    await queue(botId, 'x');
    await settled(async () => (await bots.byId(botId))?.webhookUrl === undefined);

    expect(await waiting(botId)).toBe(1);
  });

  it('delivers again after a restart what was not confirmed, under the same id', async () => {
    const hook = await receiver();
    hook.onRequest = () => undefined;
    const { aBot, queue, start, waiting, settled, clock } = await deliveryRig();
    const botId = await aBot(hook.url);
    const first = await start();
    await queue(botId, 'x');
    await hook.count(1);

    const stopped = first.stop();
    await settled(async () => clock.waits.includes(2_000));
    clock.advance(2_000);
    await stopped;
    expect(await waiting(botId)).toBe(1);
    hook.onRequest = (request) => request.answer(200);
    await start();
    await settled(async () => (await waiting(botId)) === 0);

    const ids = hook.received.map(({ headers }) => headers['x-bot-delivery']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('shares its places among many bots with slow receivers', async () => {
    const hook = await receiver();
    const { aBot, queue, start, settled } = await deliveryRig();
    const bots = await Promise.all(Array.from({ length: 80 }, () => aBot(hook.url)));
    for (const botId of bots) {
      for (let index = 0; index < 4; index += 1) await queue(botId, `${botId}`, `c${index}@x`);
    }
    const held: Received[] = [];
    hook.onRequest = (request) => void held.push(request);
    await start();

    const served = () => new Set(bodies(hook.received)).size;
    await settled(async () => {
      // One place comes free at a time, never all at once.
      held.shift()?.answer(200);
      return served() === bots.length || hook.received.length === bots.length * 4;
    });
    hook.onRequest = (request) => request.answer(200);
    for (const request of held) request.answer(200);

    expect(served()).toBe(bots.length);
    expect(hook.received.length).toBeLessThan(bots.length * 3);
  });

  it('lets one bot with a dead receiver disturb no other', async () => {
    const [dead, alive] = [await receiver(), await receiver()];
    dead.onRequest = () => undefined;
    const { aBot, queue, start, waiting, settled } = await deliveryRig();
    const [slow, healthy] = [await aBot(dead.url), await aBot(alive.url)];
    await start();

    for (let index = 0; index < 20; index += 1) await queue(slow, `s${index}`, `c${index}@x`);
    for (let index = 0; index < 20; index += 1) await queue(healthy, `h${index}`, `c${index}@x`);
    await settled(async () => (await waiting(healthy)) === 0);

    expect(alive.received).toHaveLength(20);
    expect(dead.received.length).toBeLessThanOrEqual(8);
    await dead.close();
  });
});
