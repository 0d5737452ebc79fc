import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import {
  type Command,
  commandsOf,
  type Filled,
  filledIn,
  guideText,
  isValidByGuide,
  runCurl,
  startProgram,
} from '../support/guide.ts';
import { receiver } from '../support/receiver.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { until } from '../support/until.ts';

const RALF = 'ralf@chat.example.com';
const USER = 'user@chat.example.com';
/** Named in section 8.4. */
const FAR_USER = 'user@server.tld';

/** Examples of what comes in later versions. */
const LATER = /file|room|Telegram|AI|OpenClaw/;

interface Update {
  update_id: number;
  data: { from: string; body: string; stanza_id: string };
}

describe.skipIf(lacks('server', 'guide'))("the guide's examples", () => {
  let server: Awaited<ReturnType<typeof startEjabberd>>;
  let engine: EngineProcess;
  let ralf: ChatClient;
  let user: ChatClient;
  let farUser: ChatClient;
  const dataDir = mkdtempSync(join(tmpdir(), 'botmother-guide-'));

  beforeAll(async () => {
    server = await startEjabberd({ domains: ['localhost', 'chat.example.com', 'server.tld'] });
    await server.register('ralf', 'ralf-pw', 'chat.example.com');
    await server.register('user', 'user-pw', 'chat.example.com');
    await server.register('user', 'user-pw', 'server.tld');
    engine = await startEngineProcess(dataDir);
    const where = ['--service', server.service, '--ca', server.caFile, '--password-stdin'];
    const added = await engine.cli(['account', 'add', RALF, ...where], 'ralf-pw\n');
    expect(added).toMatchObject({ status: 0, stdout: `${RALF}  online\n` });
    [ralf, user, farUser] = await Promise.all([
      chatClient(server, RALF, 'ralf-pw'),
      chatClient(server, USER, 'user-pw'),
      chatClient(server, FAR_USER, 'user-pw'),
    ]);
  });
  afterAll(async () => {
    await Promise.all([ralf, user, farUser].map((client) => client?.close()));
    await engine?.stop();
    await server?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A bot of the test's own; the newest is the one that ralf's texts to himself go to. */
  async function aBot(name: string, scope = 'self'): Promise<Pick<Filled, 'port' | 'id' | 'token'>> {
    const { body } = await engine.call<{ id: number; token: string }>('POST', '/bot/create', {
      body: { name, account: RALF },
    });
    await set(body.id, scope);
    onTestFinished(async () => {
      await engine.call('POST', '/bot/delete', { body: { id: body.id } });
    });
    return { port: engine.port, id: body.id, token: body.token };
  }
  async function set(id: number, scope: string): Promise<void> {
    const { status } = await engine.call('POST', `/bot/settings?id=${id}`, { body: { scope } });
    expect(status).toBe(200);
  }

  /** Waits for that many updates of a bot, without taking them away. */
  const updates = (token: string, count: number) =>
    until(`${count} updates`, async () => {
      const { body } = await engine.call('GET', '/bot/getUpdates', { token });
      const found = body.result as Update[];
      return found.length >= count ? found : undefined;
    });
  const run = (command: Command, filled: Partial<Filled>) => runCurl(filledIn(command.text, filled));
  const heard = (client: ChatClient, text: string) =>
    until(`"${text}" at a client`, () => client.bodies().includes(text));
  const reactions = (client: ChatClient) =>
    client
      .stanzas()
      .flatMap((stanza) => stanza.getChild('reactions', 'urn:xmpp:reactions:0') ?? [])
      .map((element) => ({ id: element.attrs.id, emoji: element.getChildText('reaction') }));

  it('of 8.3 manage bots', async () => {
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

  it('of 8.10 run from the first to the last', async () => {
    const hook = await receiver();
    let filled: Partial<Filled> = { port: engine.port, receiver: hook };
    const done: string[] = [];
    const expectations: Record<string, (body: Record<string, unknown>) => void | Promise<void>> = {
      'Check server health': (body) => expect(body.status).toBe('ok'),
      'Create a personal bot': async (body) => {
        const [id, token] = [Number(body.id), String(body.token)];
        filled = { ...filled, id, token };
        await set(id, 'direct');
        await user.say(RALF, 'hi there');
        const [update] = await updates(token, 1);
        filled = {
          ...filled,
          messageId: update?.data.stanza_id ?? '',
          lastUpdateId: update?.update_id ?? 0,
        };
      },
      'List all bots': (body) =>
        expect(body.bots).toContainEqual(expect.objectContaining({ id: filled.id, token: filled.token })),
      'Send a message': async (body) => {
        await heard(user, 'Hello from the API!');
        expect(user.ids()).toContain(body.message_id);
      },
      'Send a reaction': async (body) => {
        expect(body).toEqual({ ok: true, result: true });
        await until('the reaction', () => reactions(user).length > 0);
        expect(reactions(user)).toEqual([{ id: filled.messageId, emoji: '👍' }]);
      },
      'Get incoming messages (polling)': (body) =>
        expect(body.result).toMatchObject([{ type: 'message', data: { from: USER, body: 'hi there' } }]),
      'Acknowledge and get next': (body) => expect(body).toEqual({ ok: true, result: [] }),
      'Set webhook': (body) =>
        expect(body).toMatchObject({ webhook_url: hook.url, secret: expect.stringMatching(/^whsec_/) }),
      'Delete webhook': (body) => expect(body).toEqual({ ok: true, result: true }),
      'Register bot commands': (body) => expect(body).toEqual({ ok: true, result: true }),
      'Get registered commands': (body) =>
        expect(body.result).toEqual(
          [
            { command: 'help', description: 'Show help' },
            { command: 'weather', description: 'Get weather info' },
          ].map((command) => expect.objectContaining({ command: command.command })),
        ),
      'Get bot info': (body) =>
        expect(body.result).toMatchObject({ id: filled.id, name: 'MyBot', status: 'active' }),
      'Get extended info': (body) =>
        expect(body.result).toMatchObject({
          bot: { id: filled.id },
          commands: [{ command: 'help' }, { command: 'weather' }],
          active_sessions: expect.any(Number),
        }),
      'Regenerate token': (body) => {
        expect(body).toMatchObject({ id: filled.id, token: expect.stringMatching(/^bm_/) });
        expect(body.token).not.toBe(filled.token);
      },
      'Revoke token': (body) =>
        expect(body).toMatchObject({ id: filled.id, revoked: true, status: 'disabled' }),
      'Activate bot': (body) => expect(body).toMatchObject({ id: filled.id, status: 'active' }),
      'Deactivate bot': (body) => expect(body).toMatchObject({ id: filled.id, status: 'disabled' }),
      'Delete bot': (body) => expect(body).toMatchObject({ deleted: true, id: filled.id }),
    };

    for (const command of commandsOf('8.10-quick-reference.sh')) {
      const { title } = command;
      if (LATER.test(title)) continue;
      if (title.startsWith('Create a dedicated bot')) {
        // It needs the admin API of the server, which is not set here.
        expect(await run(command, filled)).toMatchObject({ status: 400, body: { error: 'not_configured' } });
        continue;
      }
      const answer = await run(command, filled);
      expect(answer.status, `${title}: ${answer.text}`).toBe(200);
      const expectation = expectations[title];
      if (!expectation) throw new Error(`nothing is expected of "${title}"`);
      await expectation(answer.body);
      done.push(title);
    }

    expect(done).toEqual(Object.keys(expectations));
  });

  it('of 8.11, the echo bot that polls: it answers a friend, and does not answer itself', async () => {
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
    const bot = await aBot('Hook', 'direct');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/webhook`;
    const { body } = await engine.call('POST', '/bot/setWebhook', { token: bot.token, body: { url } });
    const secret = String(body.secret);
    await startProgram('8.12-webhook.py', { ...bot, secret, receiver: { url, port } });

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
    const bot = await aBot('Commands');

    const program = await startProgram('8.13-commands.py', bot);

    expect((await program.exited).code).toBe(0);
    const { body } = await engine.call('GET', '/bot/getCommands', { token: bot.token });
    expect(body.result).toMatchObject([{ command: 'hello' }, { command: 'time' }, { command: 'help' }]);
  });
});
