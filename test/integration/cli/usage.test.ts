import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, cliOnFolder, onFreePort } from '../../support/cli.ts';
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

  it.each([
    [['serve', '--help'], ['serve']],
    [['bot', 'list', '--help'], ['bot list']],
    [['help', 'bot', 'create'], ['bot create']],
    [['bot', 'delete', '5', '--help'], ['bot delete']],
    [
      ['settings', '--help'],
      ['settings list', 'settings get', 'settings set'],
    ],
  ])('shows the help of that verb only: %j', async (argv, verbs) => {
    const folder = join(testFolder(), 'none');

    const { status, out, err } = await cli(...argv, '--data-dir', folder);

    const shown = out.split('\n').filter((line) => line.startsWith('  botmother '));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(shown.map((line) => verbs.some((verb) => line.startsWith(`  botmother ${verb}`)))).toEqual(
      verbs.map(() => true),
    );
    expect(existsSync(folder)).toBe(false);
  });

  it('has no help for a verb that does not exist', async () => {
    expect(await cli('frobnicate', '--help')).toMatchObject({
      status: 2,
      err: expect.stringContaining('no command "frobnicate"'),
    });
  });

  it.each([
    ['bot', 'list'],
    ['settings', 'set', 'language', 'de'],
    ['account', 'list'],
    ['account', 'enable', 'you@localhost'],
    ['admin-token', 'show'],
    ['audit'],
    ['panel'],
    ['doctor'],
  ])('makes no data folder where a name was mistyped: %s %s', async (...argv) => {
    const folder = testFolder();
    const [missing, strange] = [join(folder, 'typo'), join(folder, 'photos')];
    mkdirSync(strange, { mode: 0o755 });
    writeFileSync(join(strange, 'cat.jpg'), '');

    const first = await cli(...argv, '--data-dir', missing);
    const second = await cli(...argv, '--data-dir', strange);

    expect([first.status, second.status]).toEqual([1, 1]);
    expect(`${first.out}${first.err}`).toContain(missing);
    expect(existsSync(missing)).toBe(false);
    expect([readdirSync(strange), statSync(strange).mode & 0o777]).toEqual([['cat.jpg'], 0o755]);
  });

  it('says what makes a data folder', async () => {
    const folder = join(testFolder(), 'typo');

    const { err } = await cli('bot', 'list', '--data-dir', folder);

    expect(err).toBe(
      `There is no data folder ${folder}. Name another: --data-dir DIR. A new one is made by: botmother serve, or botmother account add JID\n`,
    );
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
    expect(out).toContain('WRONG Nobody is signed in\n      -> botmother account add you@server.example');
  });

  it('is content with a folder that is in order, and notices switches and a missing operator', async () => {
    const { run } = await cliOnFolder();
    await onFreePort(run);
    expect(await run('doctor')).toMatchObject({ status: 0 });

    await run('account', 'add', 'other@localhost', '--no-verify');
    await run('account', 'remove', 'you@localhost');
    await run('settings', 'set', 'bot_features_enabled', 'off');

    const { status, out } = await run('doctor');
    expect(status).toBe(1);
    expect(out).toContain(
      'WRONG Bots are switched off\n      -> botmother settings set bot_features_enabled true',
    );
    expect(out).toContain(
      'WRONG No account is the operator\n      -> botmother account operator other@localhost',
    );
  });
});
