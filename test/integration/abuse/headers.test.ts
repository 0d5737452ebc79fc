import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { openDoor } from '../../../src-main/http/door.ts';
import { EVERY_ANSWER } from '../../../src-main/http/security-headers.ts';
import { httpServer } from '../../../src-main/http/server.ts';
import { ask } from '../../support/ask.ts';
import { engineWithBot } from '../../support/test-engine.ts';
import { testFolder } from '../../support/test-folder.ts';

async function open() {
  const engine = await engineWithBot();
  const rendererDir = testFolder(onTestFinished);
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Botmother</title>');
  writeFileSync(join(rendererDir, 'color-scheme.js'), '');
  mkdirSync(join(rendererDir, 'assets'));
  writeFileSync(join(rendererDir, 'assets', 'chunk-A1b2C3d4.js'), '');
  const app = await httpServer({
    services: engine.engine,
    clock: systemClock,
    logger: silentLogger,
    version: '0.1.0',
    apiUrl: engine.apiUrl,
    apiProblem: () => undefined,
    privateToken: 'x'.repeat(64),
    rendererDir,
  });
  onTestFinished(() => app.close());
  const door = await openDoor(app, 'public', { host: '127.0.0.1', port: 0 });
  onTestFinished(door.close);
  const port = door.port ?? 0;
  return { ...engine, port, host: `localhost:${port}` };
}

/** What comes back for bytes that may be anything. */
const raw = (port: number, bytes: string) =>
  new Promise<string>((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      said += chunk.toString();
    });
    socket.once('error', reject).once('close', () => resolve(said));
  });

const { 'content-security-policy': _policy, 'cache-control': _cache, ...ALWAYS } = EVERY_ANSWER;

describe('every answer', () => {
  it.each([
    ['a route', '/health', 200],
    ['a refusal', '/bot/getMe', 401],
    ['an unknown path', '/nothing', 404],
    ['another method', '/bot/create', 405],
    ['a path that cannot be read', '/bot/%zz', 400],
    ['a foreign host name', '/bot/list', 421],
    ['the description', '/openapi.json', 200],
    ['the manual', '/docs', 200],
    ['the panel', '/', 200],
    ['a file of the panel', '/color-scheme.js', 200],
  ])('of %s (%s) has the headers of the table and names no program', async (_name, path, status) => {
    const { port, host } = await open();

    const answer = await ask({ port }, path, { host: status === 421 ? 'evil.example' : host });

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(ALWAYS);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    for (const name of ['server', 'x-powered-by', 'access-control-allow-origin', 'set-cookie', 'etag'])
      if (!['/', '/color-scheme.js'].includes(path) || name !== 'etag')
        expect(answer.headers).not.toHaveProperty(name);
  });

  it.each(['/bot/getMe', '/bot/getUpdates', '/bot/getCommands'])('of %s is stored nowhere', async (path) => {
    const { port, host, token } = await open();

    const answer = await ask({ port }, path, { host, authorization: `Bearer ${token}` });

    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
  });

  it.each([
    ['/assets/chunk-A1b2C3d4.js', 'public, max-age=31536000, immutable'],
    ['/color-scheme.js', 'public, max-age=0'],
    ['/app/chats', 'public, max-age=0'],
    ['/', 'public, max-age=0'],
  ])('of the page at %s is kept as long as it cannot change: %s', async (path, kept) => {
    const { port, host } = await open();

    const answer = await ask({ port }, path, { host });

    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': kept } });
  });

  it.each([
    ['nonsense', 'hello\r\n\r\n', 400, 'bad_request'],
    [
      'a head that does not end',
      `GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      'two lengths',
      'POST /bot/create HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'bad_request',
    ],
    [
      'a length and chunks',
      'POST /bot/create HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'bad_request',
    ],
  ])('to %s has them too', async (_name, bytes, status, slug) => {
    const { port } = await open();

    const said = await raw(port, bytes);

    const [head = '', body = ''] = said.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const [name, value] of Object.entries(EVERY_ANSWER)) expect(head).toContain(`${name}: ${value}`);
    expect(JSON.parse(body)).toMatchObject({ ok: false, error_code: String(status), error: slug });
  });
});
