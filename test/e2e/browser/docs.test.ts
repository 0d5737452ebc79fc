import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

describe.skipIf(lacks('browser'))('/docs in a browser', () => {
  const closings: (() => Promise<void> | void)[] = [];
  let browser: Browser;
  let engine: EngineProcess;
  beforeAll(async () => {
    const atEnd = (close: () => Promise<void> | void) => void closings.push(close);
    engine = await startEngineProcess(testFolder(atEnd));
    atEnd(async () => void (await engine.stop()));
    browser = await openBrowser();
    atEnd(() => browser.close());
  });
  afterAll(async () => {
    for (const close of closings.reverse()) await close();
  });

  /** A page of its own; resolves with it, what it asked for, and what went wrong in it. */
  async function open(hash = '', options: { javaScriptEnabled?: boolean; width?: number } = {}) {
    const { width = 1280, ...rest } = options;
    const context = await browser.newContext({ viewport: { width, height: 800 }, ...rest });
    onTestFinished(() => context.close());
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`http://localhost:${engine.port}/docs${hash}`);
    return { context, page, complaints, asked };
  }
  const code = (page: Page, route: string, language: string) =>
    page.locator(`#${route} [data-lang=${language}] pre`).first();

  it('loads nothing but itself and its two files, and complains about nothing', async () => {
    const { page, complaints, asked } = await open();

    await page.getByRole('heading', { level: 1, name: 'HTTP API' }).waitFor();

    expect(asked.map((url) => new URL(url).pathname)).toEqual(['/docs', '/docs/page.css', '/docs/page.js']);
    expect(complaints).toEqual([]);
  });

  it('shows one language at a time, chosen for all routes by mouse or keyboard, and remembers it without cookies', async () => {
    const { context, page } = await open('#sendMessage');
    await code(page, 'sendMessage', 'Shell').waitFor();
    expect(await code(page, 'sendMessage', 'Python').isVisible()).toBe(false);

    const tab = page.locator('#sendMessage').getByRole('tab', { name: 'Python' });
    const before = (await tab.boundingBox())?.y;
    await tab.click();
    await code(page, 'sendMessage', 'Python').waitFor();
    expect(await code(page, 'createBot', 'Python').isVisible()).toBe(true);
    expect(await code(page, 'sendMessage', 'Shell').isVisible()).toBe(false);
    // What changed its height above did not move it away.
    expect(Math.abs(((await tab.boundingBox())?.y ?? 0) - (before ?? 0))).toBeLessThan(2);
    await page.keyboard.press('ArrowRight');
    await code(page, 'sendMessage', 'TypeScript').waitFor();

    await page.reload();
    await code(page, 'sendMessage', 'TypeScript').waitFor();
    expect(await context.cookies()).toEqual([]);
  });

  it('finds routes while one types, and goes to them with the keyboard alone', async () => {
    const { page } = await open();

    await page.keyboard.press('/');
    await page.keyboard.type('bot/setWebhook');
    await page.getByRole('status').getByText('1 route').waitFor();
    expect(await page.locator('article:visible').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until('the address to say so', () => new URL(page.url()).hash === '#setWebhook');

    await page.keyboard.press('Escape');
    expect(await page.locator('article:visible').count()).toBeGreaterThan(40);
    await page.keyboard.press('/');
    await page.keyboard.type('no such thing');
    await page.getByText('No route has that.').waitFor();
  });

  it('copies the example that is shown', async () => {
    const { page } = await open('#sendMessage');
    const box = page.locator('#sendMessage .code').first();

    await box.getByRole('button', { name: 'Copy' }).click();
    await box.getByRole('button', { name: 'Copied' }).waitFor();

    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe(await code(page, 'sendMessage', 'Shell').textContent());
    expect(copied).toMatch(/^curl -X POST http:\/\/localhost:\d+\/bot\/sendMessage/);
  });

  it('says everything without its script', async () => {
    const { page } = await open('', { javaScriptEnabled: false });

    for (const language of ['Shell', 'Python', 'TypeScript'])
      expect(await code(page, 'sendMessage', language).isVisible()).toBe(true);
    expect(await page.getByRole('searchbox').count()).toBe(0);
  });

  it.each([360, 720, 1280, 1920])('is never wider than a window of %i', async (width) => {
    const { page } = await open('', { width });

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});
