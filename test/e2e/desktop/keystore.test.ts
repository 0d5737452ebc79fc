import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeystoreStatus } from '../../../src-shared/desktop-bridge.ts';
import { askStub, type DesktopApp, desktopApps, type LaunchWish } from '../../support/desktop-app.ts';
import { follow } from '../../support/desktop-window.ts';
import { hasKeyring, hasSessionTools, openKeyring, openSessionBus } from '../../support/session-bus.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const { launch, newFolder, afterApps } = desktopApps();

const filesOf = ({ folder }: { folder: string }) => ({
  plain: join(folder, 'data', 'keys', 'data.key'),
  sealed: join(folder, 'data', 'keys', 'data.key.sealed'),
});

const move = ({ page }: DesktopApp, to: 'keystore' | 'file') =>
  page.evaluate(
    (where) =>
      (globalThis as unknown as Window).desktop?.keystore.move(where).catch((error: Error) => error.message),
    to,
  );
const status = ({ page }: DesktopApp) =>
  page.evaluate(() =>
    (globalThis as unknown as Window).desktop?.keystore.status(),
  ) as Promise<KeystoreStatus>;
const loaded = ({ page }: DesktopApp) => page.getByRole('heading', { name: '/', exact: true }).waitFor();

describe('the key, where the system has no keystore', () => {
  it('is kept where the person says, who is asked once', async () => {
    const folder = await newFolder();
    const first = await launch({ folder, env: { LANGUAGE: 'de' } });
    const { plain } = filesOf({ folder });
    await first.page.getByRole('heading', { name: 'Wo soll der Schlüssel liegen?' }).waitFor();
    expect(existsSync(plain)).toBe(false);

    await follow(first.page, 'In einer Schlüsseldatei ablegen');
    await loaded(first);

    expect(statSync(plain).mode & 0o777).toBe(0o600);
    expect(Buffer.from(readFileSync(plain, 'utf8').trim(), 'base64')).toHaveLength(32);
    expect(await askStub(first.page, '/test/start')).not.toHaveProperty('dataKey');
    expect(await status(first)).toMatchObject({ place: 'file', isAvailable: false, canMoveTo: null });
    expect(await move(first, 'keystore')).toBe('There is no keystore here that Botmother can use.');
    await first.close();
    await loaded(await launch({ folder }));
  });

  it('is not made when the person quits to install a keystore', async () => {
    const folder = await newFolder();
    const { app, page } = await launch({ folder });
    const gone = app.waitForEvent('close');

    await follow(page, 'Quit and install a keystore');

    await gone;
    expect(existsSync(filesOf({ folder }).plain)).toBe(false);
  });
});

describe.skipIf(!hasSessionTools || !hasKeyring)('the key, in a session with a keystore', () => {
  async function session() {
    const bus = await openSessionBus(testFolder());
    afterApps(bus.close);
    const keyring = await openKeyring(bus);
    const start = (wish: LaunchWish = {}) =>
      launch({ ...wish, args: ['--password-store=gnome-libsecret'], env: { ...bus.env, ...wish.env } });
    return { bus, keyring, start };
  }

  it('is made in the keystore, handed over in the first message, and found again', async () => {
    const { start } = await session();
    const folder = await newFolder();
    const first = await start({ folder });
    await loaded(first);
    const { dataKey, argv, env } = await askStub(first.page, '/test/start');
    const { plain, sealed } = filesOf({ folder });

    expect(Buffer.from(String(dataKey), 'base64')).toHaveLength(32);
    expect(existsSync(plain)).toBe(false);
    expect(readFileSync(sealed, 'utf8')).not.toContain(dataKey);
    expect(statSync(sealed).mode & 0o777).toBe(0o600);
    expect(JSON.stringify({ argv, env })).not.toContain(dataKey);
    expect(await status(first)).toEqual({
      place: 'keystore',
      isAvailable: true,
      name: 'GNOME Keyring',
      canMoveTo: 'file',
    });
    await first.close();
    const second = await start({ folder });
    await loaded(second);
    expect((await askStub(second.page, '/test/start')).dataKey).toBe(dataKey);
  });

  it('moves from a key file into the keystore and back', async () => {
    const { start } = await session();
    const running = await start();
    await loaded(running);
    const { plain, sealed } = filesOf(running);
    const key = readFileSync(plain, 'utf8');

    expect(await status(running)).toMatchObject({ place: 'file', canMoveTo: 'keystore' });
    expect(await move(running, 'keystore')).toMatchObject({ place: 'keystore', canMoveTo: 'file' });
    expect([existsSync(plain), existsSync(sealed)]).toEqual([false, true]);
    expect(await move(running, 'file')).toMatchObject({ place: 'file', canMoveTo: 'keystore' });

    expect(readFileSync(plain, 'utf8')).toBe(key);
    expect(existsSync(sealed)).toBe(false);
  });

  it('is not replaced when the keystore does not answer, and found when it does again', async () => {
    const { bus, keyring, start } = await session();
    const folder = await newFolder();
    const first = await start({ folder });
    await loaded(first);
    await first.close();
    const { plain, sealed } = filesOf({ folder });
    const before = readFileSync(sealed, 'utf8');
    await keyring.close();

    const second = await launch({ folder });
    await second.page.getByRole('heading', { name: 'The keystore does not give the key' }).waitFor();
    await second.page.getByText('Nothing was changed or overwritten.').waitFor();
    await second.close();

    expect(readFileSync(sealed, 'utf8')).toBe(before);
    expect(existsSync(plain)).toBe(false);
    await openKeyring(bus);
    await until('the key', async () => {
      const third = await start({ folder });
      await third.page.waitForLoadState();
      const title = await third.page.locator('h1').innerText();
      await third.close();
      return title === '/';
    });
  });
});
