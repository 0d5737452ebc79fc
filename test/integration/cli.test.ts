import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../../src-main/server/cli/cli.ts';
import { testFolder } from '../support/test-folder.ts';

/** Runs a command line in this process, without an engine. */
async function cli(...argv: string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += text;
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += text;
      return true;
    }),
  ];
  try {
    return { status: await runCli(argv), out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const withPassword = (password: string) => {
  vi.stubEnv('BOTMOTHER_PASSWORD', password);
  onTestFinished(() => void vi.unstubAllEnvs());
};

describe('the command line without an engine', () => {
  it('works on the data folder itself', async () => {
    const folder = testFolder();
    withPassword('secret');

    expect(await cli('account', 'add', 'you@localhost', '--no-verify', '--data-dir', folder)).toMatchObject({
      status: 0,
    });
    expect(await cli('account', 'list', '--data-dir', folder)).toEqual({
      status: 0,
      out: 'you@localhost  offline\n',
      err: '',
    });
    const made = await cli(
      'bot',
      'create',
      'Weather',
      '--account',
      'you@localhost',
      '--json',
      '--data-dir',
      folder,
    );
    expect(JSON.parse(made.out)).toMatchObject({ id: 1, token: expect.stringMatching(/^bm_/) });
    expect((await cli('bot', 'list', '--data-dir', folder)).out).toBe(
      '[1] Weather (personal, active, offline)\n',
    );
    const token = await cli('bot', 'token', '1', '--data-dir', folder);
    expect(token.out).toMatch(/^bm_[0-9a-f]{64}\n$/);
    expect((await cli('account', 'remove', 'you@localhost', '--data-dir', folder)).status).toBe(1);
    expect(
      (await cli('account', 'remove', 'you@localhost', '--with-bots', '--data-dir', folder)).status,
    ).toBe(0);
    expect((await cli('bot', 'list', '--data-dir', folder)).out).toContain('no bots yet');
  });

  it('stores nothing when signing in fails', async () => {
    const folder = testFolder();
    withPassword('secret');

    const failed = await cli(
      'account',
      'add',
      'you@localhost',
      '--service',
      'xmpp://127.0.0.1:9',
      '--data-dir',
      folder,
    );

    expect(failed).toMatchObject({ status: 1, out: '' });
    expect(failed.err).toContain('cannot sign in');
    expect((await cli('account', 'list', '--json', '--data-dir', folder)).out).toBe('[]\n');
  });

  it('sets and shows settings, keeps secrets off the command line', async () => {
    const folder = testFolder();

    expect((await cli('settings', 'set', 'language', 'de', '--data-dir', folder)).status).toBe(0);
    expect((await cli('settings', 'get', 'language', '--data-dir', folder)).out).toBe('de\n');
    expect(await cli('settings', 'set', 'language', 'xx', '--data-dir', folder)).toMatchObject({
      status: 1,
      err: 'language: use en or de\n',
    });
    expect(
      await cli('settings', 'set', 'ejabberd_admin_password', 'hunter2', '--data-dir', folder),
    ).toMatchObject({ status: 2 });
    expect((await cli('settings', 'list', '--data-dir', folder)).out).not.toContain('hunter2');
  });

  it('tells the doctor’s findings with the fix', async () => {
    const folder = testFolder();

    const { status, out } = await cli('doctor', '--data-dir', folder);

    expect(status).toBe(1);
    expect(out).toContain('WRONG nobody is signed in\n      -> botmother account add you@server.example');
  });

  it.each([
    [['frobnicate'], 'no command "frobnicate"'],
    [['account', 'add'], 'Usage: botmother account add'],
    [['bot', 'list', 'extra'], 'Usage: botmother bot list'],
    [['bot', 'list', '--ca', 'x'], 'Usage: botmother bot list'],
    [['bot', 'list', '--odd'], '--odd'],
    [['serve', '--port', 'x'], 'not a port'],
    [['account', 'add', 'you@localhost', '--ca', '/does/not/exist'], 'cannot be read'],
  ])('refuses %j', async (argv, words) => {
    const answer = await cli(...argv, '--data-dir', testFolder());

    expect(answer.status).toBeGreaterThan(0);
    expect(answer.err).toContain(words);
    expect(answer.err).not.toContain('    at ');
  });

  it('shows its help', async () => {
    expect(await cli('--help')).toMatchObject({ status: 0, out: expect.stringContaining('botmother serve') });
    expect((await cli()).status).toBe(2);
  });
});
