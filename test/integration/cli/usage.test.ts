import { describe, expect, it } from 'vitest';
import { cli, cliOnFolder } from '../../support/cli.ts';
import { testFolder } from '../../support/test-folder.ts';

describe('the command line', () => {
  it.each([
    [['frobnicate'], 'no command "frobnicate"'],
    [['bot', 'list', 'extra'], 'Usage: botmother bot list'],
    [['bot', 'list', '--ca', 'x'], 'Usage: botmother bot list'],
    [['bot', 'list', '--odd'], '--odd'],
    [['serve', '--port', 'x'], 'not a port'],
  ])('refuses %j', async (argv, words) => {
    const answer = await cli(...argv, '--data-dir', testFolder());

    expect(answer).toMatchObject({ status: 2, out: '', err: expect.stringContaining(words) });
    expect(answer.err).not.toContain('    at ');
  });

  it('shows its help', async () => {
    expect(await cli('--help')).toMatchObject({ status: 0, out: expect.stringContaining('botmother serve') });
    expect((await cli()).status).toBe(2);
  });

  it('answers failures as JSON where that was asked for', async () => {
    const { run } = await cliOnFolder();

    const { status, err } = await run('bot', 'activate', '5', '--json');

    expect({ status, answer: JSON.parse(err) }).toEqual({
      status: 1,
      answer: { ok: false, description: 'There is no bot with ID 5.' },
    });
  });
});

describe('botmother doctor', () => {
  it('tells what is wrong with the fix', async () => {
    const { status, out } = await cli('doctor', '--data-dir', testFolder());

    expect(status).toBe(1);
    expect(out).toContain('WRONG nobody is signed in\n      -> botmother account add you@server.example');
  });

  it('is content with a folder that is in order, and notices switches and a missing operator', async () => {
    const { run } = await cliOnFolder();
    expect(await run('doctor')).toMatchObject({ status: 0 });

    await run('account', 'add', 'other@localhost', '--no-verify');
    await run('account', 'remove', 'you@localhost');
    await run('settings', 'set', 'bot_features_enabled', 'off');

    const { status, out } = await run('doctor');
    expect(status).toBe(1);
    expect(out).toContain(
      'WRONG bots are switched off\n      -> botmother settings set bot_features_enabled true',
    );
    expect(out).toContain(
      'WRONG no account is the operator\n      -> botmother account operator other@localhost',
    );
  });
});
