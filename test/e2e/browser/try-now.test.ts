import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import { openBrowser } from '../../support/browser.ts';
import type { EngineProcess } from '../../support/engine-process.ts';
import { engineFor } from '../../support/own-clients.ts';
import { openPanel } from '../../support/panel.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const words = en.chats.offline;

interface Known {
  state: string;
  reason: string | null;
  away_since: number | null;
  next_try: number | null;
}
/** How it is with the only account, as the window of a German asks. */
async function account(engine: EngineProcess): Promise<Known> {
  const { body } = await engine.call<{ result: Known[] }>('GET', '/api/v1/accounts');
  return body.result[0] ?? { state: 'none', reason: null, away_since: null, next_try: null };
}
/** How long it waits until it tries again by itself, as it said last. */
const waitsMs = (engine: EngineProcess) =>
  Number([...engine.log().matchAll(/"retryMs":(\d+)/g)].at(-1)?.[1] ?? 0);

describe.skipIf(lacks('server', 'browser'))('an account that is away', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('comes back at once when the person asks, also where it would wait for an hour', async () => {
    await using server = await startEjabberd();
    const you = { jid: 'you@localhost', password: 'you-pw' };
    await server.register('you', you.password);
    const engine = await engineFor(server, you, { omemo: false });
    const { page } = await openPanel(browser, engine);
    const tryNow = page.getByRole('button', { name: words.tryNow });
    await page.getByRole('link', { name: /^Chats/ }).click();

    await server.stop();
    await page.getByText(words.lost('localhost')).waitFor();
    await page.getByText(/^Offline since \d\d:\d\d$/).waitFor();
    const { next_try: nextTry } = await until('a planned try', async () => {
      const found = await account(engine);
      return found.next_try === null ? undefined : found;
    });
    expect(nextTry).toBeGreaterThan(Date.now() / 1_000 - 120);
    await page.getByRole('timer').waitFor();
    await tryNow.click();
    // There is nobody yet: it goes on waiting.
    await until('another try', async () => (await account(engine)).state === 'backing_off');
    await tryNow.waitFor();

    // Somebody else has the account for a while: its password is not accepted any more.
    await server.restart();
    await server.unregister('you');
    await server.register('you', 'another');
    // It may come back by itself before that, and is thrown out then.
    await until(
      'the refusal',
      async () => {
        if (await page.getByText(words.failed('localhost')).isVisible()) return true;
        await tryNow.click({ timeout: 1_000 }).catch(() => undefined);
        return false;
      },
      60_000,
    );
    // The last click may have made it ask once more.
    const failed = await until('its last try', async () => {
      const found = await account(engine);
      return found.state === 'failed' ? found : undefined;
    });
    expect(failed.reason).toBe('The server does not accept this password for you@localhost.');
    expect(waitsMs(engine)).toBeGreaterThanOrEqual(60 * 60_000);
    await engine.cli(['settings', 'set', 'window_language', 'de']);
    await page.getByText('Der Server nimmt dieses Passwort für you@localhost nicht an.').first().waitFor();
    await engine.cli(['settings', 'set', 'window_language', 'en']);

    await server.unregister('you');
    await server.register('you', you.password);
    await tryNow.click();
    await until('the account', async () => (await account(engine)).state === 'online');
    expect(await account(engine)).toMatchObject({ away_since: null, next_try: null });
    await tryNow.waitFor({ state: 'detached' });
  }, 180_000);
});
