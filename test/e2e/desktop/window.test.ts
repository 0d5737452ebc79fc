import { describe, expect, it } from 'vitest';
import { desktopApps, enginePid } from '../../support/desktop-app.ts';
import { follow } from '../../support/desktop-window.ts';

const apps = desktopApps();
const launch = (env: Record<string, string> = {}) => apps.launch({ env: { STUB_PAGE: '', ...env } });

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the desktop window', () => {
  it('shows how everything is, and what announcements bring', async () => {
    const { app, page } = await launch();
    await page.locator('#rail').waitFor();
    await page.evaluate(`history.pushState(null, '', '/app/health')`);

    await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
    const facts = page.getByRole('region', { name: 'Engine and API' });
    await facts.getByText('4', { exact: true }).waitFor();
    const accounts = page.getByRole('region', { name: 'Accounts' });
    expect(await accounts.innerText()).toContain('mira@chat.example.com');
    await page.getByText('old@example.net cannot sign in').waitFor();

    await page.getByRole('button', { name: 'Copy API address' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('http://127.0.0.1:7842');
    await page.evaluate(() => fetch('/test/add-bot'));

    await facts.getByText('5', { exact: true }).waitFor();
  });

  it('has its list as wide as it was, at the next start', async () => {
    const first = await launch();
    const grip = first.page.getByRole('separator');
    const width = Number(await grip.getAttribute('aria-valuenow'));
    await grip.press('ArrowRight');
    await first.page.locator(`[aria-valuenow="${width + 16}"]`).waitFor();
    await first.close();

    const { page } = await apps.launch({ folder: first.folder, env: { STUB_PAGE: '' } });

    expect(await page.getByRole('separator').getAttribute('aria-valuenow')).toBe(String(width + 16));
  });

  it('asks for an account when nobody is signed in', async () => {
    const { page } = await launch({ STUB_SCENE: 'empty' });

    await page.getByLabel('XMPP address').waitFor();

    await page.waitForURL('**/app/welcome');
  });

  it('gives the page nothing of Node, and its bridge', async () => {
    const { app, page } = await launch();
    await page.locator('#rail').waitFor();

    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      desktop: Object.keys(Reflect.get(globalThis, 'desktop') as object).sort(),
      notifications: Reflect.get(Reflect.get(globalThis, 'Notification'), 'permission') as unknown,
    }));

    expect(seen).toEqual({
      node: [],
      desktop: [
        'chooseFile',
        'kept',
        'keystore',
        'notify',
        'onOpenRoute',
        'openExternal',
        'platform',
        'restartEngine',
        'saveFile',
        'setBadge',
        'settings',
        'showFolder',
        'version',
      ],
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
    await page.getByRole('heading', { name: 'Chats' }).waitFor();
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
    expect(await run(`document.querySelector('#rail') !== null`)).toBe(true);
    expect(app.windows()).toHaveLength(1);
    expect(foreign).toBe('refused');
    expect(await opened.jsonValue()).toEqual(['https://example.org/help', 'http://127.0.0.1:1/']);
    expect(withoutToken.status).toBe(403);
  });

  it('stops the engine when it quits', async () => {
    const { app, page } = await launch();
    await page.locator('#rail').waitFor();
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
    await follow(page, 'Try again');

    await page.locator('#rail').waitFor();
  });
});
