import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EngineProcess } from '../../support/engine-process.ts';
import { panelTests } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';

/** Where one is led while nobody is signed in. */
const FIRST = 'Sign in with your XMPP account';

describe.skipIf(lacks('browser'))('the panel in a browser', () => {
  const { browser, anEngine } = panelTests();

  async function link(engine: EngineProcess): Promise<string> {
    const { stdout, stderr, status } = await engine.cli(['panel']);
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  /** A page in a browser profile of its own, and what it complained about. */
  async function open(address: string): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser().newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // What is refused is said there too; only what the page itself does wrong counts.
      if (message.type() === 'error' && !message.text().includes('status of 401'))
        complaints.push(message.text());
    });
    await page.goto(address);
    return { page, complaints };
  }

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  it('opens by the printed address, once, and stays open when it is loaded again', async () => {
    const engine = await anEngine();
    const address = await link(engine);

    const { page, complaints } = await open(address);
    await heading(page, FIRST);
    await page.waitForURL(`http://127.0.0.1:${engine.port}/app/welcome`);
    await page.getByRole('link', { name: 'Health' }).click();
    await heading(page, 'Health');
    await page.getByText(`http://localhost:${engine.port}/bot/`).first().waitFor();
    await page.reload();
    await heading(page, 'Health');
    expect(await page.context().cookies()).toEqual([]);

    const second = await open(address);
    await heading(second.page, 'This address does not work any more');
    await second.page.getByText('npm run botmother -- panel').waitFor();
    await second.page.goto(await link(engine));
    await heading(second.page, FIRST);
    expect([...complaints, ...second.complaints]).toEqual([]);
  }, 90_000);

  it('opens though it is loaded again before its address could be tried, and keeps nothing of that', async () => {
    const engine = await anEngine();
    const { page } = await open(`http://127.0.0.1:${engine.port}/`);
    await heading(page, 'Sign in with a link');
    const tried = Promise.withResolvers<void>();
    let isFirst = true;
    await page.route('**/api/v1/panel/login', async (route) => {
      if (!isFirst) await route.continue();
      // It never gets there.
      isFirst = false;
      tried.resolve();
    });
    await page.goto(await link(engine));
    await tried.promise;
    expect(page.url()).not.toContain('login');

    await page.reload();

    await heading(page, FIRST);
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual(['botmother.session']);
  }, 60_000);

  it('asks for a link where nobody has signed in', async () => {
    const engine = await anEngine();

    const { page, complaints } = await open(`http://localhost:${engine.port}/`);

    await heading(page, 'Sign in with a link');
    await page.getByText('npm run botmother -- panel').waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it('follows what happens, and is closed at once when the admin token is rotated', async () => {
    const engine = await anEngine();
    const { page } = await open(await link(engine));
    await heading(page, FIRST);
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('Nobody is signed in').waitFor();

    await engine.cli(['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'], 'pw\n');
    await page.getByText('you@localhost is not online yet').waitFor();
    await engine.cli(['admin-token', 'rotate']);

    await heading(page, 'You are signed out');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  }, 90_000);

  it('is shown in no frame, and tells a browser to keep its files to itself', async () => {
    const engine = await anEngine();
    const { page } = await open(`http://localhost:${engine.port}/`);
    await heading(page, 'Sign in with a link');

    // Even a page of its own origin may not.
    await page.evaluate(
      "new Promise((resolve) => { const frame = document.createElement('iframe'); frame.src = '/'; frame.onload = resolve; document.body.append(frame); })",
    );

    const [, frame] = page.frames();
    expect(frame?.url()).toMatch(/^chrome-error:/);
    const { headers } = await fetch(`http://127.0.0.1:${engine.port}/`);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
  }, 60_000);
});
