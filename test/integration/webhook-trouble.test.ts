import { describe, expect, it, onTestFinished } from 'vitest';
import { deliveryRig, PROGRAM } from '../support/delivery-rig.ts';
import { type Received, receiver } from '../support/receiver.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60_000;
const bodies = (received: Received[]) => received.map(({ body }) => body.data.body);

/** A bot whose receiver answers 500 to everything until told otherwise, after its first failure. */
async function failing() {
  const hook = await receiver();
  hook.onRequest = (request) => request.answer(500);
  const rig = await deliveryRig();
  const botId = await rig.aBot(hook.url);
  const runner = await rig.start();
  await rig.queue(botId, 'x');
  const failuresAre = (count: number) =>
    rig.settled(async () => (await rig.endpoints.of(botId)).failures === count);
  await failuresAre(1);
  await rig.settled(() => rig.clock.waits.includes(1_000));
  return { ...rig, hook, botId, runner, failuresAre };
}

describe('a webhook in trouble', () => {
  it('keeps its count of refusals over a restart', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(404);
    const { aBot, queue, start, clock, settled, letters, waiting } = await deliveryRig();
    const botId = await aBot(hook.url);
    const first = await start();
    await queue(botId, 'bad');
    await settled(() => clock.waits.includes(1_000));
    clock.advance(1_000);
    await settled(() => clock.waits.includes(2_000));

    await first.stop();
    await start();
    await settled(() => clock.waits.includes(4_000));
    clock.advance(4_000);
    await settled(async () => (await waiting(botId)) === 0);

    expect(hook.received.map(({ headers }) => headers['x-bot-attempt'])).toEqual(['1', '2', '3', '4']);
    expect(await letters.count(botId)).toBe(1);
  });

  it('counts only refusals as such: an address that was down spends no tries of an update', async () => {
    const hook = await receiver();
    const answers = [503, 503, 400, 400, 400, 200];
    hook.onRequest = (request) => request.answer(answers[hook.received.length - 1] ?? 200);
    const { aBot, queue, start, clock, settled, letters, waiting } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'x');

    for (const waitMs of [1_000, 2_000, 1_000, 2_000, 4_000]) {
      await settled(() => clock.waits.includes(waitMs));
      clock.advance(waitMs);
    }
    await settled(async () => (await waiting(botId)) === 0);

    expect(hook.received).toHaveLength(6);
    expect(await letters.count(botId)).toBe(0);
  });

  it('is announced once when it begins, and once when it is over', async () => {
    const hook = await receiver();
    const answers = [500, 500, 200, 200];
    hook.onRequest = (request) => request.answer(answers[hook.received.length - 1] ?? 200);
    const { aBot, queue, start, clock, settled, waiting, events } = await deliveryRig();
    const told: boolean[] = [];
    events.on('webhook.health-changed', ({ isFailing }) => told.push(isFailing));
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'x');

    for (const waitMs of [1_000, 2_000]) {
      await settled(() => clock.waits.includes(waitMs));
      clock.advance(waitMs);
    }
    await settled(async () => (await waiting(botId)) === 0);
    await queue(botId, 'y');
    await settled(async () => (await waiting(botId)) === 0);

    expect(told).toEqual([true, false]);
  });

  it('takes up a rest where it was after a restart', async () => {
    const { runner, start, clock, hook, waiting, botId, settled } = await failing();
    clock.advance(600);
    await runner.stop();

    hook.onRequest = (request) => request.answer(200);
    await start();
    await settled(() => clock.waits.includes(400));
    expect(hook.received).toHaveLength(1);
    clock.advance(400);
    await settled(async () => (await waiting(botId)) === 0);

    expect(hook.received).toHaveLength(2);
  });

  it.each([
    ['back', -DAY_MS],
    ['forward', DAY_MS],
  ])('neither stops nor rushes when the wall clock is set %s a day', async (_, jumpMs) => {
    const { clock, hook, failuresAre, settled } = await failing();

    clock.jump(jumpMs);
    clock.advance(999);
    expect(hook.received).toHaveLength(1);
    clock.advance(1);
    await failuresAre(2);
    await settled(() => clock.waits.includes(2_000));

    expect(hook.received).toHaveLength(2);
  });

  it('does not rest longer after a restart than it was meant to, whatever a wrong clock left behind', async () => {
    const { runner, start, clock, hook, settled } = await failing();
    await runner.stop();
    clock.jump(-DAY_MS);

    await start();
    await settled(() => clock.waits.includes(1_000));
    clock.advance(1_000);
    await hook.count(2);
  });

  it('probes at once when the machine wakes up and the rest is over', async () => {
    const { clock, hook, wakeUp } = await failing();

    clock.jump(DAY_MS);
    wakeUp();
    await hook.count(2);
  });

  it('tries at once when the same address is set again', async () => {
    const { store, hook, webhooksOf, runner, bots, botId, waiting, settled } = await failing();
    const bot = await bots.byId(botId);
    if (!bot) throw new Error('the bot is there');
    hook.onRequest = (request) => request.answer(200);

    const again = { url: hook.url, types: undefined, secret: undefined, rotateSecret: false };
    await store.write((tx) => webhooksOf(runner).set(tx, bot, again, PROGRAM));
    await settled(async () => (await waiting(botId)) === 0);

    expect(hook.received).toHaveLength(2);
  });

  it('goes on resting when only the bot changed, and sends nothing twice', async () => {
    const hook = await receiver();
    const held: Received[] = [];
    hook.onRequest = (request) => void held.push(request);
    const { aBot, queue, start, events, waiting, settled, bots } = await deliveryRig();
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'a1');
    await queue(botId, 'a2');
    await hook.count(1);

    const bot = await bots.byId(botId);
    events.emit('bot.changed', { botId, owner: bot?.owner ?? ('' as never) });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(hook.received).toHaveLength(1);
    hook.onRequest = (request) => request.answer(200);
    held[0]?.answer(200);
    await settled(async () => (await waiting(botId)) === 0);

    expect(bodies(hook.received)).toEqual(['a1', 'a2']);
  });

  it('gives what nobody took to polling when it is ended, and forgets what was answered', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(request.body.data.body === 'good' ? 200 : 500);
    const { aBot, queue, start, store, webhooksOf, bots, service, settled, waiting, endpoints } =
      await deliveryRig();
    const botId = await aBot(hook.url);
    const runner = await start();
    await queue(botId, 'good', 'a@x');
    await settled(async () => (await waiting(botId)) === 0);
    await queue(botId, 'bad', 'b@x');
    await settled(async () => (await endpoints.of(botId)).failures === 1);
    const before = await bots.byId(botId);
    if (!before) throw new Error('the bot is there');

    await store.write((tx) => webhooksOf(runner).end(tx, before, PROGRAM));
    const bot = await bots.byId(botId);
    if (!bot) throw new Error('the bot is there');
    const left = await service.poll(bot, {
      offset: undefined,
      limit: 100,
      timeoutMs: 0,
      types: ['message'],
      signal: new AbortController().signal,
      recheck: async () => undefined,
    });

    expect(left.map(({ data }) => data)).toEqual(['{"body":"bad"}']);
  });

  it('is given nothing of a type it did not ask for', async () => {
    const hook = await receiver();
    const { aBot, queue, start } = await deliveryRig();
    const botId = await aBot(hook.url, ['reaction']);
    await start();

    await queue(botId, 'text', 'a@x', 'message');
    await queue(botId, 'heart', 'a@x', 'reaction');
    await hook.count(1);

    expect(bodies(hook.received)).toEqual(['heart']);
  });
});

describe('the owner of a webhook in trouble', () => {
  it.each([
    {
      language: 'en' as const,
      failing: (host: string) =>
        `The webhook of Weather (ID: 1) has been failing for 15 minutes: ${host} (answered 500).\nNothing is lost: I keep trying for 24 hours and tell you when it works again.`,
      well: (host: string) => `The webhook of Weather (ID: 1) works again: ${host}.`,
    },
    {
      language: 'de' as const,
      failing: (host: string) =>
        `Der Webhook von Weather (ID: 1) geht seit 15 Minuten nicht: ${host} (Antwort 500).\nEs geht nichts verloren: Ich versuche es 24 Stunden lang weiter und sage dir, wenn er wieder geht.`,
      well: (host: string) => `Der Webhook von Weather (ID: 1) geht wieder: ${host}.`,
    },
  ])('is told once after 15 minutes, and when it is well again, in $language', async (said) => {
    const { clock, told, settled, endpoints, botId, hook, waiting, failuresAre, ...rig } = await failing();
    await rig.store.write((tx) => rig.accounts.setLanguage(tx, rig.accountId, said.language));
    const probe = async (count: number) => {
      const restMs = (await endpoints.of(botId)).pausedUntil - clock.now();
      await settled(() => clock.waits.some((waitMs) => waitMs <= restMs));
      clock.advance(restMs);
      await failuresAre(count);
    };
    // 1 + 2 + 4 + 15 + 60 + 300 s have passed with the seventh failure.
    for (let failures = 2; failures <= 7; failures += 1) await probe(failures);
    expect(await told()).toEqual([]);

    await settled(() => clock.waits.includes((900 - 382) * 1_000));
    clock.advance((900 - 382) * 1_000);
    await settled(async () => (await told()).length === 1);
    await probe(8);
    await probe(9);
    expect(await told()).toEqual([said.failing(`127.0.0.1:${hook.port}`)]);

    hook.onRequest = (request) => request.answer(200);
    clock.advance((await endpoints.of(botId)).pausedUntil - clock.now());
    await settled(async () => (await waiting(botId)) === 0);
    await settled(async () => (await told()).length > 1);
    expect((await told()).slice(1)).toEqual([said.well(`127.0.0.1:${hook.port}`)]);
  });

  it('is told in their language that 410 switched it off', async () => {
    const hook = await receiver();
    hook.onRequest = (request) => request.answer(410);
    const { aBot, queue, start, told, settled, accounts, accountId, store, bots, audit } =
      await deliveryRig();
    await store.write((tx) => accounts.setLanguage(tx, accountId, 'de'));
    const botId = await aBot(hook.url);
    await start();
    await queue(botId, 'x');

    await settled(async () => (await told()).length === 1);

    expect((await told())[0]).toContain(`ist jetzt aus: 127.0.0.1:${hook.port} hat 410 geantwortet`);
    expect((await bots.byId(botId))?.webhookUrl).toBeUndefined();
    expect(await audit.page({ limit: 1 })).toMatchObject([{ action: 'webhook.end', actor: 'engine', botId }]);
  });

  it('is told in their language why it has been failing', async () => {
    const { told, settled, accounts, accountId, store, aBot, notices } = await deliveryRig();
    await store.write((tx) => accounts.setLanguage(tx, accountId, 'de'));
    const botId = await aBot('http://127.0.0.1:9/hook');

    await store.write((tx) =>
      notices.tell(tx, botId, 'webhook-failing', { host: '127.0.0.1:9', reason: 'answered 500' }),
    );

    await settled(async () => (await told()).length === 1);
    expect((await told())[0]).toContain('geht seit 15 Minuten nicht: 127.0.0.1:9 (Antwort 500)');
  });

  it('is told of each new host, without a flood, and never of a path', async () => {
    const { aBot, bots, store, webhooksOf, newRunner, told, clock, settled, notices } = await deliveryRig();
    onTestFinished(notices.start());
    const bot = await bots.byId(await aBot('https://one.example/secret'));
    if (!bot) throw new Error('the bot is there');
    const webhooks = webhooksOf(newRunner());
    const set = (url: string) =>
      store.write((tx) =>
        webhooks.set(tx, bot, { url, types: undefined, secret: undefined, rotateSecret: false }, PROGRAM),
      );

    await set('https://one.example/other-path');
    expect(await told()).toEqual([]);
    await set('https://two.example/secret');
    await set('https://three.example/secret');
    await set('https://four.example/secret');
    expect(await told()).toEqual([
      'What Weather (ID: 1) receives goes to two.example from now on (before: one.example). A program with its token asked for that.\nIf that was not you: /revoke 1',
    ]);
    await settled(() => clock.waits.includes(10 * MINUTE_MS));
    clock.advance(10 * MINUTE_MS);
    await settled(async () => (await told()).length === 2);

    const [, later = ''] = await told();
    expect(later.split('\n\n')).toEqual([
      expect.stringContaining('goes to three.example from now on (before: two.example)'),
      expect.stringContaining('goes to four.example from now on (before: three.example)'),
    ]);
  });

  it('hears after a restart what was held before it', async () => {
    const { aBot, store, told, clock, settled, notices, newNotices } = await deliveryRig();
    const botId = await aBot('https://one.example/');
    for (const host of ['a', 'b']) {
      await store.write((tx) => notices.tell(tx, botId, 'webhook-host', { host, before: '-' }));
    }
    await notices.start()();

    clock.advance(11 * MINUTE_MS);
    onTestFinished(newNotices().start());
    await settled(async () => (await told()).length === 2);

    expect((await told())[1]).toContain('goes to b from now on');
  });
});
