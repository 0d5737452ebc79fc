import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { askStub, desktopApps, enginePid } from '../../support/desktop-app.ts';
import { until } from '../../support/until.ts';

const { launch } = desktopApps();

/** Goes to a place in the page and says which load of it this is. */
async function settleAt(page: Page, route: string, heading: string): Promise<number> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate((to) => (globalThis as unknown as { go: (r: string) => void }).go(to), route);
  await page.getByRole('heading', { name: heading }).waitFor();
  return page.evaluate(() => Reflect.get(globalThis, 'loads') as number);
}

const anotherEngine = (page: Page, pid: number) =>
  until('another engine', async () => {
    const now = await enginePid(page).catch(() => pid);
    return now === pid ? undefined : now;
  });

describe('an engine that ends by itself', () => {
  it('comes back behind a page that stays as it is', async () => {
    const { page } = await launch();
    const load = await settleAt(page, '/app/chats/bot%40x.example?tab=2', '/app/chats/bot%40x.example?tab=2');
    await page.getByLabel('Message').fill('half a thought');
    const pid = await enginePid(page);

    process.kill(pid, 'SIGKILL');
    await anotherEngine(page, pid);

    expect(await page.evaluate(() => Reflect.get(globalThis, 'loads') as number)).toBe(load);
    expect(await page.getByLabel('Message').inputValue()).toBe('half a thought');
  });

  it('comes back at another address, and the page at the same place', async () => {
    const { page } = await launch({ env: { STUB_MOVES: 'yes' } });
    await settleAt(page, '/app/bots/3/webhook#last', '/app/bots/3/webhook');
    const [pid, { origin }] = [await enginePid(page), new URL(page.url())];

    process.kill(pid, 'SIGKILL');
    await page.waitForURL((url) => url.origin !== origin && url.protocol === 'http:');

    await page.getByRole('heading', { name: '/app/bots/3/webhook' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#last');
    expect(await enginePid(page)).not.toBe(pid);
  });

  it('brings the page back to its beginning when the place is gone', async () => {
    const { page } = await launch({ env: { STUB_MOVES: 'yes' } });
    await settleAt(page, '/app/gone/9', '/app/gone/9');
    const { origin } = new URL(page.url());

    process.kill(await enginePid(page), 'SIGKILL');
    await page.waitForURL((url) => url.origin !== origin && url.protocol === 'http:' && url.pathname === '/');

    await page.getByRole('heading', { name: '/', exact: true }).waitFor();
  });

  it('is restarted when the page asks, with what it says in the log', async () => {
    const { app, page, folder } = await launch({ env: { BOTMOTHER_LOG_LEVEL: 'info' } });
    await settleAt(page, '/app/settings', '/app/settings');
    const pid = await enginePid(page);

    await page.evaluate(() => (globalThis as unknown as Window).desktop?.restartEngine());
    await anotherEngine(page, pid);
    process.kill(await enginePid(page), 'SIGKILL');

    const log = join(await app.evaluate(({ app: electron }) => electron.getPath('logs')), 'botmother.log');
    expect(log.startsWith(folder)).toBe(true);
    await until(
      'the reason in the log',
      () => existsSync(log) && readFileSync(log, 'utf8').includes('the engine stopped and is started again'),
    );
  });
});

describe('an engine that starts', () => {
  it('finds its key file by itself, and no secret in its arguments or environment', async () => {
    const { page } = await launch();
    await page.getByRole('heading', { level: 1 }).waitFor();

    const { type, dataKey, argv, env } = await askStub(page, '/test/start');

    expect({ type, dataKey }).toEqual({ type: 'start', dataKey: undefined });
    expect(JSON.stringify({ argv, env })).not.toContain(Buffer.alloc(32, 7).toString('base64'));
  });

  it('says in German why it cannot, where German is spoken', async () => {
    const { page } = await launch({ env: { STUB_FAILS: 'Port 7842 is taken.', LANGUAGE: 'de' } });

    await page.getByRole('heading', { name: 'Die Engine kann nicht starten' }).waitFor();
    await page.getByText('Port 7842 is taken.').waitFor();
    await page.getByRole('link', { name: 'Erneut versuchen' }).waitFor();
  });
});
