import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prepareElectronRuntime } from '../../../scripts/lib/electron-runtime.mjs';
import { openDisplay } from './display.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const BUILT = ['dist/main/desktop.js', 'dist/main/preload.cjs', 'dist/renderer/index.html'];
const STUB = join(import.meta.dirname, 'stub-engine.mjs');

const closers: (() => Promise<unknown>)[] = [];
let executablePath: string;
let display: Awaited<ReturnType<typeof openDisplay>> | undefined;

async function launch(env: Record<string, string> = {}): Promise<{ app: ElectronApplication; page: Page }> {
  const folder = await mkdtemp(join(tmpdir(), 'botmother-desktop-'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [...asRoot, '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, ROOT],
    cwd: ROOT,
    env: {
      ...process.env,
      DISPLAY: display?.display ?? '',
      BOTMOTHER_DATA_DIR: join(folder, 'data'),
      BOTMOTHER_ENGINE_ENTRY: STUB,
      BOTMOTHER_LOG_LEVEL: 'silent',
      ...env,
    },
  });
  closers.push(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const page = await app.firstWindow();
  return { app, page };
}

/** The process id of the engine behind the page; the stub tells it. */
async function enginePid(page: Page): Promise<number> {
  const version = await page.evaluate(async () => {
    const response = await fetch('/api/v1/status');
    const { result } = (await response.json()) as { result: { version: string } };
    return result.version;
  });
  return Number(version.split('.').at(-1));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the desktop window', () => {
  beforeAll(async () => {
    const missing = BUILT.filter((file) => !existsSync(join(ROOT, file)));
    if (missing.length > 0) throw new Error(`Build first, these are missing: ${missing.join(', ')}`);
    executablePath = (await prepareElectronRuntime()).executable;
    if (process.platform === 'linux') display = await openDisplay();
  }, 300_000);

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  afterAll(async () => display?.close());

  it('shows accounts and bots, and what announcements bring', async () => {
    const { app, page } = await launch();

    await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
    const bots = page.getByRole('table');
    await expect(bots.getByRole('row').allInnerTexts()).resolves.toHaveLength(5);
    const accounts = page.getByRole('region', { name: 'Accounts' });
    expect(await accounts.innerText()).toContain('mira@chat.example.com');
    expect(await accounts.innerText()).toContain('online, 3 bots');
    await page.getByText('old@example.net cannot sign in').waitFor();

    await page.getByRole('button', { name: 'Copy API address' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('http://127.0.0.1:7842');
    await page.evaluate(() => fetch('/test/add-bot'));

    await bots.getByText('Newcomer').waitFor();
  });

  it('says what to type when nobody is signed in', async () => {
    const { page } = await launch({ STUB_SCENE: 'empty' });

    await page.getByRole('heading', { name: 'Sign in your first account' }).waitFor();

    await page.getByText('npm run botmother -- account add you@example.org').waitFor();
    await page.getByText('/newbot Weather').waitFor();
  });

  it('gives the page nothing but its platform and version', async () => {
    const { app, page } = await launch();
    await page.getByRole('heading', { level: 1 }).waitFor();

    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      desktop: Reflect.get(globalThis, 'desktop') as unknown,
      notifications: Reflect.get(Reflect.get(globalThis, 'Notification'), 'permission') as unknown,
    }));
    const { version } = await import('../../../package.json', { with: { type: 'json' } }).then(
      (m) => m.default,
    );

    expect(seen).toEqual({
      node: [],
      desktop: { platform: process.platform, version },
      notifications: 'denied',
    });
    const preferences = await app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .map((contents) => Reflect.get(contents, 'getLastWebPreferences').call(contents)),
    );
    expect(preferences).toMatchObject([{ sandbox: true, contextIsolation: true, nodeIntegration: false }]);
  });

  it('keeps to its engine: no foreign page, window or request, and no token elsewhere', async () => {
    const { app, page } = await launch();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const home = page.url();
    const opened = await app.evaluateHandle(({ shell }) => {
      const urls: string[] = [];
      shell.openExternal = async (url) => void urls.push(url);
      return urls;
    });

    // Not through `page`, which from then on waits for the navigation that never comes.
    const run = (code: string) =>
      app.evaluate(
        ({ BrowserWindow }, script) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script, true),
        code,
      );
    await run(`location.href = 'https://example.com/'; 0`);
    await run(`location.href = 'file:///etc/passwd'; 0`);
    await run(`location.href = 'botmother-shell:quit'; 0`);
    await run(`open('https://example.org/help'); open('file:///etc/passwd'); open('http://127.0.0.1:1/'); 0`);
    const foreign = await run(`fetch('https://example.com/').then(() => 'answered', () => 'refused')`);
    const withoutToken = await fetch(new URL('/api/v1/status', home));

    expect(await run('location.href')).toBe(home);
    expect(await run(`document.querySelector('h1').textContent`)).toBe('Health');
    expect(app.windows()).toHaveLength(1);
    expect(foreign).toBe('refused');
    expect(await opened.jsonValue()).toEqual(['https://example.org/help']);
    expect(withoutToken.status).toBe(403);
  });

  it('starts a new engine when one is killed, and the window comes back', async () => {
    const { page } = await launch();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const [firstUrl, firstPid] = [page.url(), await enginePid(page)];

    process.kill(firstPid, 'SIGKILL');

    await expect.poll(() => page.url(), { timeout: 15_000 }).not.toBe(firstUrl);
    await page.getByRole('table').waitFor();
    const secondPid = await enginePid(page);
    expect(secondPid).not.toBe(firstPid);
    expect(isRunning(firstPid)).toBe(false);
  });

  it('stops the engine when it quits', async () => {
    const { app, page } = await launch();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const pid = await enginePid(page);

    await app.close();

    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('says why the engine cannot start, and tries again when asked', async () => {
    const reason = 'Port 7842 is taken by "another" <program>.';
    const { app, page } = await launch({ STUB_FAILS: reason });

    await page.getByRole('heading', { name: 'The engine cannot start' }).waitFor();
    await page.getByText(reason).waitFor();

    await app.evaluate(() => {
      delete process.env.STUB_FAILS;
    });
    await page.getByRole('link', { name: 'Try again' }).click();

    await page.getByRole('heading', { name: 'Health' }).waitFor();
  });
});
