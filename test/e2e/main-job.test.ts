import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chatClient } from '../support/chat-client.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { receiver } from '../support/receiver.ts';
import { type Profanity, startProfanity } from '../support/servers/profanity.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody } from '../support/servers/servers.ts';
import { until } from '../support/until.ts';

const NEW_BOT = /ID: (\d+)\nName: (.+)\nMode: personal\nToken: (bm_[0-9a-f]{64})\n/;

describe.skipIf(lacks('server', 'client'))('the main job, with profanity on ejabberd', () => {
  let server: Awaited<ReturnType<typeof startEjabberd>>;
  let engine: EngineProcess;
  let you: Profanity;
  let friend: Profanity;
  let token = '';
  const dataDir = mkdtempSync(join(tmpdir(), 'botmother-main-job-'));

  beforeAll(async () => {
    server = await startEjabberd();
    await server.register('you', 'you-pw');
    await server.register('friend', 'friend-pw');
    engine = await startEngineProcess(dataDir);
    await signInOn(engine, server);
    [you, friend] = await Promise.all([
      startProfanity({ server, jid: 'you@localhost', password: 'you-pw' }),
      startProfanity({ server, jid: 'friend@localhost', password: 'friend-pw' }),
    ]);
    // Both ways in which a copy reaches a client, and the window with oneself.
    await you.type('/carbons on');
    await you.type('/msg you@localhost');
  });
  afterAll(async () => {
    await you?.stop();
    await friend?.stop();
    await engine?.stop();
    await server?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const answers = () => you.messages().filter(({ text }) => NEW_BOT.test(text));

  it('answers /newbot typed to oneself exactly once', async () => {
    // Profanity takes one slash for its own commands; two send a text that begins with one.
    await you.type('//newbot Weather');
    const answer = await you.waitForMessage(({ text }) => NEW_BOT.test(text));
    // A second answer would come before the answer to a second command.
    await you.type('//mybots');
    await you.waitForMessage(({ text }) => text.includes('[1] Weather (personal, active)'));

    token = NEW_BOT.exec(answer.text)?.[3] ?? '';
    expect(answers()).toHaveLength(1);
    expect((await engine.call<{ bots: unknown[] }>('GET', '/bot/list')).body.bots).toHaveLength(1);
    expect((await you.screen()).match(/Bot created!/g)).toHaveLength(1);
  });

  it('sends what curl posts, so that a friend sees it', async () => {
    const body = { to: 'friend@localhost', text: 'Grüße 🎉 from curl' };
    const { status } = await engine.call('POST', '/bot/sendMessage', { token, body });

    expect(status).toBe(200);
    expect(await friend.waitForMessage(({ text }) => text === body.text)).toMatchObject({
      from: 'you@localhost',
    });
  });

  it('hands a text typed to oneself to getUpdates, with the sender as the guide has it', async () => {
    const waiting = engine.call('GET', '/bot/getUpdates?timeout=30', { token });
    await you.type('what is the weather? ☀');

    expect((await waiting).body.result).toEqual([
      {
        update_id: 2,
        type: 'message',
        data: {
          from: 'you@localhost',
          to: 'you@localhost',
          body: 'what is the weather? ☀',
          type: 'chat',
          stanza_id: expect.stringMatching(/./),
          timestamp: expect.any(Number),
          id: expect.stringMatching(/./),
          resource: expect.stringMatching(/./),
        },
      },
    ]);
  });

  it('never hands a bot its own answer: what it sends to its owner is no update', async () => {
    const echo = { to: 'you@localhost', text: 'echo' };
    const sent = await engine.call('POST', '/bot/sendMessage', { token, body: echo });
    expect(sent.status).toBe(200);
    await you.waitForMessage(({ text }) => text === 'echo');
    await you.type('after the echo');

    const { body } = await engine.call('GET', '/bot/getUpdates?offset=2&timeout=30', { token });
    expect((body.result as { data: { body: string } }[]).map(({ data }) => data.body)).toEqual([
      'after the echo',
    ]);
  });

  it('posts a text typed to oneself to the webhook, signed as the guide checks it', async () => {
    const hook = await receiver();
    const { body } = await engine.call<{ secret: string }>('POST', '/bot/setWebhook', {
      token,
      body: { url: hook.url },
    });
    await you.type('to the hook');
    await until(
      'the delivery',
      () => hook.received.some((request) => request.body.data.body === 'to the hook') || undefined,
    );

    for (const { headers, text } of hook.received) {
      const expected = `sha256=${createHmac('sha256', body.secret).update(text).digest('hex')}`;
      expect(headers['x-bot-signature']).toBe(expected);
    }
    await engine.call('POST', '/bot/deleteWebhook', { token });
  });

  it('does nothing for a friend who tries', async () => {
    await friend.type('/msg you@localhost');
    await friend.type('//newbot Evil');
    await you.waitForMessage(({ text }) => text === '/newbot Evil');
    await you.type('//mybots');
    await until(
      'the next answer',
      () => you.messages().filter(({ text }) => text.includes('[1] Weather')).length > 1 || undefined,
    );

    expect((await engine.call<{ bots: unknown[] }>('GET', '/bot/list')).body.bots).toHaveLength(1);
    expect(friend.messages().some(({ text }) => text.includes('Bot created'))).toBe(false);
  });

  it('stops on Ctrl-C with status 0, also when npm passes it on once more, having printed one line', async () => {
    expect(engine.readyLine).toBe(`Botmother is ready: http://localhost:${engine.port}/bot/`);
    expect(await engine.stop(['SIGINT', 'SIGINT'])).toBe(0);
    expect(engine.log()).not.toMatch(/bm_[0-9a-f]{8}|you-pw|Grüße/);
  });
});

describe.skipIf(lacks('prosody'))('the main job on Prosody', () => {
  it('runs a command once, sends a message and receives one, and is back after a restart of the server', async () => {
    await using server = await startProsody();
    await server.register('you', 'you-pw');
    await server.register('friend', 'friend-pw');
    const dataDir = mkdtempSync(join(tmpdir(), 'botmother-main-job-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const engine = await startEngineProcess(dataDir);
    onTestFinished(engine.kill);
    await signInOn(engine, server);
    const you = await chatClient(server, 'you@localhost', 'you-pw');
    onTestFinished(() => you.close());
    const friend = await chatClient(server, 'friend@localhost', 'friend-pw');
    onTestFinished(() => friend.close());

    await you.say('you@localhost', '/newbot Weather');
    const answer = await until('the answer', () => you.bodies().find((text) => NEW_BOT.test(text)));
    const token = NEW_BOT.exec(answer)?.[3] ?? '';
    await you.say('you@localhost', 'hello bot');
    const { body } = await engine.call('GET', '/bot/getUpdates?timeout=30', { token });
    await engine.call('POST', '/bot/sendMessage', {
      token,
      body: { to: 'friend@localhost', text: 'hi friend' },
    });
    await until('the message', () => friend.bodies().includes('hi friend'));

    expect(body.result).toMatchObject([{ data: { body: 'hello bot' } }]);
    expect(new Set(you.bodies().filter((text) => NEW_BOT.test(text))).size).toBe(1);
    expect((await engine.call<{ bots: unknown[] }>('GET', '/bot/list')).body.bots).toHaveLength(1);

    await server.restart();
    await until(
      'a message after the restart',
      async () => {
        const sent = await engine.call('POST', '/bot/sendMessage', {
          token,
          body: { to: 'friend@localhost', text: 'again' },
        });
        return sent.status === 200 && friend.bodies().includes('again');
      },
      60_000,
    );
  }, 120_000);
});
