import { describe, expect, it } from 'vitest';
import { BOTH_WAYS, cliOnFolder } from '../../support/cli.ts';

describe.each(BOTH_WAYS)('botmother audit, %s', (_name, open) => {
  it('tells who did what, the newest first, of a bot and in pages', async () => {
    const { run } = await open();
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    await run('bot', 'create', 'News', '--account', 'you@localhost');
    await run('bot', 'revoke', '1');

    const { out } = await run('audit', '--bot', '1');
    expect(out.trim().split('\n')).toEqual([
      expect.stringMatching(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}bot\.deactivate {2}bot 1 {2}by admin from socket$/,
      ),
      expect.stringMatching(/ {2}bot\.revoke {2}bot 1 {2}by admin from socket$/),
      expect.stringMatching(/ {2}bot\.create {2}bot 1 {2}Weather {2}by admin from socket$/),
    ]);
    const [newest] = JSON.parse((await run('audit', '--limit', '1', '--json')).out);
    const [before] = JSON.parse(
      (await run('audit', '--limit', '1', '--before', String(newest.id), '--json')).out,
    );
    expect([newest.action, before.action]).toEqual(['bot.deactivate', 'bot.revoke']);
  });
});

describe('botmother audit', () => {
  it.each([
    [['--bot', 'x'], 2],
    [['--limit', '0'], 2],
    [['--limit', '501'], 1],
    [['--before', 'now'], 2],
  ])('refuses %j', async (argv, status) => {
    const { run } = await cliOnFolder();

    expect(await run('audit', ...argv)).toMatchObject({ status, err: expect.stringMatching(/limit|number/) });
  });
});
