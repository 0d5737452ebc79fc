import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { badBackups, PASSPHRASE, postForm } from '../support/backups.ts';
import { type EngineProcess, runCli, startEngineProcess } from '../support/engine-process.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const STDIN = `${PASSPHRASE}\n`;

async function running(dataDir: string, port = 0): Promise<EngineProcess> {
  const engine = await startEngineProcess(dataDir, port);
  onTestFinished(engine.kill);
  return engine;
}
async function withBot(engine: EngineProcess, owner: string, name: string): Promise<string> {
  await engine.cli(['account', 'add', owner, '--no-verify', '--password-stdin'], 'pw\n');
  const { body } = await engine.call<{ token: string }>('POST', '/bot/create', {
    body: { name, account: owner },
  });
  return body.token;
}
/** A backup made by the CLI of an engine with one bot, whose token it resolves with. */
async function aBackup(folder: string): Promise<{ file: string; token: string }> {
  const source = await running(testFolder());
  const token = await withBot(source, 'you@localhost', 'Weather');
  const file = join(folder, 'all.backup');
  expect(await source.cli(['backup', file, '--passphrase-stdin'], STDIN)).toMatchObject({ status: 0 });
  await source.stop();
  return { file, token };
}
const namesOf = async (engine: EngineProcess) => {
  const { body } = await engine.call<{ bots: { name: string }[] }>('GET', '/bot/list');
  return body.bots.map(({ name }) => name);
};

it('brings a backup into a server that runs: it goes on as the same process, at the same address, with the other data', async () => {
  const folder = testFolder();
  const { file, token } = await aBackup(folder);
  const port = await freePort();
  const engine = await running(testFolder(), port);
  const oldToken = await withBot(engine, 'other@localhost', 'Old');
  const put = async (path: string, passphrase: string) => {
    const form = new FormData();
    form.set('passphrase', passphrase);
    form.set('file', new Blob([await readFile(path)]), basename(path));
    return postForm(engine.dataDir, '/api/v1/restore', form);
  };
  const before = readdirSync(engine.dataDir).sort();

  for (const { file: bad, passphrase, words } of await badBackups(folder, file)) {
    expect(await put(bad, passphrase), words).toMatchObject({
      status: 400,
      body: { error: 'bad_request', description: expect.stringContaining(words) },
    });
  }
  expect(await namesOf(engine)).toEqual(['Old']);
  expect(readdirSync(engine.dataDir).sort()).toEqual(before);

  expect(await put(file, PASSPHRASE)).toMatchObject({ status: 200, body: { result: { restarting: true } } });
  const me = await until(
    'the restored bot',
    async () => {
      const answer = await engine.call('GET', '/bot/getMe', { token }).catch(() => undefined);
      return answer?.status === 200 ? answer : undefined;
    },
    60_000,
  );

  expect(me.body).toMatchObject({ name: 'Weather' });
  // What came after the backup had ids too: none of them comes again.
  const database = new BetterSqlite3(join(engine.dataDir, 'bot_registry.db'), { readonly: true });
  const { last } = database.prepare('select last_update_id as last from bot').get() as { last: number };
  database.close();
  expect(last).toBeGreaterThanOrEqual(2_000);
  expect(last % 2).toBe(0);
  expect((await engine.call('GET', '/bot/getMe', { token: oldToken })).status).toBe(401);
  // It answers the command line as before, and what was there is whole: it can be run again.
  expect((await engine.cli(['account', 'list'])).stdout).toContain('you@localhost');
  const [aside = ''] = readdirSync(engine.dataDir).filter((name) => name.startsWith('before-restore-'));
  expect(await engine.stop()).toBe(0);
  const old = await running(join(engine.dataDir, aside));
  expect(await namesOf(old)).toEqual(['Old']);
}, 240_000);

it('brings a backup into an empty folder by the command line, and leaves nothing behind where it refuses', async () => {
  const folder = testFolder();
  const { file, token } = await aBackup(folder);

  for (const { file: bad, passphrase, words } of await badBackups(folder, file)) {
    const dataDir = join(testFolder(), 'new');
    const refused = await runCli(dataDir, ['restore', bad, '--passphrase-stdin'], `${passphrase}\n`);
    expect(refused, words).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
    expect(() => readdirSync(dataDir)).toThrow(/ENOENT/);
  }
  const dataDir = join(testFolder(), 'new');
  const restored = await runCli(dataDir, ['restore', file, '--passphrase-stdin'], STDIN);
  expect(restored).toMatchObject({ status: 0, stderr: '' });
  const engine = await running(dataDir);
  expect((await engine.call('GET', '/bot/getMe', { token })).body).toMatchObject({ name: 'Weather' });
}, 240_000);
