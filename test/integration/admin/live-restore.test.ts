import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../../scripts/lib/ports.mjs';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { fileKeyBox } from '../../../src-main/server/file-key-box.ts';
import { type RunningEngine, runEngine } from '../../../src-main/server/run-engine.ts';
import { testFolder } from '../../support/test-folder.ts';

const PASSPHRASE = 'correct horse battery';

async function started(dataDir: string): Promise<RunningEngine> {
  const engine = await runEngine(
    { dataDir, port: await freePort(), mode: 'local' },
    () => fileKeyBox(dataDir, undefined),
    silentLogger,
  );
  onTestFinished(() => engine.stop());
  return engine;
}

/** As the window asks. */
async function ask(engine: RunningEngine, method: string, path: string, body?: unknown) {
  const isForm = body instanceof FormData;
  const response = await fetch(new URL(path, engine.privateUrl), {
    method,
    headers: {
      authorization: `Bearer ${engine.privateToken}`,
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  });
  return response;
}
const botsOf = async (engine: RunningEngine) => {
  const { result } = (await (await ask(engine, 'GET', '/api/v1/bots')).json()) as {
    result: { name: string; token: string }[];
  };
  return result.map(({ name, token }) => [name, token]);
};

function form(file: Blob | undefined, passphrase = PASSPHRASE): FormData {
  const fields = new FormData();
  // Before the file or after it: it makes no difference.
  if (file) fields.set('file', file, 'all.backup');
  fields.set('passphrase', passphrase);
  return fields;
}

it('brings a backup in while the engine runs: refused it changes nothing, taken it is all there after a new start', async () => {
  const source = await started(testFolder());
  const account = { jid: 'you@localhost', password: 'x', verify: false };
  await ask(source, 'POST', '/api/v1/accounts', account);
  await ask(source, 'POST', '/api/v1/bots', { name: 'Weather', account: 'you@localhost' });
  const backup = await (await ask(source, 'POST', '/api/v1/backup', { passphrase: PASSPHRASE })).blob();
  const kept = await botsOf(source);
  await source.stop();

  const dataDir = testFolder();
  const engine = await started(dataDir);
  await ask(engine, 'POST', '/api/v1/accounts', { ...account, jid: 'other@localhost' });
  await ask(engine, 'POST', '/api/v1/bots', { name: 'Old', account: 'other@localhost' });
  const before = await botsOf(engine);
  const restore = async (body: FormData) => {
    const response = await ask(engine, 'POST', '/api/v1/restore', body);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  for (const [body, words] of [
    [form(backup, 'another passphrase'), /passphrase is not the one/],
    [form(new Blob(['no backup'])), /backup/],
    [form(backup.slice(0, backup.size - 100)), /damaged|incomplete/],
    [form(undefined), /`file`/],
    [form(backup, ''), /`passphrase`/],
  ] as const) {
    const refused = await restore(body);
    expect(refused).toMatchObject({
      status: 400,
      body: { ok: false, description: expect.stringMatching(words) },
    });
  }
  expect(await botsOf(engine)).toEqual(before);
  expect(readdirSync(dataDir).filter((name) => /^(restoring|before)/.test(name))).toEqual([]);

  expect(await restore(form(backup))).toMatchObject({
    status: 200,
    body: { result: { restarting: true, created_at: expect.any(Number) } },
  });
  await engine.restartWanted;
  await engine.stop();

  const again = await started(dataDir);
  expect(await botsOf(again)).toEqual(kept);
  const [aside = ''] = readdirSync(dataDir).filter((name) => name.startsWith('before-restore-'));
  expect(readdirSync(join(dataDir, aside))).toContain('bot_registry.db');
  expect(readdirSync(dataDir).filter((name) => name.startsWith('restoring'))).toEqual([]);
}, 120_000);

it('is for who sits at this machine: no page in a browser, and not the admin token either', async () => {
  const engine = await started(testFolder());
  const { token } = (await (await ask(engine, 'GET', '/api/v1/admin-token')).json()) as { token: string };
  const link = (await (await ask(engine, 'POST', '/api/v1/panel/links')).json()) as { url: string };
  const login = await fetch(new URL('/api/v1/panel/login', engine.apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: new URL(link.url).hash.replace('#login=', '') }),
  });
  const { session } = (await login.json()) as { session: string };
  const bearers = [token, session].map((one) => ({ authorization: `Bearer ${one}` }));

  for (const headers of bearers)
    expect((await fetch(new URL('/api/v1/status', engine.apiUrl), { headers })).status).toBe(200);
  for (const headers of [{}, ...bearers]) {
    const response = await fetch(new URL('/api/v1/restore', engine.apiUrl), {
      method: 'POST',
      headers,
      body: form(new Blob(['x'])),
    });
    expect(response.status).toBe(403);
  }
});
