import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import { openBrowser } from '../../support/browser.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { axeFaults } from '../../support/panel-faults.ts';
import { sandboxFolder } from '../../support/sandbox-folder.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { newAccount, shared } from '../../support/shared-server.ts';
import { testFolder } from '../../support/test-folder.ts';

const text = en.firstRun;

describe.skipIf(lacks('browser'))('the first run in a browser', () => {
  const server = shared(startEjabberd);
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function anEngine() {
    const engine = await startEngineProcess(testFolder());
    onTestFinished(engine.kill);
    return engine;
  }

  it.skipIf(lacks('server'))(
    'finds the server, keeps what was typed when it is refused, and signs in',
    async () => {
      const { service, caFile } = await server();
      const you = await newAccount(await server());
      const engine = await anEngine();
      const { page, complaints } = await openPanel(browser, engine, { width: 1_024, height: 700 });
      await page.getByRole('heading', { level: 1, name: text.title }).waitFor();
      await page.waitForURL('**/app/welcome');

      // Where nothing listens that could be trusted, that is said while one types.
      await page.getByRole('button', { name: text.advanced }).click();
      await page.getByLabel(text.service).fill('xmpp://127.0.0.1:9');
      await page.getByLabel(text.jid).fill(you.jid);
      await page.getByText(text.problems.unreachable('localhost')).waitFor();

      await page.getByLabel(text.service).fill(service);
      await page.locator('input[type=file]').first().setInputFiles(caFile);
      await page.getByText(text.found('localhost')).waitFor({ timeout: 30_000 });

      await page.getByLabel(text.password, { exact: true }).fill('wrong');
      await page.getByRole('button', { name: text.signIn, exact: true }).click();
      await page.getByRole('alert').filter({ hasText: you.jid }).waitFor({ timeout: 30_000 });
      expect(await page.getByLabel(text.password, { exact: true }).inputValue()).toBe('wrong');
      expect(await page.getByLabel(text.service).inputValue()).toBe(service);
      expect(await axeFaults(page)).toEqual([]);

      await page.getByLabel(text.password, { exact: true }).fill(you.password);
      await page.getByRole('button', { name: text.signIn, exact: true }).click();
      await page
        .getByRole('heading', { level: 1, name: text.done.title(you.jid) })
        .waitFor({ timeout: 40_000 });
      expect(await axeFaults(page)).toEqual([]);
      await page.getByRole('link', { name: text.done.newBot }).click();
      await page.waitForURL('**/app/bots/new');
      expect(complaints).toEqual([]);

      const { body } = await engine.call<{ result: { jid: string; state: string; omemo: boolean }[] }>(
        'GET',
        '/api/v1/accounts',
      );
      expect(body.result).toMatchObject([{ jid: you.jid, state: 'online', omemo: true }]);
    },
    180_000,
  );

  it.skipIf(lacks('server'))(
    'starts a server to try things out on, and signs in there',
    async () => {
      const env = { BOTMOTHER_SANDBOX: await sandboxFolder(), PATH: process.env.PATH ?? '' };
      const engine = await startEngineProcess(testFolder(), 0, [], env);
      onTestFinished(async () => void (await engine.stop()));
      const { page, complaints } = await openPanel(browser, engine);
      await page.getByRole('button', { name: text.sandbox }).click();

      await page
        .getByRole('heading', { level: 1, name: text.done.title('you@localhost') })
        .waitFor({ timeout: 120_000 });
      const { body } = await engine.call<{ result: object[] }>('GET', '/api/v1/accounts');
      expect(body.result).toMatchObject([
        { jid: 'you@localhost', state: 'online', omemo: true, own_ca: true, operator: true },
      ]);
      // Dedicated bots get their accounts there.
      const made = await engine.call('POST', '/bot/create', {
        body: { name: 'Weather', account: 'you@localhost', mode: 'dedicated' },
      });
      expect(made.status).toBe(200);
      expect(complaints).toEqual([]);
    },
    180_000,
  );
});
