import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from '../browser.ts';
import { type EngineProcess, startEngineProcess } from '../engine-process.ts';
import { madeUpTelegram } from '../made-up-telegram.ts';
import { openPanel } from '../panel.ts';
import { testFolder } from '../test-folder.ts';

/** In the way of what was asked for; the words are for programs. */
export const HOOKED = {
  status: 409,
  error: 'telegram_webhook',
  description: 'Another program has set a webhook. Ask for the same once more with force.',
};
export const TOKEN = '7301:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

/** The Telegram tab of a bot in a browser, over an engine whose routes for Telegram are made up; for all tests of a file. */
export function telegramTab() {
  let browser: Browser;
  let engine: EngineProcess;
  let id: number;
  beforeAll(async () => {
    browser = await openBrowser();
    engine = await startEngineProcess(testFolder(afterAll));
    await engine.cli(['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'], 'pw\n');
    await engine.call('POST', '/api/v1/bots', { body: { name: 'Weather', account: 'you@localhost' } });
    const { body } = await engine.call<{ result: { id: number }[] }>('GET', '/api/v1/bots');
    id = body.result[0]?.id ?? 0;
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.kill();
  });

  async function openTab(first: Parameters<typeof madeUpTelegram>[1] = {}) {
    const panel = await openPanel(browser, engine);
    const telegram = await madeUpTelegram(panel.page, first);
    const open = async () => {
      await panel.goTo(`/bots/${id}/telegram`, 'Weather');
      await panel.page.getByRole('heading', { name: 'Telegram bridge' }).waitFor();
    };
    return { ...panel, ...telegram, open };
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (page: Page) => page.getByRole('dialog');
  const note = (page: Page, within = page.getByRole('tabpanel')) => within.getByRole('alert');
  const tested = (page: Page) => page.getByRole('region', { name: 'Connection' });
  async function giveToken(page: Page, token = TOKEN) {
    await page.getByLabel('Bot token', { exact: true }).fill(token);
    await button(page, 'Check').click();
  }
  return { openTab, button, dialog, note, tested, giveToken, engine: () => engine, id: () => id };
}
