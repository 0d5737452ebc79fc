import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBinary } from '../../scripts/lib/system.mjs';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';

const run = promisify(execFile);
const isPossible = process.getuid?.() === 0 && findBinary('setpriv') && findBinary('curl');

/** Runs a program as a user without any rights of their own; resolves with its output and status. */
async function asNobody(words: string[]): Promise<{ out: string; status: number }> {
  const user = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
  return run('setpriv', [...user, ...words], { cwd: '/' }).then(
    ({ stdout }) => ({ out: stdout, status: 0 }),
    (error: { stdout: string; code: number }) => ({ out: error.stdout, status: error.code }),
  );
}

describe.skipIf(!isPossible)('another user of this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'botmother-other-'));
  const dataDir = join(folder, 'data');
  let engine: EngineProcess;

  beforeAll(async () => {
    // Others may come as far as the data folder itself.
    chmodSync(folder, 0o755);
    engine = await startEngineProcess(dataDir);
    await engine.cli(['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'], 'pw\n');
    await engine.cli(['bot', 'create', 'Precious', '--account', 'you@localhost']);
  });
  afterAll(async () => {
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A request as curl sends it; resolves with the status. */
  async function curl(method: string, path: string, more: string[] = []): Promise<string> {
    const words = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '-X', method, ...more];
    return (await asNobody([...words, `http://127.0.0.1:${engine.port}${path}`])).out;
  }
  const json = (body: unknown) => ['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)];

  it('is who they seem to be in this test', async () => {
    expect((await asNobody(['id', '-u'])).out).toBe('65534\n');
    expect(await curl('GET', '/health')).toBe('200');
  });

  it.each<[string, string, unknown]>([
    ['GET', '/bot/list', undefined],
    ['POST', '/bot/create', { name: 'Foreign', account: 'you@localhost' }],
    ['POST', '/bot/token', { id: 1 }],
    ['GET', '/bot/ejabberd/settings', undefined],
    ['POST', '/bot/ejabberd/settings', { api_url: 'http://127.0.0.1:1/' }],
    ['GET', '/api/v1/status', undefined],
    ['GET', '/api/v1/events', undefined],
    ['GET', '/api/v1/admin-token', undefined],
    ['POST', '/api/v1/admin-token/rotate', undefined],
    ['POST', '/api/v1/panel/links', undefined],
    ['POST', '/api/v1/backup', { passphrase: 'long enough' }],
    ['PUT', '/api/v1/settings/admin_auth', { value: 'local' }],
    ['DELETE', '/api/v1/accounts/you%40localhost?with_bots=true', undefined],
  ])('cannot use %s %s', async (method, path, body) => {
    expect(await curl(method, path, body === undefined ? [] : json(body))).toBe('403');
  });

  it('cannot get in by guessing a token, a session or a login code', async () => {
    const guess = (prefix: string) => ['-H', `Authorization: Bearer ${prefix}${'0'.repeat(64)}`];

    expect(await curl('GET', '/bot/list', guess('bma_'))).toBe('401');
    expect(await curl('GET', '/api/v1/status', guess('bms_'))).toBe('401');
    expect(await curl('POST', '/api/v1/panel/login', json({ code: 'guess' }))).toBe('401');
  });

  it('cannot pass for the owner by closing, reusing or sharing a connection', async () => {
    const port = engine.port;
    const remove = `DELETE /api/v1/accounts/you%40localhost?with_bots=true HTTP/1.1\\r\\nHost: localhost:${port}\\r\\n\\r\\n`;
    const closes = `const s = require('node:net').connect(${port}, '127.0.0.1', () => { s.end('${remove}'); setImmediate(() => process.exit()); });`;
    const reuses = `const s = require('node:net').connect(${port}, '127.0.0.1', () => { s.write('GET /health HTTP/1.1\\r\\nHost: localhost:${port}\\r\\n\\r\\n${remove}'); s.on('data', (d) => { if (/ 403 /.test(d)) process.exit(); }); });`;
    for (const script of [closes, closes, closes, reuses]) {
      expect((await asNobody(['/usr/bin/env', 'node', '-e', script])).status).toBe(0);
    }

    expect((await engine.cli(['account', 'list', '--json'])).stdout).toContain('you@localhost');
    expect((await engine.call<{ bots: unknown[] }>('GET', '/bot/list')).body.bots).toHaveLength(1);
  });

  it('reaches neither the socket nor a file of the data folder', async () => {
    const socket = ['curl', '-s', '--unix-socket', join(dataDir, 'engine.sock'), 'http://localhost/bot/list'];

    expect((await asNobody(socket)).status).toBe(7);
    for (const file of ['keys/data.key', 'bot_registry.db', 'engine.lock'])
      expect((await asNobody(['cat', join(dataDir, file)])).status).toBe(1);
    expect((await asNobody(['ls', dirname(join(dataDir, 'x'))])).out).toBe('');
  });

  it('may use what they were given: a bot’s token, or the admin token', async () => {
    const bearer = (token: string) => ['-H', `Authorization: Bearer ${token.trim()}`];
    const { stdout } = await engine.cli(['bot', 'token', '1']);

    expect(await curl('GET', '/bot/getMe', bearer(stdout))).toBe('200');
    expect(await curl('GET', '/bot/list', bearer((await engine.cli(['admin-token', 'show'])).stdout))).toBe(
      '200',
    );
  });
});
