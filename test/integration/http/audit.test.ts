import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../../src-main/http/door.ts';
import { ask } from '../../support/ask.ts';
import { aBot, engineWithBot, failure, type TestEngine, testEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

interface Row {
  id: number;
  action: string;
  outcome: string;
  details: string;
  actor: string;
  ip_address: string;
  bot_id: number | null;
}

const rows = async (engine: TestEngine, query = '') =>
  (await engine.call('GET', `/bot/audit${query}`)).body.result as Row[];

/** Asks from outside, as a web page of another site would. */
async function askAsPage(engine: TestEngine, path: string): Promise<number> {
  const door = await openDoor(engine.app, 'public', { host: '127.0.0.1', port: 0 });
  try {
    const port = door.port ?? 0;
    const headers = { host: `127.0.0.1:${port}`, origin: 'https://evil.example' };
    return (await ask({ port }, path, headers)).status;
  } finally {
    await door.close();
  }
}

describe('/bot/audit', () => {
  it('tells what was changed, the newest first, of a bot, in pages', async () => {
    const engine = await engineWithBot();
    await aBot(engine, 'News');
    await engine.call('POST', '/bot/setCommands', { token: engine.token, body: { commands: [] } });

    const all = await rows(engine);

    expect(all.map(({ action }) => action)).toEqual([
      'bot.commands',
      'bot.create',
      'bot.create',
      'account.add',
    ]);
    expect(all[0]).toEqual({
      id: expect.any(Number),
      bot_id: 1,
      action: 'bot.commands',
      details: '0',
      actor: 'bot 1',
      ip_address: 'socket',
      outcome: 'ok',
      timestamp: expect.any(Number),
    });
    expect(await rows(engine, '?limit=2')).toEqual(all.slice(0, 2));
    expect(await rows(engine, `?limit=2&before=${all[1]?.id}`)).toEqual(all.slice(2));
    expect((await rows(engine, '?id=2')).map(({ details }) => details)).toEqual(['News']);
    expect((await engine.call('GET', '/api/v1/audit')).body.result).toEqual(all);
    for (const query of ['?limit=0', '?limit=501', '?before=x', '?id=0']) {
      expect(await engine.call('GET', `/bot/audit${query}`)).toMatchObject(failure(400, 'bad_request'));
    }
  });

  it('tells of each bot that goes with its account', async () => {
    const engine = await engineWithBot();

    await engine.call('DELETE', '/api/v1/accounts/you@localhost?with_bots=true');

    expect((await rows(engine, '?id=1')).map(({ action }) => action)).toEqual(['bot.delete', 'bot.create']);
    expect((await rows(engine)).map(({ action }) => action)).toContain('account.remove');
  });

  it('holds no secret', async () => {
    const engine = await engineWithBot();
    await engine.call('POST', '/bot/settings', { body: { ejabberd_admin_password: 'hunter2' } });
    await engine.call('POST', '/bot/token', { body: { id: 1 } });

    const text = JSON.stringify(await rows(engine));

    expect(text).toContain('ejabberd_admin_password');
    expect(text).not.toMatch(/hunter2|bm_/);
  });
});

describe('refusals', () => {
  const refused = async (engine: TestEngine) =>
    (await rows(engine)).filter(({ outcome }) => outcome === 'refused');

  it('are noted with who was refused what', async () => {
    const engine = await engineWithBot();
    await engine.call('POST', '/bot/activate', { body: { id: 1, active: false } });

    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(403);
    expect(await askAsPage(engine, '/bot/list')).toBe(403);

    const found = await until('both to be noted', async () => {
      const noted = await refused(engine);
      return noted.length === 2 && noted;
    });
    expect(found).toMatchObject([
      { action: 'admin.denied', actor: 'unknown', ip_address: '127.0.0.1', details: 'GET /bot/list' },
      { action: 'bot.disabled', actor: 'bot 1', bot_id: 1, details: 'GET /bot/getMe' },
    ]);
  });

  it('are counted when they come again, and summed up when the engine stops', async () => {
    const engine = await testEngine();
    const door = await openDoor(engine.app, 'public', { host: '127.0.0.1', port: 0 });
    onTestFinished(door.close);
    const headers = { authorization: `Bearer bm_${'0'.repeat(64)}` };
    await engine.call('PUT', '/api/v1/settings/rate_limit_ip', { body: { value: 1_000 } });
    for (let count = 0; count < 60; count += 1) {
      await ask({ port: door.port ?? 0 }, `/bot/getMe?${count}`, headers);
    }

    // Twenty tries with a bad token, forty more over the limit.
    await engine.engine.audit.flush();

    const noted = await refused(engine);
    expect(noted.map(({ action, details }) => `${action} ${details}`).sort()).toEqual([
      'rate.exceeded GET /bot/getMe',
      expect.stringMatching(/^rate\.exceeded GET \/bot\/getMe \(\d+ more\)$/),
      'token.unknown GET /bot/getMe',
      'token.unknown GET /bot/getMe (19 more)',
    ]);
  });

  it('are not noted for what was merely typed wrong', async () => {
    const engine = await testEngine();

    await engine.call('POST', '/bot/activate', { body: {} });
    await engine.call('GET', '/bot/nothing');
    await engine.call('GET', '/bot/getMe');
    await engine.engine.audit.flush();

    expect(await refused(engine)).toEqual([]);
  });
});
