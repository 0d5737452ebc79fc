import { describe, expect, it } from 'vitest';
import { BOTH_WAYS, cli, cliOnFolder, withPassword } from '../../support/cli.ts';
import { testFolder } from '../../support/test-folder.ts';

describe.each(BOTH_WAYS)('botmother account, %s', (_name, open) => {
  it('lists, switches, names the operator, chooses a language, and removes', async () => {
    const { run } = await open();
    const second = ['other@localhost', '--service', 'xmpp://127.0.0.1:9', '--no-verify'];
    expect((await run('account', 'add', ...second)).status).toBe(0);

    expect(await run('account', 'disable', 'you@localhost')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^you@localhost {2}disabled/),
    });
    expect((await run('account', 'enable', 'you@localhost')).out).not.toContain('disabled');
    expect(await run('account', 'operator', 'other@localhost')).toMatchObject({
      status: 0,
      out: 'other@localhost is the operator now.\n',
    });
    expect((await run('account', 'language', 'you@localhost', 'de')).out).toBe('you@localhost: de\n');
    const listed = JSON.parse((await run('account', 'list', '--json')).out);
    expect(listed).toMatchObject([
      { jid: 'you@localhost', enabled: true, operator: false, language: 'de' },
      { jid: 'other@localhost', enabled: true, operator: true, language: null },
    ]);
    expect((await run('account', 'list')).out).toMatch(/^you@localhost .*de\nother@localhost .*operator\n$/);
    expect((await run('account', 'language', 'you@localhost', 'default')).status).toBe(0);
    expect(await run('account', 'omemo', 'you@localhost', 'on')).toMatchObject({
      status: 0,
      out: 'you@localhost may have an OMEMO device here: its chat with itself is encrypted.\n',
    });
    expect((await run('account', 'list')).out).toMatch(/^you@localhost .* OMEMO\n/);
    expect((await run('account', 'omemo', 'you@localhost', 'off')).out).toBe(
      'you@localhost may have no OMEMO device here any more. It is taken off the list of devices now, or as soon as the account is online.\n',
    );
    await run('account', 'add', 'other@localhost', '--omemo', ...second.slice(1));
    expect(JSON.parse((await run('account', 'list', '--json')).out)).toMatchObject([
      { jid: 'you@localhost', omemo: false },
      { jid: 'other@localhost', omemo: true },
    ]);
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    expect(await run('account', 'remove', 'you@localhost')).toMatchObject({
      status: 1,
      err: expect.stringContaining('--with-bots'),
    });
    expect((await run('account', 'remove', 'you@localhost', '--with-bots')).status).toBe(0);
    expect((await run('account', 'remove', 'you@localhost')).status).toBe(1);
  });
});

describe('botmother account', () => {
  it('stores nothing when signing in fails', async () => {
    const folder = testFolder();
    withPassword('secret');
    const run = (...argv: string[]) => cli(...argv, '--data-dir', folder);

    const failed = await run('account', 'add', 'you@localhost', '--service', 'xmpp://127.0.0.1:9');

    expect(failed).toMatchObject({ status: 1, out: '', err: expect.stringContaining('cannot sign in') });
    expect((await run('account', 'list', '--json')).out).toBe('[]\n');
  });

  it.each([
    [['account', 'add'], 2, 'Usage: botmother account add'],
    [['account', 'add', 'you@localhost', '--ca', '/does/not/exist'], 2, 'cannot be read'],
    [['account', 'enable', 'nonsense'], 2, 'not an XMPP address'],
    [['account', 'operator', 'who@localhost'], 1, 'not signed in here'],
    [['account', 'language', 'you@localhost', 'fr'], 2, 'not a language'],
    [['account', 'language', 'you@localhost'], 2, 'Usage: botmother account language'],
    [['account', 'omemo', 'you@localhost'], 2, 'Usage: botmother account omemo'],
    [['account', 'omemo', 'you@localhost', 'yes'], 2, 'neither on nor off'],
    [['account', 'omemo', 'who@localhost', 'on'], 1, 'not signed in here'],
    [['account', 'omemo', 'nonsense', 'on'], 2, 'not an XMPP address'],
  ])('refuses %j', async (argv, status, words) => {
    const { run } = await cliOnFolder();

    expect(await run(...argv)).toMatchObject({ status, err: expect.stringContaining(words) });
  });
});
