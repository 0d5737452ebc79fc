import { describe, expect, it } from 'vitest';
import { aBot, signIn, type TestEngine, testEngine } from '../support/test-engine.ts';
import { typedChat } from '../support/typed-chat.ts';

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  return { engine, ...(await typedChat(engine)) };
}

const botsIn = async (engine: TestEngine) =>
  (await engine.call('GET', '/bot/list')).body.bots as { id: number; name: string; status: string }[];

describe('/setcommands', () => {
  it.each([
    ['/weather - Report, /time - The time', ['weather: Report', 'time: The time']],
    ['/weather - Report, for today, /time', ['weather: Report, for today', 'time: ']],
    [
      '\n/weather - Report, /time is no command here\n/time – The time',
      ['weather: Report, /time is no command here', 'time: The time'],
    ],
    ['weather Report', ['weather: Report']],
    ['/Weather\tReport - long', ['weather: Report - long']],
    ['/temp -5 degrees,', ['temp: -5 degrees']],
    ['-', []],
  ])('reads %j', async (text, commands) => {
    const { engine, type } = await start();
    const { id, token } = await aBot(engine);
    await type(`/setcommands ${id} /old - Old`);

    expect(await type(`/setcommands ${id} ${text}`)).toContain(`Commands set: ${commands.length}`);

    const stored = await engine.engine.botCommands.of((await engine.engine.tokens.known(token)).bot.id);
    expect(stored.map(({ command, description }) => `${command}: ${description}`)).toEqual(commands);
  });

  it.each([
    ['/weather-report - x', '"/weather-report" is not a command name'],
    ['/a - x, /A - y', 'twice'],
    [`/${'x'.repeat(33)} - y`, 'is not a command name'],
    [Array.from({ length: 101 }, (_, i) => `/c${i}`).join('\n'), 'at most 100'],
  ])('refuses %j and keeps what was set', async (text, words) => {
    const { engine, type } = await start();
    const { id } = await aBot(engine);
    await type(`/setcommands ${id} /old - Old`);

    expect(await type(`/setcommands ${id} ${text}`)).toContain(words);
    expect(await type(`/status ${id}`)).toContain('Commands: /old');
  });
});

describe('/use and /status', () => {
  it('show where typed text goes', async () => {
    const { engine, type } = await start();
    expect(await type('/status')).toContain('goes to no bot');
    const [older, newer] = [await aBot(engine, 'Older'), await aBot(engine, 'Newer')];

    expect(await type('/status')).toContain('goes to: Newer (ID: 2)');
    expect(await type(`/use ${older.id}`)).toBe('What you write here goes to Older (ID: 1) now.');
    await type('hello');

    const status = await type('/status');
    expect(status).toContain('[1] Older (personal, active), waiting updates: 1, webhook: off');
    expect(status).toContain('[2] Newer (personal, active), waiting updates: 0, webhook: off');
    expect(status).toContain('goes to: Older (ID: 1)');
    await type(`/deactivate ${older.id}`);
    expect(await type(`/use ${older.id}`)).toContain('deactivated. Activate it first');
    expect(await type('/status')).toContain('goes to: Newer (ID: 2)');
    expect(newer.id).toBe(2);
  });

  it('show the webhook and whether it fails', async () => {
    const { engine, type, store } = await start();
    const { id, token } = await aBot(engine);
    await engine.call('POST', '/bot/setWebhook', { token, body: { url: 'http://127.0.0.1:9/hook' } });

    expect(await type(`/status ${id}`)).toContain('Webhook: http://127.0.0.1:9/… (active)');
    await store.write((tx) =>
      tx.db
        .updateTable('webhook_endpoint')
        .set({ failures: 3, last_error: 'answered 500', paused_until: Date.UTC(2100, 0, 2, 3, 4) })
        .execute(),
    );
    expect(await type(`/status ${id}`)).toContain(
      'Webhook: http://127.0.0.1:9/… (failing)\nWebhook error: answered 500; next try 2100-01-02 03:04 UTC\n',
    );
    expect(await type('/status')).toContain('webhook: failing');
    await engine.call('POST', '/bot/settings', { body: { language: 'de' } });
    expect(await type(`/status ${id}`)).toContain('Webhook-Fehler: Antwort 500; nächster Versuch');
  });
});

describe('/help', () => {
  it('lists every command with usage and summary in the order of the guide, with examples', async () => {
    const { type, engine } = await start();
    const help = await type('/help');
    const names = help.match(/^\/\w+(?=.* - )/gm)?.slice(0, 14);

    expect(names).toEqual(
      'help newbot mybots deletebot token showtoken revoke activate deactivate setcommands setdescription status use scope'
        .split(' ')
        .map((name) => `/${name}`),
    );
    expect(help).toContain('\n/setcommands 3 /weather - Weather report, /time - The time\n');
    expect(help).toContain(`API URL: ${engine.apiUrl()}`);
    expect(await type('/start')).toBe(help);
    expect(await type('/help /scope')).toBe(
      '/scope <ID> self|direct|all - Set what a bot reads\nExample: /scope 3 direct',
    );
    expect(await type('/help nothing')).toBe(help);
  });
});

describe('a line of the chat', () => {
  it.each([
    ['/ke there', 'ke', 'there'],
    ['/hi', 'hi', ''],
    ['/inf', 'inf', ''],
    ['/ap x', 'ap', 'x'],
    ['/map', 'map', ''],
    ['/user', 'user', ''],
  ])('%s goes to the bot, although a command has nearly that name', async (body, command, args) => {
    const { engine, type } = await start();
    const { token } = await aBot(engine);

    expect(await type(body)).toBe('');

    const updates = (await engine.call('GET', '/bot/getUpdates', { token })).body.result;
    expect(updates).toMatchObject([{ data: { body, command, args } }]);
  });

  it('with a blank before its slash is a text, not a command', async () => {
    const { engine, type } = await start();
    const { token } = await aBot(engine);

    expect(await type(' /newbot News')).toBe('');

    const { body } = await engine.call('GET', '/bot/getUpdates', { token });
    const [{ data }] = body.result as [{ data: Record<string, unknown> }];
    expect([data.body, data.command]).toEqual([' /newbot News', undefined]);
    expect((await botsIn(engine)).map(({ name }) => name)).toEqual(['Weather']);
  });
});
