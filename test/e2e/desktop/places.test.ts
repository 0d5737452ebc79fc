import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type DesktopApp, desktopApps } from '../../support/desktop-app.ts';
import { until } from '../../support/until.ts';

const { launch, newFolder, commandOf, environment } = desktopApps();

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

/** Starts the app a second time; resolves when that one has ended. */
const startAgain = (folder: string, words: string[]) =>
  new Promise<void>((resolve) => {
    const { executablePath, args } = commandOf(folder, words);
    execFile(executablePath, args, { env: environment(folder, {}) }, () => resolve());
  });

const windowState = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return {
      isVisible: window?.isVisible(),
      bounds: window?.getBounds(),
    };
  });

/** Closes the window as a person does; the app decides what comes of it. */
const closeWindow = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** Lets the one question be answered without a person, and tells how often and how it was asked. */
const answerQuestions = (app: ElectronApplication, response: number) =>
  app.evaluateHandle(({ dialog }, given) => {
    const asked: string[] = [];
    dialog.showMessageBox = (async (_window: unknown, options: { message: string; detail?: string }) => {
      asked.push(`${options.message} ${options.detail ?? ''}`);
      return { response: given, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
    return asked;
  }, response);

describe('a second start', () => {
  it('brings the window of the first forward, at the chat that an xmpp: link names', async () => {
    const { app, page, folder } = await launch();
    await heading(page, '/');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());

    await startAgain(folder, ['xmpp:Anna@Chat.Example?message;body=Good%20morning']);

    await heading(page, '/app/chats/mira%40chat.example.com/anna%40chat.example?text=Good+morning');
    expect(await windowState(app)).toMatchObject({ isVisible: true });
    expect(app.windows()).toHaveLength(1);
  });

  it('does nothing with a link that is none', async () => {
    const { page, folder } = await launch();
    await heading(page, '/');

    await startAgain(folder, ['xmpp:nobody']);
    await startAgain(folder, ['xmpp:room@example.org?join']);

    await heading(page, '/app/chats/team%40example.org/room%40example.org?join=1');
    expect(await page.evaluate('history.length')).toBeLessThanOrEqual(3);
  });
});

describe('a start', () => {
  it('begins at the chat that a link names', async () => {
    const { page } = await launch({ args: ['xmpp:anna@chat.example'] });

    await heading(page, '/app/chats/mira%40chat.example.com/anna%40chat.example');
  });

  it('opens the window where it was', async () => {
    const folder = await newFolder();
    const first = await launch({ folder, env: { BOTMOTHER_KEY_FILE: '/dev/null' } });
    await heading(first.page, '/');
    await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 90, width: 900, height: 640 }),
    );
    await until('the window to be remembered', () => kept(first).bounds?.width === 900);
    await first.close();

    const second = await launch({ folder, env: { BOTMOTHER_KEY_FILE: '/dev/null' } });
    await heading(second.page, '/');

    expect((await windowState(second.app)).bounds).toMatchObject({ width: 900, height: 640 });
  });
});

const kept = ({ folder }: DesktopApp) => {
  const file = join(folder, 'profile', 'desktop.json');
  return (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as {
    bounds?: { width: number };
    zoom?: number;
    background?: boolean;
    knowsBackground?: boolean;
  };
};

describe('closing the window', () => {
  it('ends the app where nothing would show that it goes on', async () => {
    const { app, page } = await launch();
    await heading(page, '/');
    const gone = app.waitForEvent('close');

    await closeWindow(app);

    await gone;
  });

  it('leaves the app running where a person wants that, and says so once', async () => {
    const running = await launch();
    const { app, page, folder } = running;
    await heading(page, '/');
    const asked = await answerQuestions(app, 0);
    const state = await page.evaluate(() =>
      (globalThis as unknown as Window).desktop?.settings.set({ background: true }),
    );

    for (const time of [1, 2]) {
      await closeWindow(app);
      await until(`the window to go, time ${time}`, async () => !(await windowState(app)).isVisible);
      await startAgain(folder, []);
      await until(`the window to come back, time ${time}`, async () => (await windowState(app)).isVisible);
    }

    expect(state).toMatchObject({ background: true, hasTray: false });
    expect(await asked.jsonValue()).toEqual([expect.stringContaining('There is no tray here')]);
    expect(kept(running)).toMatchObject({ background: true, knowsBackground: true });
  });

  it('ends the app when the person, being told, wants that', async () => {
    const running = await launch();
    const { app, page } = running;
    await heading(page, '/');
    await answerQuestions(app, 1);
    await page.evaluate(() => (globalThis as unknown as Window).desktop?.settings.set({ background: true }));
    const gone = app.waitForEvent('close');

    await closeWindow(app);

    await gone;
    expect(kept(running)).toMatchObject({ background: false, knowsBackground: true });
  });
});

describe('zoom', () => {
  it('goes by the menu and by the page, and is kept', async () => {
    const running = await launch();
    const { app, page } = running;
    await heading(page, '/');
    const press = (label: string) =>
      app.evaluate(({ Menu }, wanted) => {
        const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
        items?.find((item) => item.label === wanted)?.click();
      }, label);
    const factor = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor());

    await press('Larger');
    await press('Larger');
    expect(await factor()).toBeCloseTo(1.25);
    expect(kept(running).zoom).toBe(1.25);

    await page.evaluate(() => (globalThis as unknown as Window).desktop?.settings.set({ zoom: 2 }));
    expect(await factor()).toBeCloseTo(2);
    await press('Actual size');
    expect(await factor()).toBeCloseTo(1);
  });
});

describe('the settings file of the app', () => {
  it('may be nonsense: the app starts with what is usual', async () => {
    const folder = await newFolder();
    const { app, page } = await launch({ folder, env: { BOTMOTHER_KEY_FILE: '/dev/null' } });
    await heading(page, '/');
    await app.close();
    await writeFile(join(folder, 'profile', 'desktop.json'), '{"zoom": "huge", "bounds": [1], "x":');

    const second = await launch({ folder, env: { BOTMOTHER_KEY_FILE: '/dev/null' } });

    await heading(second.page, '/');
    expect((await windowState(second.app)).bounds).toMatchObject({ width: 1180, height: 760 });
  });
});
