import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { type Received, receiver } from '../support/receiver.ts';
import { lastUpdateId, outboxStates } from '../support/registry.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

type Server = Awaited<ReturnType<typeof startEjabberd>>;

let server: Server;

beforeAll(async () => {
  server = await startEjabberd();
  await server.register('you', 'you-pw');
  await server.register('friend', 'friend-pw');
});
afterAll(() => server?.stop());

async function signedInEngine(dataDir: string): Promise<EngineProcess> {
  const engine = await startEngineProcess(dataDir);
  onTestFinished(engine.kill);
  await signInOn(engine, server);
  return engine;
}

async function person(jid: string, password: string): Promise<ChatClient> {
  const client = await chatClient(server, jid, password);
  onTestFinished(() => client.close());
  return client;
}

describe('an engine that is killed', () => {
  it('loses no message on the way to a webhook, and repeats one only under the same delivery id', async () => {
    const dataDir = testFolder();
    const hook = await receiver();
    // Every third request is left unanswered: at these the engine is killed.
    const hold = (request: Received) => {
      if (hook.received.length % 3 !== 0) request.answer(200);
    };
    hook.onRequest = hold;
    let engine = await signedInEngine(dataDir);
    const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Ledger', account: 'you@localhost' },
    });
    await engine.call('POST', '/bot/setWebhook', { token: bot.token, body: { url: hook.url } });
    const you = await person('you@localhost', 'you-pw');
    const sent = Array.from({ length: 30 }, (_, index) => `message ${index}`);
    for (const text of sent) await you.say('you@localhost', text);
    await until('all messages to be stored', () => lastUpdateId(dataDir) === sent.length * 2);

    for (const held of [3, 6, 9]) {
      await hook.count(held);
      await engine.kill();
      engine = await startEngineProcess(dataDir);
      onTestFinished(engine.kill);
    }
    hook.onRequest = (request) => request.answer(200);
    await engine.kill();
    engine = await startEngineProcess(dataDir);
    onTestFinished(engine.kill);
    const seen = () => hook.received.map(({ body }) => String(body.data.body));
    await until(
      'every message at the receiver',
      () => sent.every((text) => seen().includes(text)) || undefined,
      40_000,
    );

    const idsByText = Map.groupBy(hook.received, ({ body }: Received) => String(body.data.body));
    for (const [text, requests] of idsByText) {
      expect([text, new Set(requests.map(({ headers }) => headers['x-bot-delivery'])).size]).toEqual([
        text,
        1,
      ]);
    }
    expect([...new Set(seen())]).toEqual(sent);
    expect(hook.received.length).toBeGreaterThan(sent.length);
  }, 90_000);

  it('sends every message it said yes to, in order, each under one id', async () => {
    const dataDir = testFolder();
    const engine = await signedInEngine(dataDir);
    const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Sender', account: 'you@localhost' },
    });
    const friend = await person('friend@localhost', 'friend-pw');
    const promised: string[] = [];

    const sending = (async () => {
      for (let index = 0; index < 25; index += 1) {
        const body = { to: 'friend@localhost', text: `promise ${index}` };
        const answer = await engine.call<{ message_id: string }>('POST', '/bot/sendMessage', {
          token: bot.token,
          body,
        });
        if (answer.status === 200) promised.push(answer.body.message_id);
        if (index === 20) void engine.kill();
      }
    })().catch(() => undefined);
    await sending;
    const again = await startEngineProcess(dataDir);
    onTestFinished(again.kill);
    await until(
      'every promised message',
      () => promised.every((id) => friend.ids().includes(id)) || undefined,
      40_000,
    );

    expect(promised.length).toBeGreaterThanOrEqual(20);
    const arrived = [...new Set(friend.ids())].filter((id) => promised.includes(id));
    expect(arrived).toEqual(promised);
  }, 90_000);
});

describe('an engine whose server restarts', () => {
  it('is back by itself and delivers what was queued meanwhile', async () => {
    const dataDir = testFolder();
    const engine = await signedInEngine(dataDir);
    const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Patient', account: 'you@localhost' },
    });
    const { token } = bot;

    await server.stop();
    await until('the engine to notice', async () => {
      const { body } = await engine.call<{ state: string }>('GET', '/bot/getMe', { token });
      return body.state !== 'online';
    });
    const queued = await engine.call('POST', '/bot/sendMessage', {
      token,
      body: { to: 'friend@localhost', text: 'queued' },
    });
    await server.restart();
    await until(
      'the engine to be back',
      async () => {
        const { body } = await engine.call<{ state: string }>('GET', '/bot/getMe', { token });
        return body.state === 'online';
      },
      60_000,
    );

    expect(queued.status).toBe(200);
    await until('the server to have the message', () => outboxStates(dataDir).at(-1) === 'acked', 40_000);
    // Only now: a message that met the friend's client between its binding and its presence was seen to stay away.
    const friend = await person('friend@localhost', 'friend-pw');
    await until('the queued message', () => friend.bodies().includes('queued'), 40_000);
  }, 120_000);
});
