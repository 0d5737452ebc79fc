import { describe, expect, it } from 'vitest';
import { askStub, desktopApps } from '../../support/desktop-app.ts';
import { hasSessionTools, openSessionBus, openTray } from '../../support/session-bus.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const { launch, afterApps } = desktopApps();

interface Entry {
  label: string;
  enabled: boolean;
  checked: boolean;
}

async function startWithTray(env: Record<string, string> = {}, isTrayLate = false, args: string[] = []) {
  const bus = await openSessionBus(testFolder());
  afterApps(bus.close);
  const early = isTrayLate ? undefined : await openTray(bus);
  const running = await launch({ args, env: { ...bus.env, ...env } });
  const tray = early ?? (await openTray(bus));
  await running.page.getByRole('heading', { level: 1 }).waitFor();
  await until('an icon in the tray', async () => (await tray.ask<number>('items')) > 0, 30_000);
  const menu = () => tray.ask<Entry[]>('menu');
  const entry = async (label: string) => (await menu()).find((item) => item.label === label);
  return { ...running, bus, tray, menu, entry };
}

describe.skipIf(!hasSessionTools)('the icon in the tray', () => {
  it('says that all runs, switches the bots, and follows who else does', async () => {
    const { page, tray, menu, entry } = await startWithTray({ STUB_SCENE: 'well' });
    await until('the engine to be looked at', () => entry('Everything runs'));

    expect((await menu()).map(({ label }) => label)).toEqual([
      'Everything runs',
      'Open Botmother',
      'Bots run',
      'Quit Botmother',
    ]);
    expect(await entry('Bots run')).toMatchObject({ enabled: true, checked: true });
    await tray.ask('click Bots run');

    await until('the bots to be off', () => entry('Bots are switched off'));
    expect(await askStub(page, '/bot/settings')).toMatchObject({ bot_features_enabled: false });
    expect(await entry('Bots run')).toMatchObject({ checked: false });
    await page.evaluate(() =>
      fetch('/bot/settings', { method: 'POST', body: JSON.stringify({ bot_features_enabled: true }) }),
    );
    await until('the bots to be on', () => entry('Everything runs'));
  });

  it('shows what is so when the bots could not be switched', async () => {
    const { page, tray, entry } = await startWithTray({ STUB_SCENE: 'well', STUB_REFUSES: 'yes' });
    await until('the engine to be looked at', () => entry('Everything runs'));

    await tray.ask('click Bots run');

    await until('the refusal', async () => Number((await askStub(page, '/test/refused')).count) === 1);
    await until('the tick', async () => (await entry('Bots run'))?.checked === true);
  });

  it('tells which accounts are in trouble, and what waits unread otherwise', async () => {
    const troubled = await startWithTray({ STUB_SCENE: 'filled' });
    await until('the trouble', () => troubled.entry('Not online: team@example.org, old@example.net'));
    await troubled.close();
    const well = await startWithTray({ STUB_SCENE: 'well' });

    await well.page.evaluate(() => (globalThis as unknown as Window).desktop?.setBadge(4));

    await until('the count', () => well.entry('Everything runs, 4 unread'));
  });

  it('keeps the app running when the window is closed, brings it back and quits', async () => {
    const { app, page, tray, entry } = await startWithTray({ STUB_SCENE: 'well', STUB_LANGUAGE: 'de' });
    await until('German', () => entry('Alles läuft'));
    const asked = await app.evaluateHandle(({ dialog }) => {
      const told: string[] = [];
      dialog.showMessageBox = (async (_: unknown, options: { detail?: string }) => {
        told.push(options.detail ?? '');
        return { response: 0, checkboxChecked: false };
      }) as unknown as typeof dialog.showMessageBox;
      return told;
    });
    const isVisible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true);

    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await until('the window to go', async () => !(await isVisible()));
    await tray.ask('open');
    await until('the window to come back', isVisible);

    expect(await asked.jsonValue()).toEqual([expect.stringContaining('Das Symbol im Infobereich')]);
    expect(
      await page.evaluate(() => (globalThis as unknown as Window).desktop?.settings.get()),
    ).toMatchObject({ background: true, hasTray: true });
    const gone = app.waitForEvent('close');
    await tray.ask('click Botmother beenden');
    await gone;
  });

  it('is all there is of an app that was started hidden, until it is opened', async () => {
    const { app, tray, entry } = await startWithTray({ STUB_SCENE: 'well' }, false, ['--hidden']);
    const isVisible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true);
    await until('the engine to be looked at', () => entry('Everything runs'));

    expect(await isVisible()).toBe(false);
    await tray.ask('click Open Botmother');

    await until('the window', isVisible);
  });

  it('comes when the tray comes up after the app', async () => {
    const { entry } = await startWithTray({ STUB_SCENE: 'well' }, true);

    await until('the icon', () => entry('Open Botmother'));
  });
});
