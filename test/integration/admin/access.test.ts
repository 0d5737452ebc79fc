import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../../src-main/http/door.ts';
import { ask } from '../../support/ask.ts';
import { aBot, signIn, type TestEngine, testEngine } from '../../support/test-engine.ts';

interface OpenEngine extends TestEngine {
  port: number;
  own: { host: string };
}

async function openEngine(): Promise<OpenEngine> {
  const engine = await testEngine();
  await signIn(engine);
  const door = await openDoor(engine.app, 'public', { host: '127.0.0.1', port: 0 });
  onTestFinished(door.close);
  const port = door.port ?? 0;
  engine.ports.push(port);
  return { ...engine, port, own: { host: `127.0.0.1:${port}` } };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const adminToken = async (engine: TestEngine) =>
  String((await engine.call('GET', '/api/v1/admin-token')).body.token);

/** The code of a fresh login link, as the page reads it. */
async function linkCode(engine: TestEngine): Promise<string> {
  const { body } = await engine.call('POST', '/api/v1/panel/links');
  return new URL(String(body.url)).hash.replace('#login=', '');
}
const logIn = (engine: OpenEngine, code: string, headers: Record<string, string> = {}) =>
  ask(engine, '/api/v1/panel/login', { ...engine.own, ...headers }, 'POST', { code });
async function session(engine: OpenEngine): Promise<string> {
  return String((await logIn(engine, await linkCode(engine))).body.session);
}

describe('the admin token', () => {
  it('is the same at every look, and another one after it was rotated', async () => {
    const engine = await openEngine();
    const first = await adminToken(engine);
    const { body } = await engine.call('POST', '/api/v1/admin-token/rotate');

    expect(first).toMatch(/^bma_[0-9a-f]{64}$/);
    expect(body.token).toMatch(/^bma_[0-9a-f]{64}$/);
    expect(body.token).not.toBe(first);
    expect(await adminToken(engine)).toBe(body.token);
    expect((await ask(engine, '/bot/list', { ...engine.own, ...bearer(first) })).status).toBe(401);
    expect((await ask(engine, '/bot/list', { ...engine.own, ...bearer(String(body.token)) })).status).toBe(
      200,
    );
  });

  it('opens admin routes where nothing else would, in both settings of admin_auth', async () => {
    const engine = await openEngine();
    const proxied = { ...engine.own, 'x-forwarded-for': '10.0.0.1' };
    const token = bearer(await adminToken(engine));

    for (const value of ['local', 'required']) {
      await engine.call('PUT', '/api/v1/settings/admin_auth', { body: { value } });
      expect((await ask(engine, '/bot/list', proxied)).status).toBe(403);
      expect((await ask(engine, '/bot/list', { ...proxied, ...token })).status).toBe(200);
      expect((await ask(engine, '/api/v1/status', { ...proxied, ...token })).status).toBe(200);
    }
  });

  it('is needed on the public door when admin_auth says so, and at once', async () => {
    const engine = await openEngine();
    expect((await ask(engine, '/bot/list', engine.own)).status).toBe(200);

    await engine.call('PUT', '/api/v1/settings/admin_auth', { body: { value: 'required' } });

    const refused = await ask(engine, '/bot/list', engine.own);
    expect(refused).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
    expect(String(refused.body.description)).toContain('botmother admin-token show');
    expect((await ask(engine, '/health', engine.own)).status).toBe(200);
    const { token } = await aBot(engine);
    expect((await ask(engine, '/bot/getMe', { ...engine.own, ...bearer(token) })).status).toBe(200);
    expect((await engine.call('GET', '/bot/list')).status).toBe(200);
  });

  it('is refused when it is wrong, also where none is needed', async () => {
    const engine = await openEngine();

    const answer = await ask(engine, '/bot/list', { ...engine.own, ...bearer(`bma_${'0'.repeat(64)}`) });

    expect(answer).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
  });

  it('is no bot token, and a bot token opens no route of the panel', async () => {
    const engine = await openEngine();
    const { token } = await aBot(engine);
    await engine.call('PUT', '/api/v1/settings/admin_auth', { body: { value: 'required' } });

    expect(
      (await ask(engine, '/bot/getMe', { ...engine.own, ...bearer(await adminToken(engine)) })).status,
    ).toBe(401);
    for (const path of ['/api/v1/status', '/bot/list'])
      expect((await ask(engine, path, { ...engine.own, ...bearer(token) })).status).toBe(401);
  });

  it('is shown, rotated and backed up by socket and window only', async () => {
    const engine = await openEngine();
    const token = bearer(await adminToken(engine));
    const panel = bearer(await session(engine));

    for (const [method, path] of [
      ['GET', '/api/v1/admin-token'],
      ['POST', '/api/v1/admin-token/rotate'],
      ['POST', '/api/v1/panel/links'],
      ['POST', '/api/v1/backup'],
    ] as const) {
      for (const who of [{}, token, panel])
        expect([path, (await ask(engine, path, { ...engine.own, ...who }, method)).status]).toEqual([
          path,
          403,
        ]);
    }
  });

  it('has a bucket of its own: nobody without a token can use it up', async () => {
    const engine = await openEngine();
    await engine.call('PUT', '/api/v1/settings/rate_limit_ip', { body: { value: 1 } });
    const token = bearer(await adminToken(engine));
    for (let count = 0; count < 5; count += 1) await ask(engine, '/health', engine.own);

    expect((await ask(engine, '/health', engine.own)).status).toBe(429);
    expect((await ask(engine, '/bot/list', { ...engine.own, ...token })).status).toBe(200);
  });
});

describe('the panel', () => {
  it('opens by a link that works once', async () => {
    const engine = await openEngine();
    const { body } = await engine.call('POST', '/api/v1/panel/links');
    const url = new URL(String(body.url));
    const code = url.hash.replace('#login=', '');

    const first = await logIn(engine, code);
    const second = await logIn(engine, code);

    expect(url.origin).toBe(`http://127.0.0.1:${engine.port}`);
    expect(first).toMatchObject({
      status: 200,
      body: { session: expect.stringMatching(/^bms_[0-9a-f]{64}$/) },
    });
    expect(second).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
    expect(String(second.body.description)).toContain('botmother panel');
  });

  it('lets one of two in that come with one code at once', async () => {
    const engine = await openEngine();
    const code = await linkCode(engine);

    const answers = await Promise.all([logIn(engine, code), logIn(engine, code), logIn(engine, code)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('may do what an admin may, and nothing without its session', async () => {
    const engine = await openEngine();
    const panel = { ...engine.own, ...bearer(await session(engine)) };

    for (const path of ['/api/v1/status', '/api/v1/accounts', '/bot/list']) {
      expect([path, (await ask(engine, path, panel)).status]).toEqual([path, 200]);
    }
    expect((await ask(engine, '/api/v1/status', engine.own)).status).toBe(401);
  });

  it.each<[string, Record<string, string>, number]>([
    ['under a foreign name', { host: 'evil.example' }, 421],
    ['from a page of another origin', { origin: 'http://evil.example' }, 403],
    ['from a page on another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from the same site, another origin', { 'sec-fetch-site': 'same-site' }, 403],
    ['from a sandboxed page', { origin: 'null' }, 403],
  ])('takes neither code nor session %s', async (_what, headers, status) => {
    const engine = await openEngine();
    const code = await linkCode(engine);
    const panel = { ...engine.own, ...bearer(await session(engine)) };

    expect((await logIn(engine, code, headers)).status).toBe(status);
    expect((await ask(engine, '/api/v1/status', { ...panel, ...headers })).status).toBe(status);
    expect((await logIn(engine, code)).status).toBe(200);
  });

  it('ends at once when the admin token is rotated, its live stream too', async () => {
    const engine = await openEngine();
    const panel = { ...engine.own, ...bearer(await session(engine)) };
    const unused = await linkCode(engine);
    const ended = new Promise<string>((resolve, reject) => {
      const live = request(
        { host: '127.0.0.1', port: engine.port, path: '/api/v1/events', headers: panel },
        (response) => {
          response.once('data', () => void engine.call('POST', '/api/v1/admin-token/rotate'));
          response.on('close', () => resolve('ended'));
          response.on('error', () => undefined);
          response.resume();
        },
      );
      live.on('error', reject);
      live.end();
    });

    expect(await ended).toBe('ended');
    expect((await ask(engine, '/api/v1/status', panel)).status).toBe(401);
    expect((await logIn(engine, unused)).status).toBe(401);
  });

  it('notes in the audit log who got in and who did not', async () => {
    const engine = await openEngine();
    await session(engine);
    await ask(engine, '/bot/list', { ...engine.own, origin: 'http://evil.example' });

    const rows = await engine.engine.audit.page({ limit: 10 });

    expect(rows.map(({ action, outcome }) => [action, outcome])).toEqual(
      expect.arrayContaining([
        ['panel.link', 'ok'],
        ['panel.login', 'ok'],
        ['admin.denied', 'refused'],
      ]),
    );
  });
});
