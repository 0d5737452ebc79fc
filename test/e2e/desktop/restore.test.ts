import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import { badBackups, PASSPHRASE } from '../../support/backups.ts';
import { type DesktopApp, desktopApps } from '../../support/desktop-app.ts';
import { runCli, startEngineProcess } from '../../support/engine-process.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const { firstRun, settings } = en;
const apps = desktopApps();
/** With the engine that an app comes with. */
const launch = (folder?: string) =>
  apps.launch({
    ...(folder !== undefined && { folder }),
    env: { BOTMOTHER_ENGINE_ENTRY: '', BOTMOTHER_PORT: '0', STUB_PAGE: '' },
  });
const dataOf = ({ folder }: DesktopApp) => join(folder, 'data');
const asideOf = (app: DesktopApp) =>
  readdirSync(dataOf(app)).filter((name) => name.startsWith('before-restore-'));
const cli = (app: DesktopApp, ...words: string[]) => runCli(dataOf(app), words, 'pw\n');

/** A whole engine is started anew. */
const RESTART_MS = 60_000;

/** Names of the bots, as the page asks for them. */
const botsIn = (page: Page) =>
  page
    .evaluate(async () => {
      const { result } = (await (await fetch('/api/v1/bots')).json()) as { result: { name: string }[] };
      return result.map(({ name }) => name);
    })
    .catch(() => undefined);

/** A backup of somebody with one bot, made by the command line. */
async function aBackup(folder: string): Promise<string> {
  const engine = await startEngineProcess(testFolder());
  onTestFinished(engine.kill);
  await engine.cli(['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'], 'pw\n');
  await engine.cli(['bot', 'create', 'Weather', '--account', 'you@localhost']);
  const file = join(folder, 'all.backup');
  const made = await engine.cli(['backup', file, '--passphrase-stdin'], `${PASSPHRASE}\n`);
  expect(made).toMatchObject({ status: 0 });
  await engine.stop();
  return file;
}

async function give(page: Page, file: string, passphrase: string, button: string): Promise<void> {
  const form = page.locator('form').filter({ hasText: settings.backup.restoreHelp });
  await form.locator('input[type=file]').setInputFiles(file);
  await form.getByLabel(settings.backup.passphrase, { exact: true }).fill(passphrase);
  await form.getByRole('button', { name: button, exact: true }).click();
}

it('brings a backup in at the first run, says why not before, and leads to the conversations', async () => {
  const folder = testFolder();
  const good = await aBackup(folder);
  const app = await launch();
  const { page } = app;
  await page.getByRole('heading', { level: 1, name: firstRun.title }).waitFor();
  await page.getByRole('button', { name: firstRun.restore }).click();

  for (const { file, passphrase, words } of await badBackups(folder, good)) {
    await give(page, file, passphrase, settings.backup.askAction);
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
  }
  expect(asideOf(app)).toEqual([]);
  await give(page, good, PASSPHRASE, settings.backup.askAction);

  await page.waitForURL('**/app/chats**', { timeout: 60_000 });
  await until('the bots of the backup', async () => (await botsIn(page))?.includes('Weather'), RESTART_MS);
  expect(existsSync(join(dataOf(app), 'keys', 'data.key'))).toBe(true);
  await app.close();
  // And it is so from then on.
  const again = await launch(app.folder);
  await again.page.locator('#rail').waitFor();
  expect(await botsIn(again.page)).toEqual(['Weather']);
}, 300_000);

it('makes a backup in the window, and brings it back over what came after it', async () => {
  const app = await launch();
  const { page } = app;
  await page.locator('#rail').waitFor();
  await cli(app, 'account', 'add', 'you@localhost', '--no-verify', '--password-stdin');
  await cli(app, 'bot', 'create', 'Before', '--account', 'you@localhost');
  const go = (path: string) =>
    page.evaluate(`history.pushState(null, '', '/app${path}'); dispatchEvent(new PopStateEvent('popstate'))`);
  await go('/settings/backup');
  const file = join(testFolder(), 'window.backup');
  // What the system's dialog answers, where somebody chooses that place.
  await app.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);

  const make = page.locator('form').filter({ hasText: settings.backup.makeHelp });
  await make.getByLabel(settings.backup.passphrase, { exact: true }).fill(PASSPHRASE);
  await make.getByLabel(settings.backup.again).fill(PASSPHRASE);
  await make.getByRole('button', { name: settings.backup.save }).click();
  await page.getByText(settings.backup.madeAt(file)).waitFor();
  await until('the file', () => existsSync(file));
  await cli(app, 'bot', 'create', 'After', '--account', 'you@localhost');
  expect(await botsIn(page)).toEqual(['Before', 'After']);

  for (const { file: bad, passphrase, words } of await badBackups(testFolder(), file)) {
    await give(page, bad, passphrase, settings.backup.start);
    const dialog = page.getByRole('dialog', { name: settings.backup.askTitle });
    await dialog.getByRole('button', { name: settings.backup.askAction }).click();
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
  }
  expect(await botsIn(page)).toEqual(['Before', 'After']);
  await give(page, file, PASSPHRASE, settings.backup.start);
  await page
    .getByRole('dialog', { name: settings.backup.askTitle })
    .getByRole('button', { name: settings.backup.askAction })
    .click();

  await until('the bots of the backup', async () => (await botsIn(page))?.join() === 'Before', RESTART_MS);
  expect(asideOf(app)).toHaveLength(1);
  // The window stays, and follows the engine that came after.
  await page.getByRole('heading', { level: 1, name: settings.pages.backup }).waitFor();
  await cli(app, 'bot', 'create', 'Afterwards', '--account', 'you@localhost');
  await go('/bots');
  await page.getByText('Afterwards').first().waitFor();
}, 300_000);
