import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../src-main/http/door.ts';
import { type Answer, ask } from '../support/ask.ts';
import { aBot, signIn, type TestEngine, testEngine } from '../support/test-engine.ts';

const run = promisify(execFile);
/** For setpriv: another user of this machine. */
const AS_NOBODY = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];

async function openEngine(): Promise<TestEngine & { port: number }> {
  const engine = await testEngine();
  await signIn(engine);
  const door = await openDoor(engine.app, 'public', { host: '127.0.0.1', port: 0 });
  onTestFinished(door.close);
  return { ...engine, port: door.port ?? 0 };
}

describe('admin routes without a token', () => {
  it('answer a program of the same user under the names of this machine', async () => {
    const { port } = await openEngine();

    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      expect([host, (await ask({ port }, '/bot/list', { host })).status]).toEqual([host, 200]);
    }
    expect(
      (await ask({ port }, '/bot/list', { host: `localhost:${port}`, 'sec-fetch-site': 'none' })).status,
    ).toBe(200);
    const own = { origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask({ port }, '/bot/list', { host: `localhost:${port}`, ...own })).status).toBe(200);
  });

  it.each([
    [{ host: 'evil.example' }, 421],
    [{ host: 'localhost' }, 421],
    [{ host: '127.0.0.1.evil.example' }, 421],
    [{ host: 'localhost:1' }, 421],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:1' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ forwarded: 'for=1.2.3.4' }, 403],
    [{ 'x-forwarded-for': '127.0.0.1' }, 403],
    [{ 'x-forwarded-proto': 'https' }, 403],
    [{ 'x-forwarded-port': '80' }, 403],
    [{ 'x-forwarded-server': 'a' }, 403],
  ])('are closed to %j', async (headers, status) => {
    const { port } = await openEngine();

    const answer = await ask({ port }, '/bot/list', { host: `localhost:${port}`, ...headers });

    expect(answer).toMatchObject({ status, body: { ok: false, error_code: String(status) } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.skipIf(process.getuid?.() !== 0)(
    'are closed to another user of this machine, who still may ask for the health',
    async () => {
      const { port } = await openEngine();
      const asNobody = async (path: string) => {
        const words = [...AS_NOBODY, 'curl', '-s', '-o', '/dev/null', '-w', '%{http_code}'];
        return (await run('setpriv', [...words, `http://127.0.0.1:${port}${path}`])).stdout;
      };

      expect(await asNobody('/bot/list')).toBe('403');
      expect(await asNobody('/health')).toBe('200');
    },
  );

  it.skipIf(process.getuid?.() !== 0)(
    'are closed to another user who does not wait for the answer',
    async () => {
      const engine = await openEngine();
      // A socket that its process has closed is shown as root's.
      const script = `const s = require('node:net').connect(${engine.port}, '127.0.0.1', () => { s.end('DELETE /api/v1/accounts/you%40localhost?with_bots=true HTTP/1.1\\r\\nHost: localhost:${engine.port}\\r\\n\\r\\n'); setImmediate(() => process.exit()); });`;
      const words = [...AS_NOBODY, '/usr/bin/env', 'node', '-e', script];
      for (let index = 0; index < 10; index += 1) await run('setpriv', words);

      expect((await engine.call('GET', '/api/v1/accounts')).body.result).toHaveLength(1);
    },
  );

  it('do not open with a bot token', async () => {
    const engine = await openEngine();
    const { token } = await aBot(engine);
    const headers = { host: 'evil.example', authorization: `Bearer ${token}` };

    expect((await ask(engine, '/bot/list', headers)).status).toBe(421);
    expect((await ask(engine, '/bot/getMe', headers)).status).toBe(200);
  });
});

describe('the limits', () => {
  it('count per address without a token, per bot with one, and not at all on the socket', async () => {
    const engine = await openEngine();
    const { port } = engine;
    const { token } = await aBot(engine);
    const set = (key: string, value: number) =>
      engine.call('PUT', `/api/v1/settings/${key}`, { body: { value } });
    await set('rate_limit_ip', 2);
    await set('rate_limit_bot', 3);
    const socketPath = join(engine.dataDir, 'test.sock');
    onTestFinished((await openDoor(engine.app, 'socket', { path: socketPath })).close);
    const times = async (
      count: number,
      path: string,
      where: { port: number } | { socketPath: string },
      headers = {},
    ) => {
      const answers: Answer[] = [];
      for (let index = 0; index < count; index += 1)
        answers.push(await ask(where, path, { host: `localhost:${port}`, ...headers }));
      return answers;
    };

    const plain = await times(40, '/health', { port });
    const asBot = await times(40, '/bot/getMe', { port }, { authorization: `Bearer ${token}` });

    expect(plain.filter(({ status }) => status === 200).length).toBeLessThan(40);
    const limited = plain.find(({ status }) => status === 429);
    expect(limited).toMatchObject({
      body: { error: 'rate_limited', parameters: { retry_after: 1 } },
      headers: { 'retry-after': '1' },
    });
    expect(asBot.slice(0, 3).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(asBot.some(({ status }) => status === 429)).toBe(true);
    expect((await times(40, '/health', { socketPath })).every(({ status }) => status === 200)).toBe(true);
  });
});

describe('bad tokens', () => {
  const bad = [`bm_${'0'.repeat(64)}`, `bma_${'0'.repeat(64)}`, `bms_${'0'.repeat(64)}`];

  it.each(bad)('turn into 429 after twenty a minute (%s), but never a valid one', async (guessed) => {
    const engine = await openEngine();
    const { token } = await aBot(engine);
    const admin = engine.engine.adminToken.show();
    const as = (bearer: string) => ({
      host: `localhost:${engine.port}`,
      authorization: `Bearer ${bearer}`,
    });
    const path = guessed.startsWith('bm_') ? '/bot/getMe' : '/bot/list';
    for (let count = 0; count < 20; count += 1)
      expect((await ask(engine, path, as(guessed))).status).toBe(401);

    const limited = await ask(engine, path, as(guessed));

    expect(limited).toMatchObject({ status: 429, body: { error: 'rate_limited' } });
    expect(limited.body.parameters).toEqual({ retry_after: Number(limited.headers['retry-after']) });
    expect((await ask(engine, '/bot/getMe', as(token))).status).toBe(200);
    expect((await ask(engine, '/bot/list', as(admin))).status).toBe(200);
  });

  it('are not counted on the socket', async () => {
    const engine = await openEngine();
    const socketPath = join(engine.dataDir, 'test.sock');
    onTestFinished((await openDoor(engine.app, 'socket', { path: socketPath })).close);
    for (let count = 0; count < 30; count += 1) {
      const headers = { host: 'localhost', authorization: `Bearer ${bad[0]}` };
      expect((await ask({ socketPath }, '/bot/getMe', headers)).status).toBe(401);
    }
  });
});

describe('the private listener of the window', () => {
  it('opens with its own token only', async () => {
    const engine = await openEngine();
    const door = await openDoor(engine.app, 'private', { host: '127.0.0.1', port: 0 });
    onTestFinished(door.close);
    const where = { port: door.port ?? 0 };
    const { token } = await aBot(engine);

    expect((await ask(where, '/api/v1/status')).status).toBe(403);
    expect((await ask(where, '/health')).status).toBe(403);
    expect((await ask(where, '/bot/getMe', { authorization: `Bearer ${token}` })).status).toBe(403);
    const authorization = `Bearer ${engine.privateToken}`;
    expect((await ask(where, '/api/v1/status', { authorization })).body.result).toMatchObject({
      version: '0.1.0',
      bots_enabled: true,
    });
  });
});
