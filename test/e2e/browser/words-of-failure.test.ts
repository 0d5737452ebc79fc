import { describe, expect, it, onTestFinished } from 'vitest';
import { de } from '../../../src-renderer/text/de.ts';
import { en } from '../../../src-renderer/text/en.ts';
import { reason, reasons } from '../../../src-shared/text/reasons.ts';
import { fillChats } from '../../support/chat-history.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { inApp, panelTests, storedSetting } from '../../support/panel-tests.ts';
import { receiver } from '../../support/receiver.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

/** The person closes every dialog for a place, until there is one. */
const SAVING = 'saveFile: async () => window.chosenPlace,';

describe.skipIf(lacks('browser'))('what the window says when something fails', { timeout: 90_000 }, () => {
  const { browser, anEngine, withBot } = panelTests();

  it('is in the language of the window, also where the engine says nothing', async () => {
    const engine = await withBot();
    await engine.cli(['settings', 'set', 'window_language', 'de']);
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo('/bots', 'Bots');
    await page.route('**/api/v1/bots/1', (route) => route.abort());

    await page.getByRole('switch', { name: 'Weather ist an' }).locator('xpath=..').click();

    await page.getByText(de.problems.unreachableNow).waitFor();
    await until('the switch to be back', () =>
      page.getByRole('switch', { name: 'Weather ist an' }).isChecked(),
    );
  });

  it('says in the language of the window what the engine knows the reason of', async () => {
    const folder = testFolder();
    const withdrawn = reason('message.withdrawn', {});
    await fillChats(folder, 'you@localhost', [
      {
        jid: 'friend@localhost',
        messages: [
          { text: 'taken back', isOutgoing: true, reason: withdrawn },
          { text: 'bounced', isOutgoing: true, reason: 'User session not found' },
        ],
      },
    ]);
    const engine = await startEngineProcess(folder);
    onTestFinished(engine.kill);
    await engine.call('POST', '/api/v1/bots', { body: { name: 'Weather', account: 'you@localhost' } });
    await engine.cli(['settings', 'set', 'window_language', 'de']);
    const { page, go, goTo } = await openPanel(browser(), engine);
    const hook = await receiver();
    await hook.close();

    await go('/chats/you%40localhost/friend%40localhost');
    await page.getByText(de.chats.message.notSentBecause(reasons['message.withdrawn'].de)).waitFor();
    // A server said that, in its words.
    await page.getByText(de.chats.message.notSentBecause('User session not found')).waitFor();

    await goTo('/bots/1/webhook', 'Weather');
    await page.getByRole('button', { name: de.bots.webhook.set }).click();
    await page.getByRole('textbox', { name: de.bots.webhook.url }).fill(hook.url);
    await page.getByRole('button', { name: de.bots.webhook.test }).click();
    await page.getByText(de.bots.webhook.unanswered(reasons['http.refused'].de)).waitFor();
  });

  it('is no "nothing waits" for deliveries that could not be asked for', async () => {
    const engine = await withBot();
    const { page, goTo } = await openPanel(browser(), engine);
    await page.route('**/api/v1/bots/1/deliveries*', (route) => route.fulfill({ status: 500, body: '{}' }));
    await goTo('/bots/1/webhook', 'Weather');

    await page.getByText(en.problems.brokenTitle).waitFor();
    expect(await page.getByText(en.bots.webhook.emptyLists.open).count()).toBe(0);
    await page.unroute('**/api/v1/bots/1/deliveries*');
    await page.getByRole('button', { name: en.common.tryAgain }).click();
    await page.getByText(en.bots.webhook.emptyLists.open).waitFor();
  });

  it('makes no backup for somebody who has closed the dialog for its place', async () => {
    const engine = await withBot();
    const { page, goTo } = await openPanel(browser(), engine);
    await inApp(page, SAVING);
    let made = 0;
    await page.route('**/api/v1/backup', async (route) => {
      made += 1;
      await route.fulfill({ status: 200, contentType: 'application/octet-stream', body: 'sealed' });
    });
    await goTo('/settings/backup', 'Backup');
    const text = en.settings.backup;
    const first = page.getByLabel(text.passphrase, { exact: true }).first();
    await first.fill('a long passphrase');
    await page.getByLabel(text.again).fill('a long passphrase');

    await page.getByRole('button', { name: text.save }).click();
    await page.evaluate(`window.chosenPlace = '/home/you/kept.backup'`);
    expect(await first.inputValue()).toBe('a long passphrase');
    await page.getByRole('button', { name: text.save }).click();

    await page.getByText(text.madeAt('/home/you/kept.backup')).waitFor();
    expect(made).toBe(1);
  });

  it('stands where it was asked, and takes nothing away', async () => {
    const engine = await withBot();
    const { page, goTo } = await openPanel(browser(), engine);
    await inApp(page, SAVING);
    await page.route('**/api/v1/admin-token/rotate', (route) => route.fulfill({ status: 500, body: '{}' }));
    await goTo('/settings/security', 'Security');
    const { rotate } = en.settings.security;
    await page.getByRole('button', { name: rotate }).click();

    const asked = page.getByRole('dialog', { name: rotate });
    await asked.getByRole('button', { name: rotate }).click();

    await asked.getByRole('alert').getByText(en.problems.brokenTitle).waitFor();
  });

  it('is said of a port that there is none, instead of another one in its place', async () => {
    const engine = await withBot();
    const before = await storedSetting(engine, 'api_port');
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo('/settings/api', 'API and TLS');
    await page.getByText(en.settings.api.pageMoves).waitFor();
    const port = page.getByRole('textbox', { name: 'Port' });
    await port.fill('80000');
    await port.press('Enter');

    await until('the refusal', async () => (await port.getAttribute('aria-invalid')) === 'true');
    await port.blur();
    expect(await port.inputValue()).toBe('80000');
    expect(await storedSetting(engine, 'api_port')).toBe(before);
  });

  it('keeps the last choice of who signs in for the first time', async () => {
    const engine = await anEngine();
    const { page } = await openPanel(browser(), engine);
    await inApp(page, SAVING);
    const text = en.firstRun;
    await page.getByRole('button', { name: text.advanced }).click();
    await page.getByLabel(text.service).fill('xmpp://127.0.0.1:9');
    await page.getByLabel(text.jid).fill('you@localhost');
    await page.getByLabel(text.password, { exact: true }).fill('pw');
    const signIn = page.getByRole('button', { name: text.signIn, exact: true });
    const bots = page.getByRole('switch', { name: text.botsOn });
    await bots.locator('xpath=..').click();
    await signIn.click();
    await page.getByRole('alert').waitFor();
    expect(await storedSetting(engine, 'bot_features_enabled')).toBe(false);

    await bots.locator('xpath=..').click();
    await signIn.click();

    await until('bots are on', async () => (await storedSetting(engine, 'bot_features_enabled')) === true);
  });
});
