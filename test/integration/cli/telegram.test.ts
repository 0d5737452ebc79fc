import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BOTH_WAYS, cliOnFolder, type Run, withStdin } from '../../support/cli.ts';
import { startBotApi } from '../../support/telegram/bot-api-server.ts';

const OTHER = '123456789:AAH-0123456789abcdefghijklmnopqrstu';

function withToken(token: string): void {
  vi.stubEnv('BOTMOTHER_TELEGRAM_TOKEN', token);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** A bot, and a Telegram that knows another bot and Ann. */
async function withTelegram(run: Run) {
  const api = await startBotApi();
  onTestFinished(api.close);
  await run('settings', 'set', 'telegram_api_root', api.apiRoot);
  await run('bot', 'create', 'Weather', '--account', 'you@localhost');
  const mybot = api.addBot({ username: 'mybot_bot', name: 'MyBot' });
  const ann = api.addPerson({ first: 'Ann', last: 'Lee', username: 'ann' });
  return { api, mybot, ann, chat: api.privateChat(ann, mybot) };
}

describe.each(BOTH_WAYS)('botmother telegram, %s', (_name, open) => {
  it('finds the chat, links it, sends, and forgets it', async () => {
    const { run } = await open();
    const { mybot, ann, chat } = await withTelegram(run);
    expect((await run('telegram', 'show', '1')).out).toContain('Telegram: not set up.');

    withToken(mybot.token);
    expect((await run('telegram', 'chats', '1')).out).toContain('Nobody wrote to it lately.');
    chat.says(ann, 'hello bot');
    expect((await run('telegram', 'chats', '1')).out).toBe(`${chat.id}  private  Ann Lee  @ann\n`);
    const set = await run('telegram', 'setup', '1', chat.id);
    expect(set).toMatchObject({ status: 0, err: '' });
    expect(set.out).toContain('Telegram configured!\nTelegram: active\nTelegram bot: @mybot_bot (token ');
    expect(set.out).toContain(`Chat: ${chat.id}  private  Ann Lee  @ann\nMode: bridge\n`);
    expect(set.out).not.toContain(mybot.token.split(':')[1]);
    expect((await run('telegram', 'mode', '1')).out).toBe('Mode: bridge\n');
    expect((await run('telegram', 'mode', '1', 'forward')).out).toBe('Mode: forward\n');
    expect((await run('telegram', 'test', '1')).out).toMatch(
      /^Telegram connected: MyBot \(@mybot_bot\), \d+ ms\n$/,
    );
    expect((await run('telegram', 'test', '1', '--hello')).out).toContain(
      `Said hello to: ${chat.id}  private`,
    );
    expect(chat.botTexts()[0]).toContain('Weather');
    expect(await run('telegram', 'send', '1', 'Good morning!')).toMatchObject({
      status: 0,
      out: 'It goes to Telegram.\n',
    });
    expect((await run('telegram', 'off', '1')).out).toContain('Telegram: off\n');
    expect((await run('telegram', 'on', '1')).out).toContain('Telegram: active\n');
    expect((await run('telegram', 'webhook', '1')).out).toBe('No other program has set a webhook.\n');
    expect((await run('telegram', 'forget', '1', '--yes')).out).toBe('The Telegram bridge is forgotten.\n');
    expect((await run('telegram', 'show', '1')).out).toContain('Telegram: not set up.');
  });

  it('takes the token from stdin, and says in one line what is refused', async () => {
    const { run } = await open();
    const { api, mybot, chat } = await withTelegram(run);
    withStdin(`${OTHER}\n`);
    const unknown = await run('telegram', 'setup', '1', chat.id, '--token-stdin');
    expect(unknown).toMatchObject({ status: 1, err: expect.stringContaining('does not know this token') });
    expect(unknown.err.trim().split('\n')).toHaveLength(1);

    mybot.setWebhook('https://other.example/hook');
    withStdin(`${mybot.token}\n`);
    const setup = ['telegram', 'setup', '1', chat.id, '--token-stdin', '--mode', 'forward'];
    expect(await run(...setup)).toMatchObject({ status: 1, err: expect.stringContaining('other.example') });
    expect(await run(...setup, '--force')).toMatchObject({ status: 0 });
    mybot.setWebhook('https://other.example/hook');
    expect((await run('telegram', 'webhook', '1')).out).toBe('other.example\n');
    expect((await run('telegram', 'webhook', '1', '--remove')).out).toBe('The webhook is gone.\n');

    await api.pause();
    const mind = await run(...setup);
    expect(mind).toMatchObject({
      status: 0,
      out: expect.stringContaining('Mind: It is stored, but not tried yet: Telegram could not be'),
    });
    expect(await run('telegram', 'test', '1')).toMatchObject({
      status: 1,
      err: expect.stringContaining('could not be reached'),
    });
  });
});

describe('botmother telegram', () => {
  it.each([
    [['show'], 2, 'telegram show ID'],
    [['show', 'x'], 2, 'The ID is a whole number'],
    [['show', '7'], 1, 'There is no bot with ID 7'],
    [['setup'], 2, 'telegram setup ID [CHAT_ID]'],
    [['setup', '1'], 2, 'Which chat? botmother telegram setup 1 CHAT_ID.'],
    [['setup', '1', '5'], 2, 'Give it on stdin (--token-stdin) or in BOTMOTHER_TELEGRAM_TOKEN.'],
    [['setup', '1', '5', '--mode', 'both'], 2, '"both" is not a mode. Use bridge, forward.'],
    [['mode', '1', 'both'], 2, '"both" is not a mode. Use bridge, forward.'],
    [['mode', '1', 'forward'], 1, 'is not set up'],
    [['on', '1'], 1, 'is not set up'],
    [['test', '1'], 1, 'is not set up'],
    [['send', '1', 'hello'], 1, 'is not set up. It needs the token of a Telegram bot and a chat.'],
    [['send', '1'], 2, 'Give the text, or --stdin.'],
    [['forget', '1'], 2, 'add --yes'],
    [['webhook', '1'], 1, 'is not set up'],
  ])('refuses %j', async (argv, status, words) => {
    const { run } = await cliOnFolder();
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    withStdin('');
    expect(await run('telegram', ...argv)).toMatchObject({ status, err: expect.stringContaining(words) });
  });

  it('links a group by its number, and takes another token for the same chat as the doctor says it', async () => {
    const { run } = await cliOnFolder();
    const { api, mybot } = await withTelegram(run);
    const group = api.addChat({ kind: 'supergroup', title: 'Family', bots: [mybot] });
    expect(group.id).toMatch(/^-\d+$/);
    withStdin(mybot.token);
    const set = await run('telegram', 'setup', '1', group.id, '--mode', 'forward', '--token-stdin');
    expect(set).toMatchObject({ status: 0, err: '' });
    expect(set.out).toContain(`Chat: ${group.id}  supergroup  Family\nMode: forward\n`);
    expect(await run('telegram', 'send', '1', '-5 degrees')).toMatchObject({ status: 0 });

    withStdin(mybot.revoke());
    const again = await run('telegram', 'setup', '1', '--token-stdin');
    expect(again).toMatchObject({ status: 0, err: '' });
    expect(again.out).toContain(`Chat: ${group.id}  supergroup  Family\nMode: forward\n`);
  });

  it('asks about a token that is not set yet, and takes the webhook away that hides who wrote', async () => {
    const { run } = await cliOnFolder();
    const { mybot, ann, chat } = await withTelegram(run);
    chat.says(ann, 'hello bot');
    mybot.setWebhook('https://other.example/hook');
    mybot.setReadsGroups(false);
    const say = (...argv: string[]) => {
      withStdin(mybot.token);
      return run('telegram', ...argv, '--token-stdin');
    };
    expect((await say('test', '1')).out).toMatch(
      /^Telegram connected: MyBot[\s\S]*In groups it hears commands/,
    );
    expect(await say('webhook', '1')).toMatchObject({ status: 0, out: 'other.example\n' });
    expect(await say('chats', '1')).toMatchObject({
      status: 1,
      err: expect.stringContaining('other.example'),
    });
    expect((await say('webhook', '1', '--remove')).out).toBe('The webhook is gone.\n');
    expect((await say('chats', '1')).out).toContain(chat.id);
    await say('setup', '1', chat.id);
    expect((await run('telegram', 'test', '1')).out).not.toContain('In groups');
  });

  it('has help for all of it, and for each verb', async () => {
    const { run } = await cliOnFolder();
    const all = (await run('telegram', '--help')).out;
    for (const verb of ['show', 'setup', 'on', 'off', 'mode', 'test', 'send', 'chats', 'webhook', 'forget']) {
      expect(all).toContain(`botmother telegram ${verb} ID`);
      expect((await run('telegram', verb, '--help')).out).toContain(`  botmother telegram ${verb} ID`);
    }
  });
});
