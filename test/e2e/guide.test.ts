import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { startAiStub } from '../support/ai/ai-stub.ts';
import type { ChatClient } from '../support/chat-client.ts';
import { commandsOf, filledIn, guideText, isValidByGuide, startProgram } from '../support/guide.ts';
import { type GuideStage, guideStage, guideTelegram, RALF, USER } from '../support/guide-stage.ts';
import { receiver } from '../support/receiver.ts';
import { lacks } from '../support/servers/ready.ts';
import { until } from '../support/until.ts';

describe.skipIf(lacks('server', 'guide'))("the guide's examples", () => {
  let stage: GuideStage;
  const closings: (() => Promise<void> | void)[] = [];
  beforeAll(async () => {
    stage = await guideStage((close) => void closings.push(close));
  });
  afterAll(async () => {
    for (const close of closings.reverse()) await close();
  });

  it('of 8.3 manage bots', async () => {
    const { aBot, run } = stage;
    const [health, create, all, filtered, remove, removeToo, activate, ...rest] =
      commandsOf('8.3-management.sh');
    if (!health || !create || !all || !filtered || !remove || !removeToo || !activate) throw new Error('8.3');
    const { port, id, token } = await aBot('First');
    const second = await aBot('Second');
    const third = await aBot('Third');

    expect((await run(health, { port })).body).toEqual({
      status: 'ok',
      version: expect.any(String),
      active_bots: 3,
    });
    const made = (await run(create, { port })).body;
    expect(made).toMatchObject({
      id: expect.any(Number),
      name: 'MyBot',
      token: expect.stringMatching(/^bm_[0-9a-f]{64}$/),
      mode: 'personal',
      api_url: `http://localhost:${port}/bot/`,
      hint: 'Use token as Bearer in Authorization header',
    });
    for (const command of [all, filtered]) {
      const { bots } = (await run(command, { port })).body as unknown as { bots: object[] };
      expect(bots).toHaveLength(4);
      expect(bots[0]).toMatchObject({
        id,
        name: 'First',
        jid: '',
        mode: 'personal',
        status: 'active',
        token,
      });
    }
    expect((await run(remove, { port, id: second.id })).body).toMatchObject({ deleted: true, id: second.id });
    expect((await run(removeToo, { port, id: third.id })).body).toMatchObject({
      deleted: true,
      id: third.id,
    });
    expect((await run(activate, { port, id })).body).toMatchObject({ id, status: 'active' });
    expect((await run(remove, { port, id: Number(made.id) })).status).toBe(200);
    expect(rest).toEqual([]);
  });

  it('of 8.4 send a message and fetch updates', async () => {
    const { ralf, farUser, aBot, updates, run, heard } = stage;
    const [send, fetchAll, next, ...rest] = commandsOf('8.4-messages.sh');
    if (!send || !fetchAll || !next) throw new Error('8.4');
    const bot = await aBot('Messenger');

    const sent = await run(send, bot);
    expect(sent.body).toMatchObject({ ok: true, result: { message_id: sent.body.message_id } });
    await heard(farUser, 'Hello!');
    expect(farUser.ids()).toContain(sent.body.message_id);

    await ralf.say(RALF, 'hello bot');
    const [update] = await updates(bot.token, 1);
    const fetched = await run(fetchAll, bot);
    expect(fetched.body).toEqual({ ok: true, result: [update] });
    expect(update?.data).toMatchObject({ from: RALF, to: RALF, body: 'hello bot', type: 'chat' });
    const acknowledged = { ...bot, lastUpdateId: update?.update_id ?? 0 };
    expect((await run(next, acknowledged)).body).toEqual({ ok: true, result: [] });
    expect((await run(fetchAll, bot)).body).toEqual({ ok: true, result: [] });
    expect(rest).toEqual([]);
  });

  it('of 8.5 and 8.6 set a webhook whose signature the guide finds valid, react and register commands', async () => {
    const { engine, farUser, aBot, updates, reactions } = stage;
    const bot = await aBot('Webhook', 'direct');
    const hook = await receiver();
    await farUser.say(RALF, 'what about this?');
    const [update] = await updates(bot.token, 1);
    const filled = { ...bot, receiver: hook, messageId: update?.data.stanza_id ?? '' };
    const examples = JSON.parse(filledIn(guideText('8.5-8.6-bodies.json'), filled)) as {
      route: string;
      body: unknown;
    }[];

    const answers: Record<string, { status: number; body: Record<string, unknown> }> = {};
    for (const { route, body } of examples) {
      answers[route] = await engine.call('POST', route, { token: bot.token, body });
    }

    const secret = String(answers['/bot/setWebhook']?.body.secret);
    expect(answers['/bot/setWebhook']).toMatchObject({
      status: 200,
      body: { ok: true, result: { webhook_url: hook.url, secret } },
    });
    expect(answers['/bot/sendReaction']).toEqual({ status: 200, body: { ok: true, result: true } });
    expect(answers['/bot/setCommands']).toEqual({ status: 200, body: { ok: true, result: true } });
    await until('the reaction', () => reactions(farUser).some(({ emoji }) => emoji === '👍'));
    const { body } = await engine.call('GET', '/bot/getCommands', { token: bot.token });
    expect((body.result as { command: string }[]).map(({ command }) => command)).toEqual([
      'weather',
      'news',
      'help',
    ]);

    await hook.count(1);
    const delivery = hook.received[0];
    const signature = String(delivery?.headers['x-bot-signature']);
    const payload = delivery?.text ?? '';
    expect(delivery?.headers).toMatchObject({ 'content-type': expect.stringMatching(/^application\/json/) });
    expect(delivery?.headers['user-agent']).toMatch(/^DinoX-BotAPI\/1\.0/);
    expect(delivery?.body).toMatchObject({ update_type: 'message', data: { body: 'what about this?' } });
    expect(await isValidByGuide({ payload, signature, secret })).toBe(true);
    expect(await isValidByGuide({ payload: `${payload} `, signature, secret })).toBe(false);
  });

  it('of 8.8 link the bot with Telegram and send there', async () => {
    const { aBot, run } = stage;
    const [setup, status, enable, send, test, ...rest] = commandsOf('8.8-telegram.sh');
    if (!setup || !status || !enable || !send || !test) throw new Error('8.8');
    const { telegram, chat, bot: mybot } = await guideTelegram(stage);
    const bot = { ...(await aBot('Bridged')), telegram };
    const linked = { configured: true, chat_id: telegram.chatId, mode: 'bridge' };

    const made = (await run(setup, bot)).body;
    expect(made).toEqual({ ...linked, ok: true, result: linked });
    expect((await run(status, bot)).body).toMatchObject({ enabled: true, ...linked });
    expect((await run(enable, bot)).body).toEqual({ enabled: true, ok: true, result: { enabled: true } });
    expect((await run(send, bot)).body).toEqual({ sent: true, ok: true, result: { sent: true } });
    await until('the text at Telegram', () => chat.botTexts().includes('[XMPP] API:\nHello Telegram!'));
    expect((await run(test, bot)).body).toMatchObject({
      connected: true,
      info: `Telegram connected!\nBot: MyBot (@${mybot.username})`,
    });
    expect(rest).toEqual([]);
  });

  it('of 8.9 set up the AI and ask it', async () => {
    const { aBot, run } = stage;
    const [setup, status, ask, ...rest] = commandsOf('8.9-ai.sh');
    if (!setup || !status || !ask) throw new Error('8.9');
    const groq = await startAiStub({ provider: 'groq', key: 'gsk_abc' });
    groq.always({ text: 'The capital of France is Paris.' });
    const bot = { ...(await aBot('Clever')), groqUrl: groq.baseUrl };

    const model = 'llama-3.3-70b-versatile';
    expect((await run(setup, bot)).body).toMatchObject({ configured: true, provider: 'groq', model });
    expect((await run(status, bot)).body).toMatchObject({
      enabled: true,
      configured: true,
      type: 'groq',
      model,
      endpoint: `${groq.baseUrl}/chat/completions`,
    });
    expect((await run(ask, bot)).body).toMatchObject({ response: 'The capital of France is Paris.' });
    expect(groq.questions().map(({ question }) => question)).toEqual(['What is the capital of France?']);
    expect(rest).toEqual([]);
  });

  it('of 8.11, the echo bot that polls: it answers a friend, and does not answer itself', async () => {
    const { ralf, user, aBot, heard } = stage;
    const bot = await aBot('Echo', 'direct');
    await startProgram('8.11-polling.py', bot);
    const echoes = (client: ChatClient) => client.bodies().filter((text) => text.startsWith('You said: '));

    await user.say(RALF, 'hello bot');
    await heard(user, 'You said: hello bot');
    // What it says to ralf stands in the chat in which it listens.
    for (const text of ['one', 'two', 'three']) {
      await ralf.say(RALF, text);
      await heard(ralf, `You said: ${text}`);
    }

    expect(echoes(user)).toEqual(['You said: hello bot']);
    expect(echoes(ralf)).toEqual(['You said: one', 'You said: two', 'You said: three']);
    // The program has fetched four messages in all; an echo of its own would have been the fifth.
    await ralf.say(RALF, 'last');
    await heard(ralf, 'You said: last');
    expect(echoes(ralf)).toHaveLength(4);
  });

  it('of 8.12, the bot with Flask: it checks each signature and answers', async () => {
    const { engine, user, aBot, heard } = stage;
    const bot = await aBot('Hook', 'direct');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/webhook`;
    const { body } = await engine.call('POST', '/bot/setWebhook', { token: bot.token, body: { url } });
    const secret = String(body.secret);
    await startProgram('8.12-webhook.py', { ...bot, secret, receiver: { url, port } });
    // What comes before is tried again, seldom after a few seconds.
    await until('it to listen', () =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    );

    await user.say(RALF, 'ping');
    await user.say(RALF, 'something else');
    await heard(user, 'Pong! 🏓');
    await heard(user, 'Received: something else');

    // Anybody else who posts to it is refused by the guide's own check.
    const forged = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bot-signature': `sha256=${'0'.repeat(64)}` },
      body: JSON.stringify({ update_type: 'message', data: { from: USER, body: 'ping' } }),
    });
    expect(forged.status).toBe(403);
    expect(user.bodies().filter((text) => text === 'Pong! 🏓')).toHaveLength(1);
  });

  it('of 8.13 registers its commands', async () => {
    const { engine, aBot } = stage;
    const bot = await aBot('Commands');

    const program = await startProgram('8.13-commands.py', bot);

    expect((await program.exited).code).toBe(0);
    const { body } = await engine.call('GET', '/bot/getCommands', { token: bot.token });
    expect(body.result).toMatchObject([{ command: 'hello' }, { command: 'time' }, { command: 'help' }]);
  });
});
