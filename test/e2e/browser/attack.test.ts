import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FOREIGN_HOST, openBrowser } from '../../support/browser.ts';
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const SCRIPT = readFileSync(join(import.meta.dirname, 'attack-page.js'), 'utf8');
const PAGE = `<!doctype html><html><body><script>${SCRIPT}</script></body></html>`;

interface Attempt {
  what: string;
  read: string | null;
}

async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A server with the hostile page, on a port of its own. */
const hostile = () =>
  listen((_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));

/** An engine with an account and a bot that nobody else may touch. */
async function victim(): Promise<EngineProcess & { token: string }> {
  const engine = await startEngineProcess(testFolder());
  onTestFinished(engine.kill);
  const tell = (method: string, path: string, body: unknown) => engine.call(method, path, { body });
  await tell('POST', '/api/v1/accounts', { jid: 'you@localhost', password: 'pw', verify: false });
  // The guards are to hold, not the limits.
  await tell('PUT', '/api/v1/settings/rate_limit_ip', { value: 10_000 });
  const { body } = await tell('POST', '/bot/create', { name: 'Precious', account: 'you@localhost' });
  return { ...engine, token: String(body.token) };
}

/** Everything that a foreign page could have changed. */
function ledger(dataDir: string) {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  const all = (sql: string) => database.prepare(sql).all();
  const found = {
    accounts: all('select id, jid, enabled, is_operator, language from account'),
    bots: all('select id, name, token_hash, status, description, webhook_url from bot'),
    settings: all('select key, value, hex(sealed) from settings order by key'),
    changes: all("select action, actor, details from audit_log where outcome = 'ok'"),
  };
  const refused = all("select action || ' ' || details as what from audit_log where outcome = 'refused'");
  database.close();
  return { found, refused: (refused as { what: string }[]).map(({ what }) => what) };
}

describe.skipIf(lacks('browser'))('a web page in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  /** Opens the page at an address and lets it try everything on the target. */
  async function attackFrom(address: string, origin: string, isServedHere = false): Promise<Attempt[]> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    // After rebinding the name leads to the engine; the page itself came from elsewhere before.
    if (isServedHere)
      await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
    await page.goto(address);
    return page.evaluate(`attack(${JSON.stringify(origin)})`);
  }

  it('reaches a server without guards in all these ways, so that the rest of this means something', async () => {
    const seen: { method: string; path: string; type: string }[] = [];
    const open = await listen((request: IncomingMessage, response) => {
      const { method = '', url = '', headers } = request;
      if (method !== 'OPTIONS') seen.push({ method, path: url, type: headers['content-type'] ?? '' });
      response
        .setHeader('access-control-allow-origin', headers.origin ?? '*')
        .setHeader('access-control-allow-credentials', 'true')
        .setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
        .setHeader('access-control-allow-headers', 'content-type')
        .setHeader('content-type', 'application/json')
        .end('{"secret":true}');
    });

    const attempts = await attackFrom(
      `http://${FOREIGN_HOST}:${await hostile()}/`,
      `http://127.0.0.1:${open}`,
    );

    const read = attempts.filter((attempt) => attempt.read?.includes('secret')).map(({ what }) => what);
    expect(read).toEqual(
      expect.arrayContaining([
        'fetch cors include /bot/list',
        'POST application/json cors',
        'XMLHttpRequest /health',
      ]),
    );
    const kinds = new Set(seen.map(({ method, type }) => `${method} ${type.split(';')[0]}`));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'GET ',
        'PUT application/json',
        'PATCH application/json',
        'DELETE ',
        'POST application/json',
        'POST text/plain',
        'POST application/x-www-form-urlencoded',
        'POST multipart/form-data',
      ]),
    );
    expect(seen.some(({ path }) => path.startsWith('/bot/create?name=form'))).toBe(true);
    expect(seen.filter(({ path }) => path === '/api/v1/events').length).toBeGreaterThan(0);
  }, 60_000);

  it.each([
    ['on another origin', (port: number) => `http://${FOREIGN_HOST}:${port}/`],
    ['on another port of 127.0.0.1', (port: number) => `http://127.0.0.1:${port}/`],
    ['on another port of localhost', (port: number) => `http://localhost:${port}/`],
  ])(
    '%s reads and changes nothing',
    async (_what, address) => {
      const engine = await victim();
      const before = ledger(engine.dataDir);

      const attempts = await attackFrom(address(await hostile()), `http://127.0.0.1:${engine.port}`);

      const after = ledger(engine.dataDir);
      expect(attempts.filter(({ read }) => read !== null)).toEqual([]);
      expect(after.found).toEqual(before.found);
      // The engine saw it, and let nothing in: what a browser hides from a page is not what protects it.
      await until('the refusals in the audit log', () => {
        const { refused } = ledger(engine.dataDir);
        return ['/bot/list', '/api/v1/status'].every((path) => refused.includes(`admin.denied GET ${path}`));
      });
      expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(200);
    },
    60_000,
  );

  it('under a name that was rebound to this machine reads refusals only, and changes nothing', async () => {
    const engine = await victim();
    const before = ledger(engine.dataDir);
    const origin = `http://${FOREIGN_HOST}:${engine.port}`;

    // The same origin as the engine, for the browser: nothing but the engine's own guard is in the way.
    const attempts = await attackFrom(`${origin}/attack`, origin, true);

    const read = attempts.flatMap(({ what, read: text }) => (text === null ? [] : [{ what, text }]));
    const letIn = read.filter(({ text }) => !/"error_code":"(421|404|405|415|429)"/.test(text));
    expect(letIn).toEqual([]);
    expect(read.some(({ text }) => text.includes('"error_code":"421"'))).toBe(true);
    expect(ledger(engine.dataDir).found).toEqual(before.found);
  }, 60_000);
});
