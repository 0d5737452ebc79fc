import { describe, expect, it } from 'vitest';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { devicesSeen, keysSeen, withOwnDevice } from '../../support/owner-devices.ts';
import { aBot, failure, signIn, testEngine } from '../../support/test-engine.ts';

/** A dedicated bot whose owner had device 7 when it was made, and got 8 later; a personal one beside it. */
async function start() {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const bot = await aDedicatedBot(engine);
  const own = await withOwnDevice(engine, bot.jid);
  await devicesSeen(engine, bot.jid, { devices: [7] });
  await devicesSeen(engine, bot.jid, { devices: [7, 8] });
  const fingerprint = await keysSeen(engine, bot.jid, { device: 7 });
  await aBot(engine, 'Personal');
  return { engine, bot, own, fingerprint, path: `/api/v1/omemo/${encodeURIComponent(bot.jid)}` };
}

const device = (id: number, more: object) => ({
  jid: 'you@localhost',
  device: id,
  fingerprint: null,
  trust: 'trusted',
  label: null,
  versions: ['legacy'],
  first_seen: expect.any(Number),
  last_seen: null,
  ...more,
});

describe('/bot/omemo/devices', () => {
  it('lists the devices around a dedicated bot: those that were there are trusted, a later one is new', async () => {
    const { engine, bot, own, fingerprint } = await start();

    const { status, body } = await engine.call('GET', `/bot/omemo/devices?id=${bot.id}`);

    const result = {
      account: bot.jid,
      own: { device: own, fingerprint: expect.stringMatching(/^([0-9a-f]{8} ){7}[0-9a-f]{8}$/) },
      devices: [device(7, { fingerprint }), device(8, { trust: 'new' })],
    };
    expect(status).toBe(200);
    expect(body).toEqual({ ...result, ok: true, result });
  });

  it('trusts a device and takes that back, with a line in the audit log each', async () => {
    const { engine, bot } = await start();
    const judge = async (id: number, trust: string) => {
      const { body } = await engine.call('POST', '/bot/omemo/devices', {
        body: { id: bot.id, device: id, trust },
      });
      return (body.devices as { device: number; trust: string }[]).map((one) => [one.device, one.trust]);
    };

    await keysSeen(engine, bot.jid, { device: 8 });
    expect(await judge(8, 'trusted')).toEqual([
      [7, 'trusted'],
      [8, 'trusted'],
    ]);
    expect(await judge(7, 'distrusted')).toEqual([
      [7, 'distrusted'],
      [8, 'trusted'],
    ]);
    const noted = await engine.engine.audit.page({ limit: 2, botId: bot.id as never });
    expect(noted.map(({ action, details }) => [action, details])).toEqual([
      ['omemo.distrust', 'you@localhost 7'],
      ['omemo.trust', 'you@localhost 8'],
    ]);
  });

  it.each([
    [{ device: 8, trust: 'trusted' }, 400, '`id` is missing'],
    [{ id: 1, trust: 'trusted' }, 400, '`device` is missing'],
    [{ id: 1, device: 8 }, 400, '`trust` must be'],
    [{ id: 1, device: 8, trust: 'new' }, 400, '`trust` must be'],
    [{ id: 1, device: 0, trust: 'trusted' }, 400, '`device`'],
    [{ id: 1, device: 2 ** 31, trust: 'trusted' }, 400, '`device`'],
    [{ id: 1, device: 9, trust: 'trusted' }, 404, 'no device 9'],
    [{ id: 1, device: 8, trust: 'trusted' }, 409, 'keys of device 8 were not seen yet'],
    [{ id: 5, device: 8, trust: 'trusted' }, 404, 'no bot with ID 5'],
    [{ id: 2, device: 8, trust: 'trusted' }, 400, 'no account of its own'],
  ])('refuses %j', async (body, status, words) => {
    const { engine } = await start();

    const answer = await engine.call('POST', '/bot/omemo/devices', { body });

    const slugs: Record<number, string> = { 400: 'bad_request', 404: 'not_found', 409: 'conflict' };
    expect(answer).toMatchObject(failure(status, slugs[status] ?? ''));
    expect(answer.body.description).toContain(words);
  });

  it.each([
    ['', 400],
    ['?id=x', 400],
    ['?id=2', 400],
    ['?id=5', 404],
  ])('asks for a dedicated bot: %s', async (query, status) => {
    const { engine } = await start();

    expect((await engine.call('GET', `/bot/omemo/devices${query}`)).status).toBe(status);
  });
});

describe('/api/v1/omemo/:jid', () => {
  it('has the same for the address of any account, and knows whose device is meant', async () => {
    const { engine, bot, path } = await start();
    await devicesSeen(engine, bot.jid, { owner: 'friend@localhost', devices: [8] });
    const judge = (body: object) => engine.call('PATCH', `${path}/devices`, { body });

    expect((await engine.call('GET', `${path}/devices`)).body.result).toMatchObject({ account: bot.jid });
    expect(await judge({ device: 8, trust: 'trusted' })).toMatchObject(failure(404, 'not_found'));
    const { body } = await judge({ device: 8, trust: 'distrusted', owner: 'Friend@localhost' });
    expect(body.result).toMatchObject({
      devices: expect.arrayContaining([
        device(8, { jid: 'friend@localhost', trust: 'distrusted', label: null }),
        device(8, { trust: 'new' }),
      ]),
    });
    expect(await judge({ device: 8, trust: 'trusted', owner: 'nonsense' })).toMatchObject(
      failure(400, 'bad_request'),
    );
  });

  it('gives an account another device with other keys; what is known of others stays', async () => {
    const { engine, bot, own, path } = await start();
    const reset = (at = path) => engine.call('POST', `${at}/reset`, { body: {} });

    const { body } = await reset();

    expect(body.result).toMatchObject({ own: null, devices: [{ device: 7 }, { device: 8, trust: 'new' }] });
    const next = await withOwnDevice(engine, bot.jid);
    expect(next).not.toBe(own);
    expect((await engine.call('GET', `${path}/devices`)).body.result).toMatchObject({
      own: { device: next },
    });
    expect((await engine.engine.audit.page({ limit: 1 }))[0]).toMatchObject({ action: 'omemo.reset' });
    expect(await reset('/api/v1/omemo/you@localhost')).toMatchObject(failure(409, 'no_omemo_device'));
    expect(await reset('/api/v1/omemo/who@localhost')).toMatchObject(failure(404, 'not_found'));
    expect(await reset('/api/v1/omemo/nonsense')).toMatchObject(failure(400, 'bad_request'));
  });

  it('shows an account without a device as one that has none', async () => {
    const { engine } = await start();

    expect((await engine.call('GET', '/api/v1/omemo/you@localhost/devices')).body.result).toEqual({
      account: 'you@localhost',
      own: null,
      devices: [],
    });
  });
});
