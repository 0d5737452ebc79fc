import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { fileKeyBox } from '../../../src-main/server/file-key-box.ts';
import { openApi } from '../../../src-main/server/open-api.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { cliOnFolder, withStdin } from '../../support/cli.ts';
import { devicesSeen, keysSeen, withOwnDevice } from '../../support/owner-devices.ts';
import type { TestEngine } from '../../support/test-engine.ts';

/** A data folder with a dedicated bot whose owner has the devices 7, and later 8; command lines run on it. */
async function start() {
  const { folder, run } = await cliOnFolder();
  const api = await openApi(folder, fileKeyBox(folder, undefined), silentLogger);
  const engine = { ...api, call: callOf(api) } as unknown as TestEngine;
  accountMaker(engine);
  const bot = await aDedicatedBot(engine);
  const own = await withOwnDevice(engine, bot.jid);
  await devicesSeen(engine, bot.jid, { devices: [7] });
  await devicesSeen(engine, bot.jid, { devices: [7, 8] });
  const fingerprint = await keysSeen(engine, bot.jid, { device: 7 });
  const later = await keysSeen(engine, bot.jid, { device: 8 });
  await devicesSeen(engine, bot.jid, { owner: 'friend@localhost', devices: [8] });
  await api.close();
  await run('bot', 'create', 'Personal', '--account', 'you@localhost');
  return { run, bot, own, fingerprint, later };
}

const callOf =
  ({ app }: Awaited<ReturnType<typeof openApi>>) =>
  async (method: 'POST', url: string, { body }: { body: object }) => {
    const answer = await app.inject({ method, url, payload: body });
    return { status: answer.statusCode, body: answer.json() };
  };

describe('botmother omemo', () => {
  it('lists devices, trusts one, takes that back, and makes a new device of its own', async () => {
    const { run, bot, own, fingerprint, later } = await start();

    const { status, out } = await run('omemo', 'list', '--bot', '1');
    expect(status).toBe(0);
    expect(out.split('\n')).toEqual([
      `${own}  this device  ${bot.jid}`,
      expect.stringMatching(/^ {4}([0-9a-f]{8} ){7}[0-9a-f]{8}$/),
      '8  trusted  friend@localhost  (legacy)',
      '    keys not seen yet',
      '7  trusted  you@localhost  (legacy)',
      `    ${fingerprint}`,
      '8  new  you@localhost  (legacy)',
      `    ${later}`,
      '',
    ]);
    expect((await run('omemo', 'list', '--account', bot.jid)).out).toBe(out);
    expect(await run('omemo', 'trust', '8', '--bot', '1', '--of', 'you@localhost')).toMatchObject({
      status: 0,
      out: 'Device 8 is trusted.\n',
    });
    expect((await run('omemo', 'distrust', '7', '--account', bot.jid)).out).toBe('Device 7 is distrusted.\n');
    const listed = JSON.parse((await run('omemo', 'list', '--bot', '1', '--json')).out);
    expect(listed).toMatchObject({ account: bot.jid, own: { device: own } });
    expect(
      listed.devices.map((one: { jid: string; device: number; trust: string }) => [
        one.jid,
        one.device,
        one.trust,
      ]),
    ).toEqual([
      ['friend@localhost', 8, 'trusted'],
      ['you@localhost', 7, 'distrusted'],
      ['you@localhost', 8, 'trusted'],
    ]);

    withStdin('y\n');
    expect(await run('omemo', 'reset', '--bot', '1')).toMatchObject({
      status: 2,
      err: expect.stringContaining('--yes'),
    });
    expect(await run('omemo', 'reset', '--bot', '1', '--yes')).toMatchObject({
      status: 0,
      out: `${bot.jid} gets a new OMEMO device.\n`,
    });
    expect((await run('omemo', 'list', '--bot', '1')).out).toContain(`${bot.jid} has no OMEMO device here.`);
    expect((await run('omemo', 'list', '--account', 'you@localhost')).out).toBe(
      'you@localhost has no OMEMO device here.\nNo other devices are known yet.\n',
    );
    expect((await run('bot', 'list')).out).toBe(
      `[1] Weather (dedicated, active, offline) — ${bot.jid}\n[2] Personal (personal, active, offline)\n`,
    );
  });

  it.each([
    [['list'], 2, 'Say whose devices'],
    [['list', '--bot', '1', '--account', 'you@localhost'], 2, 'Say whose devices'],
    [['list', '--bot', 'x'], 2, 'The ID is a whole number'],
    [['list', '--bot', '2'], 2, 'has no account of its own'],
    [['list', '--bot', '9'], 1, 'no bot with ID 9'],
    [['list', '--account', 'who@localhost'], 1, 'not signed in here'],
    [['list', '--account', 'nonsense'], 1, 'not an XMPP address'],
    [['trust', '--bot', '1'], 2, 'Usage: botmother omemo trust'],
    [['trust', 'x', '--bot', '1'], 2, 'The device is a whole number'],
    [['trust', '99', '--bot', '1'], 1, 'There is no device 99'],
    [['trust', '8', '--bot', '1'], 1, 'There is no device 8'],
    [['trust', '9999999999', '--bot', '1'], 1, '`device`'],
    [['distrust', '7', '8', '--bot', '1'], 2, 'Usage: botmother omemo distrust'],
    [['reset', '--account', 'you@localhost', '--yes'], 1, 'no OMEMO device here'],
    [['reset', '7', '--bot', '1'], 2, 'Usage: botmother omemo reset'],
  ])('refuses %j', async (argv, status, words) => {
    const { run } = await start();

    expect(await run('omemo', ...argv)).toMatchObject({ status, err: expect.stringContaining(words) });
  });
});
