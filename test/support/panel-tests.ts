import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openBrowser } from './browser.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { testFolder } from './test-folder.ts';

/** What tests of the panel share that need no XMPP server: one browser for all, and an engine for each. */
export function panelTests() {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  /** With accounts that are never online. */
  async function anEngine(accounts: readonly string[] = [], words: string[] = []): Promise<EngineProcess> {
    const engine = await startEngineProcess(testFolder(), 0, words);
    onTestFinished(engine.kill);
    for (const jid of accounts)
      await engine.cli(['account', 'add', jid, '--no-verify', '--password-stdin'], 'pw\n');
    return engine;
  }
  return {
    browser(): Browser {
      if (!browser) throw new Error('The browser is there once tests run.');
      return browser;
    },
    anEngine,
    /** With the account you@localhost and a bot. */
    async withBot(name = 'Weather'): Promise<EngineProcess> {
      const engine = await anEngine(['you@localhost']);
      await engine.call('POST', '/api/v1/bots', { body: { name, account: 'you@localhost' } });
      return engine;
    },
  };
}

/** Loads the page anew as if the app were around it; `bridge` is what that gives besides the least, as members of an object. */
export async function inApp(page: Page, bridge = ''): Promise<void> {
  await page.addInitScript(`window.desktop = {
    platform: 'linux', version: '0', notify: async () => false, setBadge: async () => undefined,
    onOpenRoute: () => () => undefined, ${bridge}
  };`);
  await page.reload();
  await page.locator('#rail').waitFor();
}

/** The value of a setting as the engine has it. */
export const storedSetting = async (engine: EngineProcess, key: string): Promise<unknown> =>
  (await engine.call<{ result: { value: unknown } }>('GET', `/api/v1/settings/${key}`)).body.result.value;
