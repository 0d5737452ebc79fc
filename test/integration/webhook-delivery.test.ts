import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Emitter } from '../../src-main/base/emitter.ts';
import { HttpClient } from '../../src-main/base/http-client.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { updateService } from '../../src-main/engine/updates/update-service.ts';
import { DeliveryRunner } from '../../src-main/engine/webhooks/delivery-runner.ts';
import { botRepository } from '../../src-main/store/bot-repository.ts';
import { openStore } from '../../src-main/store/open.ts';
import { updateRepository } from '../../src-main/store/update-repository.ts';
import { webhookEndpointRepository } from '../../src-main/store/webhook-endpoint-repository.ts';
import type { EngineEvents } from '../../src-shared/events.ts';
import { type BotId, LOCAL_TENANT } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type Received, receiver } from '../support/receiver.ts';
import { testFolder } from '../support/test-folder.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

async function setUp() {
  const store = await openStore(testFolder());
  onTestFinished(() => store.close());
  const box = secretBox(randomBytes(32));
  const events = new Emitter<EngineEvents>();
  const clock = new ManualClock();
  const bots = botRepository(store, box, LOCAL_TENANT);
  const updates = updateRepository(store, box);
  const endpoints = webhookEndpointRepository(store);
  const service = updateService({ store, updates, events, clock });
  const policy = { allowLoopback: true, allowPrivate: [], ownPorts: [] };

  const start = async () => {
    const runner = new DeliveryRunner({
      store,
      bots,
      updates,
      endpoints,
      events,
      client: new HttpClient(() => policy),
      isEnabled: () => true,
      clock,
      logger: silentLogger,
      version: 'test',
    });
    await runner.start();
    onTestFinished(() => runner.stop());
    return runner;
  };
  const aBot = (url: string) =>
    store.write(async (tx) => {
      const id = await bots.insert(tx, {
        name: 'x',
        owner: bareJid('you@localhost'),
        mode: 'personal',
        createdAt: 1,
      });
      await bots.setWebhook(tx, id, { url, secret: SECRET, types: undefined });
      return id;
    });
  const queue = (botId: BotId, body: string, conversation = 'you@localhost') =>
    store.write((tx) => service.queue(tx, botId, { type: 'message', conversation, data: { body } }));
  /** Waits until the runner has written down what came of an attempt: its timers then tell what it does next. */
  const settled = async (condition: () => Promise<boolean>) => {
    while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
  };
  return { store, bots, updates, endpoints, clock, start, aBot, queue, settled };
}

const bodies = (received: Received[]) => received.map(({ body }) => body.data.body);

describe('webhook delivery', () => {
  it('posts the update with both signatures and confirms it by the answer', async () => {
    const hook = await receiver();
    const { aBot, queue, start, updates, settled } = await setUp();
    const botId = await aBot(hook.url);
    await start();

    await queue(botId, 'grüße 🎉');
    await hook.count(1);
    await settled(async () => (await updates.count(botId)) === 0);

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
    const { aBot, queue, start } = await setUp();
    const botId = await aBot(hook.url);
    await Promise.all([queue(botId, 'a1', 'a@x'), queue(botId, 'a2', 'a@x'), queue(botId, 'b1', 'b@x')]);
    await start();

    await hook.count(2);
    expect(bodies(hook.received)).toEqual(['a1', 'b1']);
    held.find(({ body }) => body.data.body === 'a1')?.answer(200);
    await hook.count(3);

    expect(bodies(hook.received)).toEqual(['a1', 'b1', 'a2']);
    for (const request of held.filter(({ body }) => body.data.body !== 'a1')) request.answer(200);
  });

  it('rests after a failure, probes with one update under the same delivery id, then goes on', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(hook.received.length === 1 ? 503 : 200);
    const { aBot, queue, start, clock, updates, endpoints, settled } = await setUp();
    const botId = await aBot(hook.url);
    await start();

    await queue(botId, 'a1', 'a@x');
    await settled(async () => (await endpoints.of(botId)).failures === 1);
    await Promise.all([queue(botId, 'b1', 'b@x'), queue(botId, 'c1', 'c@x')]);
    await settled(async () => clock.waits.includes(1_000));
    expect(hook.received).toHaveLength(1);
    clock.advance(1_000);
    await settled(async () => (await updates.count(botId)) === 0);

    const [first, probe] = hook.received;
    expect(bodies(hook.received).toSorted()).toEqual(['a1', 'a1', 'b1', 'c1']);
    expect(probe?.headers['x-bot-delivery']).toBe(first?.headers['x-bot-delivery']);
    expect([first?.headers['x-bot-attempt'], probe?.headers['x-bot-attempt']]).toEqual(['1', '2']);
    expect(await endpoints.of(botId)).toMatchObject({ failures: 0, lastError: undefined });
  });

  it('waits longer after each failure in a row, as the contract lists', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(500);
    const { aBot, queue, start, clock, settled } = await setUp();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'x');

    const waits: number[] = [];
    for (let failures = 1; failures <= 10; failures += 1) {
      await hook.count(failures);
      await settled(async () => clock.waits.length === 1);
      waits.push((clock.waits[0] ?? 0) / 1_000);
      clock.advance(clock.waits[0] ?? 0);
    }

    expect(waits).toEqual([1, 2, 4, 15, 60, 300, 900, 1_800, 3_600, 3_600]);
  });

  it('obeys Retry-After, within an hour', async () => {
    const hook = await receiver();
    const asked = ['7', '1000000000', '0'];
    hook.onRequest = (request) =>
      request.answer(429, { 'retry-after': asked[hook.received.length - 1] ?? '0' });
    const { aBot, queue, start, clock, settled } = await setUp();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'x');

    await settled(async () => clock.waits.length === 1);
    expect(clock.waits).toEqual([7_000]);
    clock.advance(7_000);
    await hook.count(2);
    await settled(async () => clock.waits.length === 1);

    expect(clock.waits).toEqual([3_600_000]);
    clock.advance(3_600_000);
    await hook.count(3);
    await settled(async () => clock.waits.length === 1);
    // No shorter than our own schedule: the receiver cannot ask to be flooded.
    expect(clock.waits).toEqual([4_000]);
  });

  it('gives a refused update four tries, then buries it and goes on with the next', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(request.body.data.body === 'bad' ? 400 : 200);
    const { aBot, queue, start, clock, updates, settled, store } = await setUp();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'bad');
    await queue(botId, 'good');

    for (const waitMs of [1_000, 2_000, 4_000]) {
      await settled(async () => clock.waits.length === 1);
      expect(clock.waits).toEqual([waitMs]);
      clock.advance(waitMs);
    }
    await settled(async () => (await updates.count(botId)) === 0);

    expect(bodies(hook.received)).toEqual(['bad', 'bad', 'bad', 'bad', 'good']);
    const dead = await store.read.selectFrom('update_queue').select(['update_id', 'is_dead']).execute();
    expect(dead).toEqual([{ update_id: 2, is_dead: 1 }]);
  });

  it('does not follow a redirect', async () => {
    const [hook, elsewhere] = [await receiver(), await receiver()];
    hook.onRequest = (request) => request.answer(302, { location: elsewhere.url });
    const { aBot, queue, start, endpoints, settled } = await setUp();
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
    const { aBot, queue, start, bots, updates, settled } = await setUp();
    const botId = await aBot(hook.url);
    await start();

    await queue(botId, 'x');
    await settled(async () => (await bots.byId(botId))?.webhookUrl === undefined);

    expect(await updates.count(botId)).toBe(1);
  });

  it('delivers again after a restart what was not confirmed, under the same id', async () => {
    const hook = await receiver();
    hook.onRequest = () => undefined;
    const { aBot, queue, start, updates, settled, clock } = await setUp();
    const botId = await aBot(hook.url);
    const first = await start();
    await queue(botId, 'x');
    await hook.count(1);

    const stopped = first.stop();
    await settled(async () => clock.waits.includes(2_000));
    clock.advance(2_000);
    await stopped;
    expect(await updates.count(botId)).toBe(1);
    hook.onRequest = (request) => request.answer(200);
    await start();
    await settled(async () => (await updates.count(botId)) === 0);

    const ids = hook.received.map(({ headers }) => headers['x-bot-delivery']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('shares its places among many bots with slow receivers', async () => {
    const hook = await receiver();
    const { aBot, queue, start, settled } = await setUp();
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
    const { aBot, queue, start, updates, settled } = await setUp();
    const [slow, healthy] = [await aBot(dead.url), await aBot(alive.url)];
    await start();

    for (let index = 0; index < 20; index += 1) await queue(slow, `s${index}`, `c${index}@x`);
    for (let index = 0; index < 20; index += 1) await queue(healthy, `h${index}`, `c${index}@x`);
    await settled(async () => (await updates.count(healthy)) === 0);

    expect(alive.received).toHaveLength(20);
    expect(dead.received.length).toBeLessThanOrEqual(8);
    await dead.close();
  });
});
