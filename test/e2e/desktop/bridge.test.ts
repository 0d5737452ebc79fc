import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktopApps } from '../../support/desktop-app.ts';
import { until } from '../../support/until.ts';

const { launch } = desktopApps();

/** What the page is told when it asks for something: the words of the refusal. */
const refusal = (page: Page, path: string, ...args: unknown[]) =>
  call(page, path, ...args).then(
    () => 'taken',
    (error: Error) => error.message.split('\n')[0]?.replace(/^.*?Error: /, ''),
  );
async function start(env: Record<string, string> = {}) {
  const running = await launch({ env });
  await running.page.getByRole('heading', { level: 1 }).waitFor();
  return running;
}

/** Calls a function of the bridge by its path. */
const call = <T>(page: Page, path: string, ...args: unknown[]) =>
  page.evaluate(
    async ([way, given]) => {
      let target: unknown = Reflect.get(globalThis, 'desktop');
      for (const name of way.split('.')) target = Reflect.get(target as object, name);
      return (await (target as (...a: unknown[]) => unknown)(...given)) as unknown;
    },
    [path, args] as const,
  ) as Promise<T>;

describe('notifications', () => {
  it('are shown by the system, and a click leads to what they are about', async () => {
    const { app, page } = await start();
    const shown = await app.evaluateHandle(({ Notification, BrowserWindow }) => {
      const list: Electron.Notification[] = [];
      Notification.isSupported = () => true;
      Notification.prototype.show = function show(this: Electron.Notification) {
        list.push(this);
      };
      BrowserWindow.getAllWindows()[0]?.hide();
      return list;
    });

    const isShown = await call<boolean>(page, 'notify', {
      title: 'Weather',
      body: 'Rain at four',
      route: '/app/chats/weather%40x.example',
    });
    expect(isShown).toBe(true);
    expect(await shown.evaluate((list) => list.map(({ title, body }) => ({ title, body })))).toEqual([
      { title: 'Weather', body: 'Rain at four' },
    ]);
    await shown.evaluate((list) => list[0]?.emit('click'));

    await page.getByRole('heading', { name: '/app/chats/weather%40x.example' }).waitFor();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(
      true,
    );
  });

  it('are not shown where a person has switched them off', async () => {
    const { app, page } = await start();
    await app.evaluate(({ Notification }) => {
      Notification.isSupported = () => true;
    });

    const state = await call(page, 'settings.set', { notifications: false });

    expect(state).toMatchObject({ notifications: false });
    expect(await call(page, 'notify', { title: 'Weather', body: '' })).toBe(false);
  });
});

describe('what the page asks for', () => {
  it('is refused in words where it makes no sense', async () => {
    const { page } = await start();

    const refusals = [
      await refusal(page, 'openExternal', 'file:///etc/passwd'),
      await refusal(page, 'openExternal', 'javascript:alert(1)'),
      await refusal(page, 'notify', { title: 'a', body: 'b', route: 'https://example.com/' }),
      await refusal(page, 'notify', { title: 'a', body: 'b', route: '//example.com/' }),
      await refusal(page, 'notify', { title: 'a', body: 'b', icon: 'file:///etc/passwd' }),
      await refusal(page, 'setBadge', -1),
      await refusal(page, 'saveFile', 'backup', '../../.bashrc'),
      await refusal(page, 'showFolder', '/etc'),
      await refusal(page, 'kept.set', '../list', '1'),
      await refusal(page, 'kept.set', 'list-width', 'x'.repeat(5_000)),
    ];

    expect(new Set(refusals.slice(0, 2))).toEqual(
      new Set(['Only addresses of web pages and of mail are opened in other programs.']),
    );
    expect(new Set(refusals.slice(2))).toEqual(
      new Set(['The app cannot do that with what the page has given.']),
    );
  });

  it('is answered to the page of the engine alone', async () => {
    const { app, page } = await launch({ env: { STUB_FAILS: 'No engine today.' } });
    await page.getByText('No engine today.').waitFor();

    const answer = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `desktop.settings.get().then(() => 'answered', (error) => error.message)`,
      ),
    );

    expect(answer).toContain('refused');
  });

  it('opens addresses of the web in the browser', async () => {
    const { app, page } = await start();
    const opened = await app.evaluateHandle(({ shell }) => {
      const urls: string[] = [];
      shell.openExternal = async (url) => void urls.push(url);
      shell.openPath = async (path) => {
        urls.push(path);
        return '';
      };
      return urls;
    });

    await call(page, 'openExternal', 'https://example.org/help');
    await call(page, 'showFolder', 'logs');

    const logs = await app.evaluate(({ app: electron }) => electron.getPath('logs'));
    expect(await opened.jsonValue()).toEqual(['https://example.org/help', logs]);
  });
});

describe('a window of its own', () => {
  it('is never opened: what is for a browser opens there, where that reaches it', async () => {
    const { app, page } = await start();
    const opened = await app.evaluateHandle(({ shell }) => {
      const urls: string[] = [];
      shell.openExternal = async (url) => void urls.push(url);
      return urls;
    });

    await page.evaluate(`for (const url of [
      '/docs', '/app/bots', '/bot/file/secret', 'file:///etc/passwd', 'http://intranet.example/wiki',
    ]) window.open(url, '_blank', 'noopener')`);

    const wanted = ['http://127.0.0.1:7842/docs', 'http://intranet.example/wiki'];
    await until('both pages', async () => (await opened.jsonValue()).length >= wanted.length);
    expect(await opened.jsonValue()).toEqual(wanted);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});

describe('settings', () => {
  it('start the app at login, by an entry that desktops read', async () => {
    const { page, folder } = await start();
    const entry = join(folder, 'config', 'autostart', 'botmother.desktop');

    expect(await call(page, 'settings.get')).toMatchObject({ startAtLogin: false, canStartAtLogin: true });
    expect(await call(page, 'settings.set', { startAtLogin: true })).toMatchObject({ startAtLogin: true });
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.*electron.* --hidden$/m);
    expect(await call(page, 'settings.set', { startAtLogin: false })).toMatchObject({ startAtLogin: false });

    expect(existsSync(entry)).toBe(false);
  });

  it('switch the spell check, which is off at first', async () => {
    const { app, page } = await start();
    const isOn = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.session.isSpellCheckerEnabled(),
      );

    expect(await isOn()).toBe(false);
    await call(page, 'settings.set', { spellcheck: true });

    expect(await isOn()).toBe(true);
  });

  it('follow the engine in language and look', async () => {
    const { app, page } = await start();
    const menu = () =>
      app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
    await until('the English menu', async () => (await menu()).includes('Edit'));

    await page.evaluate(() =>
      fetch('/bot/settings', {
        method: 'POST',
        body: JSON.stringify({ window_language: 'de', window_theme: 'dark' }),
      }),
    );

    // Else the test's own idea of light and dark counts.
    await page.emulateMedia({ colorScheme: null });
    await until('the German menu', async () => (await menu()).includes('Bearbeiten'));
    expect(await app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
    expect(await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`)).toBe(true);
  });
});

describe('files', () => {
  it('are saved where the person says, and asked for once', async () => {
    const { app, page, folder } = await start();
    const place = join(folder, 'kept.backup');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog;
      dialog.showOpenDialog = (async () => ({
        canceled: false,
        filePaths: [filePath],
      })) as typeof dialog.showOpenDialog;
    }, place);

    expect(await call(page, 'saveFile', 'backup', 'bots.backup')).toBe(place);
    await page.evaluate(`(() => {
      const link = Object.assign(document.createElement('a'), { href: '/test/download', download: 'bots.backup' });
      document.body.append(link);
      link.click();
    })()`);

    await until('the file', () => existsSync(place) && readFileSync(place, 'utf8') === 'sealed');
    expect(await call(page, 'chooseFile', 'backup')).toBe(place);
  });
});

describe('the menu of a right click', () => {
  it('has what can be done with what is there, in the language of the person', async () => {
    const { app, page } = await start({ STUB_LANGUAGE: 'de' });
    const field = page.getByLabel('Message');
    const shown = await app.evaluateHandle(({ Menu }) => {
      const menus: string[][] = [];
      Menu.prototype.popup = function popup(this: Electron.Menu) {
        menus.push(this.items.filter(({ type }) => type !== 'separator').map(({ label }) => label));
      };
      return menus;
    });
    await until('the German menu', () =>
      app.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()?.items.some(({ label }) => label === 'Bearbeiten'),
      ),
    );

    // A page that stands still may get no frames to be drawn for long, which Playwright would wait for.
    for (const target of [field, page.locator('#link'), page.locator('h1'), field])
      await target.click({ button: 'right', force: true });

    await until('three menus', async () => (await shown.jsonValue()).length === 3);
    const ofField = [
      'Rückgängig',
      'Wiederholen',
      'Ausschneiden',
      'Kopieren',
      'Einfügen',
      'Ohne Formatierung einfügen',
      'Alles auswählen',
    ];
    expect(await shown.jsonValue()).toEqual([ofField, ['Link im Browser öffnen', 'Link kopieren'], ofField]);
  });
});
