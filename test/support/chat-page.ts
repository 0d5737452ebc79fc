import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openBrowser } from './browser.ts';
import { chatClient } from './chat-client.ts';
import type { EngineProcess } from './engine-process.ts';
import { engineFor } from './own-clients.ts';
import { startEjabberd } from './servers/servers.ts';
import { newAccount, shared } from './shared-server.ts';

const ejabberd = shared(startEjabberd);

export const fieldOf = (page: Page) => page.locator('[data-composer]');
export const logOf = (page: Page) => page.getByRole('log');
export const rowOf = (page: Page, jid: string) => page.locator(`a[data-chat="${jid}"]`);

/** Conversations as somebody sees them in a browser, with a friend on a real server. One browser for a file of tests. */
export function chatPages() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  return {
    /** A page of the panel, and what it complained of. */
    async open(engine: EngineProcess, { locale = 'en', dark = false } = {}) {
      const { stdout, stderr, status } = await engine.cli(['panel']);
      if (status !== 0) throw new Error(stderr);
      const context = await browser.newContext({
        locale,
        colorScheme: dark ? 'dark' : 'light',
        viewport: { width: 1280, height: 800 },
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(stdout.trim());
      return { page, complaints };
    },

    /** An engine with an account, and a friend of theirs. */
    async stage() {
      const server = await ejabberd();
      const [you, friend] = [await newAccount(server), await newAccount(server, 'friend')];
      const engine = await engineFor(server, you, { omemo: false });
      const other = await chatClient(server, friend.jid, friend.password);
      onTestFinished(() => other.close());
      return { engine, you, friend, other };
    },
  };
}
