import { describe, expect, it } from 'vitest';
import { aBot, signIn, type TestEngine, testEngine } from '../support/test-engine.ts';

async function engineWithBot(): Promise<TestEngine & { token: string; id: number }> {
  const engine = await testEngine();
  await signIn(engine);
  return { ...engine, ...(await aBot(engine)) };
}

const failure = (status: number, error: string) => ({
  status,
  body: { ok: false, error_code: String(status), error, description: expect.stringMatching(/\S/) },
});

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
    [{ name: 'x', account: 'you@localhost', mode: 'dedicated' }, 400, 'not_configured', 'admin API'],
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

  it('turn into 429 after twenty bad ones a minute, but never a valid one', async () => {
    const engine = await engineWithBot();
    const guess = () => engine.call('GET', '/bot/getMe', { token: `bm_${'0'.repeat(64)}` });
    for (let count = 0; count < 20; count += 1) expect((await guess()).status).toBe(401);

    const limited = await guess();

    expect(limited).toMatchObject(failure(429, 'rate_limited'));
    expect(limited.body.parameters).toEqual({ retry_after: Number(limited.headers['retry-after']) });
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(200);
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

describe('requests', () => {
  it('to the wrong method are told the right one', async () => {
    const engine = await engineWithBot();

    const { status, headers, body } = await engine.call('GET', '/bot/create');

    expect({ status, body }).toMatchObject(failure(405, 'method_not_allowed'));
    expect(headers.allow).toBe('POST');
  });

  it('to an unknown path get 404 in the envelope', async () => {
    const engine = await engineWithBot();

    expect(await engine.call('GET', '/bot/getMe/anything', { token: engine.token })).toMatchObject(
      failure(404, 'not_found'),
    );
  });

  it('with another type of body get 415, with an empty one are judged by their fields', async () => {
    const engine = await engineWithBot();
    const headers = { 'content-type': 'text/plain' };

    expect(await engine.call('POST', '/bot/create', { body: 'name=x', headers })).toMatchObject(
      failure(415, 'unsupported_media_type'),
    );
    expect(await engine.call('POST', '/bot/create', { body: '', headers })).toMatchObject(
      failure(400, 'bad_request'),
    );
    expect(
      (await engine.call('POST', '/bot/deleteWebhook', { token: engine.token, body: '', headers })).status,
    ).toBe(200);
  });

  it('over one MiB get 413', async () => {
    const engine = await engineWithBot();
    const body = { name: 'x'.repeat(1024 * 1024), account: 'you@localhost' };

    expect(await engine.call('POST', '/bot/create', { body })).toMatchObject(failure(413, 'too_large'));
  });

  it('are refused while bots are switched off, except those that switch them on', async () => {
    const engine = await engineWithBot();
    await engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: false } });

    expect(await engine.call('GET', '/bot/getMe', { token: engine.token })).toMatchObject(
      failure(503, 'disabled'),
    );
    expect((await engine.call('GET', '/health')).status).toBe(200);
    await engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: 'on' } });
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(200);
  });
});

describe('/bot/sendMessage', () => {
  it.each([
    [{ text: 'x' }, 400, '`to` is missing'],
    [{ to: 'friend@localhost' }, 400, '`text` is missing'],
    [{ to: 'friend@localhost', text: '' }, 400, 'must not be empty'],
    [{ to: 'friend@localhost/x', text: 'x' }, 400, 'resource'],
    [{ to: 'friend@localhost', text: 'a\u0000' }, 400, 'U+0000'],
    [{ to: 'friend@localhost', text: 'a\uD83C' }, 400, 'U+D83C'],
    [{ to: 'friend@localhost', text: 'ü'.repeat(40_000) }, 400, 'bytes'],
    [{ to: 'friend@localhost', text: 'x', type: 'groupchat' }, 400, 'Rooms'],
    [{ to: 'friend@localhost', text: 'x', type: 'other' }, 400, '`type` must be'],
  ])('refuses %j', async (body, status, words) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/sendMessage', { token: engine.token, body });

    expect(answer).toMatchObject(failure(status, 'bad_request'));
    expect(answer.body.description).toContain(words);
  });

  it('promises nothing for an account that is signed out', async () => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/sendMessage', {
      token: engine.token,
      body: { to: 'friend@localhost', text: 'x' },
    });

    expect(answer).toMatchObject(failure(503, 'account_offline'));
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('/bot/setWebhook', () => {
  it('keeps the secret for the same address, makes a new one for another or when asked', async () => {
    const engine = await engineWithBot();
    const set = async (body: unknown) =>
      (await engine.call('POST', '/bot/setWebhook', { token: engine.token, body })).body.secret;

    const first = await set({ url: 'https://hooks.example.org/a' });

    expect(first).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await set({ url: 'https://hooks.example.org/a' })).toBe(first);
    expect(await set({ url: 'https://hooks.example.org/a', rotate_secret: true })).not.toBe(first);
    expect(await set({ url: 'https://hooks.example.org/b' })).not.toBe(first);
    const own = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(await set({ url: 'https://hooks.example.org/b', secret: own })).toBe(own);
  });

  it.each([
    [{}, '`url` is missing'],
    [{ url: 'http://hooks.example.org/' }, 'https://'],
    [{ url: 'https://10.0.0.1/' }, 'not a public address'],
    [{ url: 'nonsense' }, 'complete address'],
    [{ url: 'https://hooks.example.org/', secret: 'short' }, '`secret` must be'],
    [{ url: 'https://hooks.example.org/', allowed_updates: ['odd'] }, 'allowed_updates'],
  ])('refuses %j', async (body, words) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/setWebhook', { token: engine.token, body });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain(words);
  });

  it('excludes polling until it is deleted', async () => {
    const engine = await engineWithBot();
    const { token } = engine;
    await engine.call('POST', '/bot/setWebhook', { token, body: { url: 'https://hooks.example.org/a' } });

    expect(await engine.call('GET', '/bot/getUpdates', { token })).toMatchObject(failure(409, 'conflict'));
    expect((await engine.call('POST', '/bot/deleteWebhook', { token })).body).toEqual({
      ok: true,
      result: true,
    });
    expect((await engine.call('GET', '/bot/getUpdates', { token })).body).toEqual({ ok: true, result: [] });
  });
});

describe('/bot/getUpdates', () => {
  async function withUpdates(count: number) {
    const engine = await engineWithBot();
    for (let index = 1; index <= count; index += 1) {
      const data = { body: `text ${index}` };
      await engine.engine.store.write((tx) =>
        engine.engine.updates.queue(tx, engine.id as never, {
          type: 'message',
          conversation: 'you@localhost',
          data,
        }),
      );
    }
    const get = async (query = '') =>
      (await engine.call('GET', `/bot/getUpdates${query}`, { token: engine.token })).body.result;
    return { engine, get };
  }
  const ids = (result: unknown) => (result as { update_id: number }[]).map(({ update_id }) => update_id);

  it('serves both readings of offset: the last id, and the last id plus one', async () => {
    const { get } = await withUpdates(4);

    expect(ids(await get())).toEqual([2, 4, 6, 8]);
    expect(ids(await get('?offset=2'))).toEqual([4, 6, 8]);
    expect(ids(await get('?offset=5'))).toEqual([6, 8]);
    expect(ids(await get())).toEqual([6, 8]);
    expect(ids(await get('?offset=8'))).toEqual([]);
  });

  it('pages', async () => {
    const { get } = await withUpdates(3);

    expect(ids(await get('?limit=2'))).toEqual([2, 4]);
    expect(await get('?limit=1')).toEqual([{ update_id: 2, type: 'message', data: { body: 'text 1' } }]);
  });

  it.each([
    '?limit=0',
    '?limit=101',
    '?limit=x',
    '?offset=-1',
    '?offset=1.5',
    '?offset=abc',
    '?timeout=51',
    '?allowed_updates=odd',
  ])('refuses %s', async (query) => {
    const engine = await engineWithBot();

    expect(await engine.call('GET', `/bot/getUpdates${query}`, { token: engine.token })).toMatchObject(
      failure(400, 'bad_request'),
    );
  });

  it('waits for the first update, and ends a first poller when a second comes', async () => {
    const { engine } = await withUpdates(0);
    const poll = () => engine.call('GET', '/bot/getUpdates?timeout=50', { token: engine.token });

    const first = poll();
    await new Promise((resolve) => setImmediate(resolve));
    const second = poll();
    expect(await first).toMatchObject(failure(409, 'conflict'));
    await engine.engine.store.write((tx) =>
      engine.engine.updates.queue(tx, engine.id as never, {
        type: 'message',
        conversation: 'a@b',
        data: { body: 'x' },
      }),
    );

    expect((await second).body.result).toEqual([{ update_id: 2, type: 'message', data: { body: 'x' } }]);
  });

  it('gives only the types that were asked for', async () => {
    const { engine, get } = await withUpdates(1);
    await engine.engine.store.write((tx) =>
      engine.engine.updates.queue(tx, engine.id as never, {
        type: 'reaction',
        conversation: 'a@b',
        data: {},
      }),
    );

    expect(ids(await get())).toEqual([2]);
    expect(ids(await get('?allowed_updates=["reaction"]'))).toEqual([4]);
    expect(ids(await get('?allowed_updates=message,reaction'))).toEqual([2, 4]);
  });
});

describe('settings', () => {
  it('are typed, described and effective at once', async () => {
    const engine = await testEngine();
    const put = (key: string, value: unknown) =>
      engine.call('PUT', `/api/v1/settings/${key}`, { body: { value } });

    expect((await put('api_port', '8080')).body.result).toMatchObject({
      key: 'api_port',
      value: 8080,
      default: 7842,
    });
    expect(await put('api_port', 80)).toMatchObject(failure(400, 'bad_request'));
    expect(await put('language', 'fr')).toMatchObject(failure(400, 'bad_request'));
    expect(await put('nothing', 1)).toMatchObject(failure(404, 'not_found'));
  });

  it('never show a secret', async () => {
    const engine = await testEngine();
    const saved = { api_url: 'http://127.0.0.1:5281/api', host: 'localhost', admin_jid: 'admin@localhost' };

    await engine.call('POST', '/bot/ejabberd/settings', { body: { ...saved, admin_password: 'hunter2' } });
    const shown = await engine.call('GET', '/bot/ejabberd/settings');
    await engine.call('POST', '/bot/ejabberd/settings', { body: shown.body });

    expect(shown.body).toMatchObject({ ...saved, admin_password: '********', configured: true });
    expect(engine.engine.settings.get('ejabberd_admin_password')).toBe('hunter2');
    expect(JSON.stringify((await engine.call('GET', '/api/v1/settings')).body)).not.toContain('hunter2');
    await engine.call('POST', '/bot/ejabberd/settings', { body: { admin_password: '' } });
    expect((await engine.call('GET', '/bot/ejabberd/settings')).body).toMatchObject({
      admin_password: '',
      configured: false,
    });
  });
});

describe('accounts', () => {
  it('are stored once, listed without their password, removed with their bots only on request', async () => {
    const engine = await engineWithBot();

    await engine.call('PATCH', '/api/v1/accounts/you@localhost', { body: { enabled: false } });
    const again = { jid: 'you@localhost', password: 'y', service: 'xmpp://127.0.0.1:5222', verify: false };
    expect((await engine.call('POST', '/api/v1/accounts', { body: again })).status).toBe(200);
    expect((await engine.call('GET', '/api/v1/accounts')).body.result).toEqual([
      {
        jid: 'you@localhost',
        enabled: true,
        operator: true,
        service: 'xmpp://127.0.0.1:5222',
        state: 'offline',
        reason: null,
      },
    ]);
    expect(await engine.call('DELETE', '/api/v1/accounts/you@localhost')).toMatchObject(
      failure(409, 'conflict'),
    );
    expect((await engine.call('DELETE', '/api/v1/accounts/you@localhost?with_bots=true')).status).toBe(200);
    expect((await engine.call('GET', '/bot/list')).body).toEqual({ bots: [] });
    expect(await engine.call('GET', '/bot/getMe', { token: engine.token })).toMatchObject(
      failure(401, 'unauthorized'),
    );
  });

  it('refuse a CA file that is none', async () => {
    const engine = await testEngine();

    const answer = await engine.call('POST', '/api/v1/accounts', {
      body: { jid: 'you@localhost', password: 'x', ca: 'nonsense' },
    });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain('PEM');
  });
});
