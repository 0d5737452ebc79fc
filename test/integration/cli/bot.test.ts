import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOTH_WAYS, cliOnFolder, withStdin } from '../../support/cli.ts';
import { PNG } from '../../support/images.ts';

describe.each(BOTH_WAYS)('botmother bot, %s', (_name, open) => {
  it('creates, lists, switches, gives tokens, revokes and deletes', async () => {
    const { run } = await open();

    const made = await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    expect(made.out).toMatch(/^Bot created!\nID: 1\nName: Weather\nMode: personal\nToken: bm_[0-9a-f]{64}\n/);
    expect(await run('bot', 'deactivate', '1')).toMatchObject({ status: 0, out: 'Bot 1 is deactivated.\n' });
    expect((await run('bot', 'list')).out).toBe('[1] Weather (personal, disabled, offline)\n');
    expect(await run('bot', 'activate', '1')).toMatchObject({ status: 0, out: 'Bot 1 is active.\n' });
    expect((await run('bot', 'token', '1')).out).toMatch(/^bm_[0-9a-f]{64}\n$/);
    const kept = await run('bot', 'token', '1', '--overlap', '60', '--json');
    expect(JSON.parse(kept.out)).toEqual({ id: 1, token: expect.stringMatching(/^bm_/) });
    const narrow = await run('bot', 'token', '1', '--scopes', 'read, send', '--json');
    expect(JSON.parse(narrow.out)).toMatchObject({ id: 1, scopes: ['send', 'read'] });
    expect((await run('bot', 'show', '1')).out).toContain('\nToken: send, read; not used yet\n');
    expect(await run('bot', 'token', '1', '--scopes', 'write')).toMatchObject({
      status: 2,
      err: expect.stringContaining('send, read, ai, bridge'),
    });
    const revoked = await run('bot', 'revoke', '1', '--json');
    expect(JSON.parse(revoked.out)).toEqual({ id: 1, revoked: true, status: 'disabled' });
    expect(JSON.parse((await run('bot', 'list', '--json')).out)).toMatchObject([
      { id: 1, status: 'disabled', token: '' },
    ]);
    expect(await run('bot', 'delete', '1', '--yes')).toMatchObject({ status: 0, out: 'Bot 1 is deleted.\n' });
    expect((await run('bot', 'list')).out).toContain('no bots yet');
  });
});

describe('botmother bot', () => {
  it('deletes nothing unasked', async () => {
    const { run } = await cliOnFolder();
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    withStdin('y\n');

    expect(await run('bot', 'delete', '1')).toEqual({
      status: 2,
      out: '',
      err: 'Nobody can be asked here: add --yes to go on.\n',
    });
    expect(await run('bot', 'delete', '7')).toMatchObject({ status: 1, err: 'There is no bot with ID 7.\n' });
    expect((await run('bot', 'list')).out).toContain('Weather');
  });

  it('creates cloud bots and pictures, and says what is wrong with either', async () => {
    const { run, folder } = await cliOnFolder();
    const picture = join(folder, 'face.png');
    writeFileSync(picture, PNG);
    const create = (...more: string[]) =>
      run('bot', 'create', 'Weather', '--account', 'you@localhost', ...more);

    expect((await create('--avatar', picture)).status).toBe(0);
    expect((await create('--mode', 'cloud')).out).toContain('Mode: cloud');
    expect((await run('bot', 'list')).out).toContain('[2] Weather (cloud, active, unavailable)');
    expect(await run('bot', 'activate', '2')).toMatchObject({ status: 1 });
    expect(await create('--mode', 'odd')).toMatchObject({ status: 2 });
    expect(await create('--avatar', join(folder, 'bot_registry.db'))).toMatchObject({ status: 1 });
    expect(await create('--avatar', join(folder, 'none.png'))).toMatchObject({ status: 2 });
  });

  it.each([
    [['bot', 'delete', 'x', '--yes'], 'The ID is a whole number'],
    [['bot', 'activate', '0'], 'The ID is a whole number'],
    [['bot', 'revoke'], 'Usage: botmother bot revoke ID'],
    [['bot', 'token', '1', '--overlap', 'soon'], 'whole number of seconds'],
    [['bot', 'create', 'x'], 'Say whose bot it is'],
  ])('%j is used wrongly', async (argv, words) => {
    const { run } = await cliOnFolder();

    const { status, err } = await run(...argv);

    expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining(words) });
  });
});
