import { describe, expect, it } from 'vitest';
import { BOTH_WAYS, cliOnFolder, withStdin } from '../../support/cli.ts';

const SAVED = {
  api_url: 'http://127.0.0.1:9/api',
  host: 'localhost',
  admin_jid: 'admin@localhost',
  admin_password: 'hunter2',
};

describe.each(BOTH_WAYS)('botmother ejabberd, %s', (_name, open) => {
  it('sets and shows the admin API, tries it, and tells the doctor', async () => {
    const { run } = await open();
    withStdin(JSON.stringify(SAVED));
    expect(await run('ejabberd', 'set', '--stdin')).toMatchObject({ status: 0 });

    const shown = await run('ejabberd', 'show');
    expect(shown.out).toContain('API URL: http://127.0.0.1:9/api\n');
    expect(shown.out).toContain('Admin password: ********');
    const tried = await run('ejabberd', 'test');
    expect(tried).toMatchObject({ status: 1, err: expect.stringContaining('nothing listens there') });
    expect((await run('doctor')).out).toContain(
      'WRONG The way to accounts for dedicated bots does not work: There is no answer',
    );
    const moved = await run('ejabberd', 'set', '--host', 'chat.example');
    expect(moved.out).toContain('XMPP host: chat.example');
    expect(moved.out).toContain("Accounts are made by: the server's admin API");
  });
});

describe('botmother ejabberd', () => {
  it.each([
    [['set'], '', 2, 'Say what to set'],
    [['set', '--stdin'], 'nonsense', 2, 'stdin is not JSON'],
    [['set', '--stdin'], '[]', 2, 'stdin is not JSON'],
    [['set', '--stdin', '--host', 'x'], '{}', 2, 'leave the other flags out'],
    [['set', '--api-url', 'ftp://x'], '', 1, 'use an http:// or https:// address'],
    [['set', '--admin-jid', 'admin'], '', 1, 'use an XMPP address'],
    [['test'], '', 1, 'is not set'],
    [['test', '--api-url', 'http://127.0.0.1:9/api'], '', 1, '`host`'],
    [['test', '--host', 'localhost', '--admin-jid', 'admin@localhost'], '', 1, '`admin_password`'],
    [['test', '--host', 'localhost', '--service', 'xmpp://127.0.0.1:9'], '', 1, '127.0.0.1:9 refused'],
    [['set', '--service', 'http://x'], '', 1, 'use xmpp://host:port'],
    [['set', '--ca', '/nowhere.pem'], '', 2, '/nowhere.pem cannot be read'],
    [['set', '--ca', import.meta.filename], '', 1, 'use a certificate in PEM form'],
    [['test', '--odd'], '', 2, '--odd'],
  ])('refuses %j with %j', async (argv, input, status, words) => {
    const { run } = await cliOnFolder();
    withStdin(input);

    expect(await run('ejabberd', ...argv)).toMatchObject({ status, err: expect.stringContaining(words) });
  });

  it('does not let the saved password go to another address', async () => {
    const { run } = await cliOnFolder();
    withStdin(JSON.stringify(SAVED));
    await run('ejabberd', 'set', '--stdin');

    const elsewhere = ['--api-url', 'http://127.0.0.1:10/api'];
    expect(await run('ejabberd', 'set', ...elsewhere)).toMatchObject({
      status: 1,
      err: expect.stringContaining('Give it again'),
    });
    expect(await run('ejabberd', 'test', ...elsewhere)).toMatchObject({
      status: 1,
      err: expect.stringContaining('`admin_password` is needed'),
    });
    expect(await run('settings', 'set', 'ejabberd_admin_jid', 'eve@localhost')).toMatchObject({ status: 1 });
    const server = ['--service', 'xmpp://evil.example'];
    expect(await run('ejabberd', 'set', ...server)).toMatchObject({ status: 1 });
    expect(await run('ejabberd', 'test', ...server)).toMatchObject({ status: 1 });
    expect((await run('ejabberd', 'show')).out).toContain('API URL: http://127.0.0.1:9/api\n');
  });
});
