import { describe, expect, it } from 'vitest';
import { aBot, engineWithBot, failure, signIn, testEngine } from '../../support/test-engine.ts';

describe('/health', () => {
  it('is bare', async () => {
    const engine = await engineWithBot();

    expect((await engine.call('GET', '/health')).body).toEqual({
      status: 'ok',
      version: '0.1.0',
      active_bots: 1,
    });
  });
});

describe('/bot/create', () => {
  it('answers with members at the top level and in result', async () => {
    const engine = await testEngine();
    await signIn(engine);

    const { status, body } = await engine.call('POST', '/bot/create', {
      body: { name: ' Wetter ☀ ', account: 'YOU@localhost' },
    });

    const result = {
      id: 1,
      name: 'Wetter ☀',
      token: expect.stringMatching(/^bm_[0-9a-f]{64}$/),
      mode: 'personal',
      api_url: 'http://localhost:7842/bot/',
      hint: 'Use token as Bearer in Authorization header',
    };
    expect(status).toBe(200);
    expect(body).toEqual({ ...result, ok: true, result });
  });

  it.each([
    [{ account: 'you@localhost' }, 400, 'bad_request', '`name` is missing'],
    [{ name: 'x' }, 400, 'bad_request', '`account` is missing'],
    [{ name: 7, account: 'you@localhost' }, 400, 'bad_request', '`name` must be a text'],
    [{ name: ' ', account: 'you@localhost' }, 400, 'bad_request', '1 to 64'],
    [{ name: 'a\u0000b', account: 'you@localhost' }, 400, 'bad_request', 'control'],
    [{ name: 'x'.repeat(65), account: 'you@localhost' }, 400, 'bad_request', '1 to 64'],
    [{ name: 'x', account: 'nonsense' }, 400, 'bad_request', 'not an XMPP address'],
    [{ name: 'x', account: 'you@localhost/phone' }, 400, 'bad_request', 'resource'],
    [{ name: 'x', account: 'other@localhost' }, 400, 'account_unknown', 'not signed in here'],
    [{ name: 'x', account: 'you@localhost', mode: 'odd' }, 400, 'bad_request', '`mode` must be'],
    [{ name: 'x', account: 'you@localhost', mode: 'dedicated' }, 400, 'not_configured', 'ejabberd set'],
    ['[]', 400, 'bad_request', ''],
    ['{', 400, 'bad_request', 'not valid JSON'],
    ['null', 400, 'bad_request', ''],
  ])('refuses %j', async (body, status, error, words) => {
    const engine = await testEngine();
    await signIn(engine);

    const answer = await engine.call('POST', '/bot/create', { body });

    expect(answer).toMatchObject(failure(status, error));
    expect(answer.body.description).toContain(words);
    expect((await engine.call('GET', '/bot/list')).body).toEqual({ bots: [] });
  });

  it('refuses the twenty-first bot without a time to try again', async () => {
    const engine = await testEngine();
    await signIn(engine);
    for (let count = 0; count < 20; count += 1) await aBot(engine, `Bot ${count}`);

    const answer = await engine.call('POST', '/bot/create', {
      body: { name: 'x', account: 'you@localhost' },
    });

    expect(answer).toMatchObject(failure(429, 'limit_reached'));
    expect(answer.body.parameters).toBeUndefined();
  });
});

describe('tokens', () => {
  it('open the bot they belong to', async () => {
    const engine = await engineWithBot();

    const { status, body } = await engine.call('GET', '/bot/getMe', { token: engine.token });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      ok: true,
      id: engine.id,
      name: 'Weather',
      jid: '',
      mode: 'personal',
      status: 'active',
    });
    expect(body).toMatchObject({ token: engine.token, state: 'offline', last_active: null });
  });

  it('end when they are replaced', async () => {
    const engine = await engineWithBot();

    const { body } = await engine.call('POST', '/bot/token', { body: { id: engine.id } });

    expect(await engine.call('GET', '/bot/getMe', { token: engine.token })).toMatchObject(
      failure(401, 'unauthorized'),
    );
    expect((await engine.call('GET', '/bot/getMe', { token: String(body.token) })).status).toBe(200);
  });

  it('are needed, and have to be known', async () => {
    const engine = await engineWithBot();

    expect(await engine.call('GET', '/bot/getMe')).toMatchObject(failure(401, 'unauthorized'));
    expect(await engine.call('GET', '/bot/getMe', { token: `bm_${'0'.repeat(64)}` })).toMatchObject(
      failure(401, 'unauthorized'),
    );
    expect(await engine.call('POST', '/bot/token', { body: { id: 99 } })).toMatchObject(
      failure(404, 'not_found'),
    );
    expect(await engine.call('POST', '/bot/token', { body: { id: '3abc' } })).toMatchObject(
      failure(400, 'bad_request'),
    );
  });

  it('are nowhere in clear in the data folder', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const engine = await engineWithBot();
    await engine.call('POST', '/bot/setWebhook', {
      token: engine.token,
      body: { url: 'http://127.0.0.1:9/' },
    });

    const files = readdirSync(engine.dataDir, { recursive: true, encoding: 'utf8', withFileTypes: true });
    const bytes = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(`${file.parentPath}/${file.name}`, 'latin1'));

    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.some((text) => text.includes(engine.token) || text.includes('whsec_'))).toBe(false);
  });
});
