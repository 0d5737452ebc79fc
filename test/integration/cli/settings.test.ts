import { describe, expect, it } from 'vitest';
import { BOTH_WAYS, cliOnFolder, withStdin } from '../../support/cli.ts';

describe.each(BOTH_WAYS)('botmother settings, %s', (_name, open) => {
  it('shows and changes the settings of the installation and of a bot', async () => {
    const { run } = await open();
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');

    expect((await run('settings', 'set', 'language', 'de')).status).toBe(0);
    expect((await run('settings', 'get', 'language')).out).toBe('de\n');
    expect((await run('settings', 'set', 'scope', 'direct', '--bot', '1')).status).toBe(0);
    expect((await run('settings', 'set', 'description', 'Tells the weather', '--bot', '1')).status).toBe(0);
    expect((await run('settings', 'get', 'scope', '--bot', '1')).out).toBe('direct\n');
    for (const [key, given, shown] of [
      ['encrypted', 'on', 'true'],
      ['allow_plaintext', 'yes', 'true'],
      ['allowed_contacts', 'Friend@localhost, other@localhost', 'friend@localhost, other@localhost'],
      ['allowed_contacts', '', ''],
    ] as const) {
      expect((await run('settings', 'set', key, given, '--bot', '1')).status).toBe(0);
      expect((await run('settings', 'get', key, '--bot', '1')).out).toBe(`${shown}\n`);
    }
    expect((await run('settings', 'list', '--bot', '1')).out).toContain('description = Tells the weather');
    expect(JSON.parse((await run('bot', 'list', '--json')).out)).toMatchObject([
      { description: 'Tells the weather' },
    ]);
    expect((await run('settings', 'set', 'token_display', 'off')).status).toBe(0);
    expect((await run('bot', 'list', '--json')).out).not.toContain('bm_');
  });
});

describe('botmother settings', () => {
  it('keeps secrets off the command line and off the screen', async () => {
    const { run } = await cliOnFolder();

    expect(await run('settings', 'set', 'ejabberd_admin_password', 'hunter2')).toMatchObject({ status: 2 });
    withStdin('hunter2\n');
    expect(await run('settings', 'set', 'ejabberd_admin_password', '--stdin')).toMatchObject({ status: 0 });
    expect((await run('settings', 'get', 'ejabberd_admin_password')).out).toBe('********\n');
    expect((await run('settings', 'list')).out).not.toContain('hunter2');
  });

  it.each([
    [['set', 'language', 'xx'], 1, 'language: use en or de'],
    [['set', 'language'], 2, 'Give the value, or --stdin.'],
    [['get', 'nothing'], 1, 'no setting called nothing'],
    [['get', 'scope'], 1, 'no setting called scope'],
    [['set', 'scope', 'odd', '--bot', '1'], 1, 'scope: use self, direct or all'],
    [['set', 'allow_plaintext', 'maybe', '--bot', '1'], 1, 'allow_plaintext: use true or false'],
    [['set', 'allowed_contacts', 'me@b, nonsense', '--bot', '1'], 1, 'use XMPP addresses'],
    [['get', 'language', '--bot', '1'], 1, 'no setting called language'],
    [['list', '--bot', '9'], 1, 'There is no bot with ID 9.'],
    [['list', '--bot', 'x'], 2, 'The ID is a whole number'],
  ])('refuses %j', async (argv, status, words) => {
    const { run } = await cliOnFolder();
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');

    expect(await run('settings', ...argv)).toMatchObject({ status, err: expect.stringContaining(words) });
  });
});
