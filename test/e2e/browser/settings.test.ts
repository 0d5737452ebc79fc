import { describe, expect, it } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import { openPanel } from '../../support/panel.ts';
import { axeFaults } from '../../support/panel-faults.ts';
import { inApp, panelTests, storedSetting } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';
import { makeCertificates } from '../../support/xmpp-certificates.ts';

/** An app whose key can be moved, at the second try. */
const KEYSTORE = `
  settings: {
    get: async () => ({
      background: false, startAtLogin: false, notifications: true, spellcheck: false, zoom: 1,
      hasTray: true, hasNotifications: true, canStartAtLogin: true,
    }),
    onChange: () => () => undefined,
  },
  keystore: {
    status: async () => ({ place: 'keystore', isAvailable: true, name: 'Keyring', canMoveTo: 'file' }),
    move: async () => {
      window.desktop.moves += 1;
      if (window.desktop.moves === 1) throw new Error('The disk is full.');
      return { place: 'file', isAvailable: true, name: 'Keyring', canMoveTo: 'keystore' };
    },
  },
  moves: 0,`;

describe.skipIf(lacks('browser'))('the settings in a browser', () => {
  const { browser, anEngine: engineWith } = panelTests();
  const anEngine = () => engineWith(['you@localhost']);

  it('apply at once, can be undone, and say what is refused', async () => {
    const engine = await anEngine();
    const { page, goTo, complaints } = await openPanel(browser(), engine, { width: 1_024, height: 700 });
    await goTo('/settings/files', 'Files and limits');

    await page.getByRole('switch', { name: 'Bots on' }).click({ force: true });
    await until('bots are off', async () => (await storedSetting(engine, 'bot_features_enabled')) === false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('bots are on', async () => (await storedSetting(engine, 'bot_features_enabled')) === true);

    await goTo('/settings/security', 'Security');
    const hosts = page.getByRole('textbox', { name: 'Private webhook hosts' });
    await hosts.fill('not a host!');
    await hosts.press('Enter');
    await page.getByText('use host names, addresses or networks').waitFor();
    expect(await hosts.inputValue()).toBe('not a host!');
    expect(await storedSetting(engine, 'webhook_allow_private')).toBe('');

    // What a page in a browser may not do is said with the command that does it.
    await page.getByText('npm run botmother -- admin-token show').waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('try the server for bots with what is not saved yet, and name the field', async () => {
    const engine = await anEngine();
    const { page, goTo } = await openPanel(browser(), engine, { width: 1_024, height: 700 });
    await goTo('/settings/server', 'Server for bots');

    await page.getByRole('textbox', { name: 'Admin API address' }).fill('http://127.0.0.1:9/api');
    await page.getByRole('textbox', { name: 'Domain of dedicated bots' }).fill('localhost');
    await page.getByRole('textbox', { name: 'Admin account' }).fill('admin@localhost');
    await page.getByLabel('Its password').fill('pw-of-the-admin');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('There is no answer from http://127.0.0.1:9/api').waitFor();
    await page.getByText(/It does not work \(\d+ ms\)/).waitFor();
    expect(await storedSetting(engine, 'ejabberd_api_url')).toBe('');

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('A password is saved.').waitFor();
    expect(await storedSetting(engine, 'ejabberd_host')).toBe('localhost');
    expect(await page.content()).not.toContain('pw-of-the-admin');
  }, 90_000);

  it('ask before what is not saved is left, by a link, a key or the way back', async () => {
    const engine = await anEngine();
    const { page, complaints, goTo } = await openPanel(browser(), engine);
    await goTo('/settings/general', 'General');
    await page.getByRole('link', { name: 'Server for bots' }).click();
    const field = page.getByRole('textbox', { name: 'Domain of dedicated bots' });
    await field.fill('chat.example');
    const question = page.getByRole('dialog', { name: en.common.unsaved.title });
    /** Until the question is gone: it would take the next key. */
    const stay = async () => {
      await question.getByRole('button', { name: en.common.cancel }).click();
      await question.waitFor({ state: 'hidden' });
    };

    await page.getByRole('link', { name: 'Security' }).click();
    await stay();
    await page.keyboard.press('Control+1');
    await stay();
    await page.goBack();
    await stay();
    await until('the address to be back', () => page.url().endsWith('/settings/server'));
    expect(await field.inputValue()).toBe('chat.example');

    await page.goBack();
    await question.getByRole('button', { name: en.common.unsaved.action }).click();
    await page.getByRole('heading', { level: 1, name: 'General' }).waitFor();
    // What was saved, or put back as it was, is asked about no more.
    await page.getByRole('link', { name: 'Server for bots' }).click();
    expect(await field.inputValue()).toBe('');
    await field.fill('chat.example');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('link', { name: 'Security' }).click();
    const hosts = page.getByRole('textbox', { name: 'Private webhook hosts' });
    await hosts.fill('not a host!');
    await hosts.press('Enter');
    await page.getByText('use host names, addresses or networks').waitFor();
    await page.getByRole('link', { name: 'Logs' }).click();
    await question.waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('ask each time that somebody goes back, also before the browser gets to its timers', async () => {
    const engine = await anEngine();
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo('/settings/general', 'General');
    await page.getByRole('link', { name: 'Server for bots' }).click();
    await page.getByRole('textbox', { name: 'Domain of dedicated bots' }).fill('chat.example');
    const question = page.getByRole('dialog', { name: en.common.unsaved.title });
    // After a click the browser puts them off; here for good.
    await page.evaluate('window.setTimeout = () => 0');

    await page.goBack();
    await question.getByRole('button', { name: en.common.cancel }).click();
    await question.waitFor({ state: 'hidden' });
    await page.goBack();
    await question.waitFor();
  }, 90_000);

  it('remove an account only when its address was typed', async () => {
    const engine = await anEngine();
    const { page, goTo } = await openPanel(browser(), engine, { width: 1_024, height: 700 });
    await goTo('/settings/accounts', 'Accounts');

    await page.getByRole('button', { name: 'Remove…' }).click();
    const remove = page.getByRole('button', { name: 'Remove account' });
    expect(await remove.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Type you@localhost to confirm' }).fill('you@localhost');
    await remove.click();

    await page.getByText('No account yet').waitFor();
  }, 90_000);

  it('show the log as it is written', async () => {
    const engine = await anEngine();
    const { page, goTo } = await openPanel(browser(), engine, { width: 1_024, height: 700 });
    await goTo('/settings/logs', 'Logs');
    await page.getByText('Live', { exact: true }).waitFor();

    await engine.cli(['account', 'disable', 'you@localhost']);

    await page.getByRole('list', { name: 'log' }).getByText('"state":"offline"').first().waitFor();
  }, 90_000);

  it('say why there is no log to follow, and follow once there is', async () => {
    const engine = await anEngine();
    const { page, goTo } = await openPanel(browser(), engine, { width: 1_024, height: 700 });
    await page.route('**/api/v1/logs*', (route) => route.fulfill({ status: 500, body: '{}' }));
    await goTo('/settings/logs', 'Logs');
    await page.getByRole('list', { name: 'log' }).getByText(en.problems.brokenTitle).waitFor();
    expect(await page.getByText(en.settings.logs.empty).count()).toBe(0);

    await page.unroute('**/api/v1/logs*');
    await page.getByRole('combobox', { name: en.settings.logs.level }).click();
    await page.getByRole('option').first().click();

    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByText(en.problems.brokenTitle).count()).toBe(0);
  }, 90_000);

  it('ask before the key leaves the keystore, and stay when it cannot', async () => {
    const engine = await anEngine();
    const { page, goTo } = await openPanel(browser(), engine);
    const text = en.settings.general;
    await inApp(page, KEYSTORE);
    await goTo('/settings/general', 'General');
    const move = page.getByRole('button', { name: text.keystoreMove.file });
    const asked = page.getByRole('dialog', { name: text.keystoreMove.file });
    const moves = () => page.evaluate<number>('window.desktop.moves');

    await move.click();
    await asked.getByText(text.keystoreMoveBody.file()).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await asked.getByRole('button', { name: en.common.cancel }).click();
    expect(await moves()).toBe(0);
    await move.click();
    await asked.getByRole('button', { name: text.keystoreMove.file }).click();
    await asked.getByRole('alert').getByText('The disk is full.').waitFor();
    await asked.getByRole('button', { name: text.keystoreMove.file }).click();

    await page.getByText(text.keystorePlaces.file()).waitFor();
    expect(await moves()).toBe(2);
  }, 90_000);

  it('ask before an own certificate is given up', async () => {
    const engine = await anEngine();
    const { cert, key } = makeCertificates();
    await engine.call('POST', '/api/v1/certificate', { body: { cert, key } });
    await engine.cli(['settings', 'set', 'api_mode', 'network']);
    const { page, goTo } = await openPanel(browser(), engine, { ignoreHTTPSErrors: true });
    const text = en.settings.api;
    await goTo('/settings/api', 'API and TLS');
    const isOwn = async () => (await storedSetting(engine, 'api_tls_cert')) !== '';
    const drop = page.getByRole('button', { name: text.dropOwn });
    const asked = page.getByRole('dialog', { name: text.dropOwn });

    await drop.click();
    await asked.getByText(text.dropOwnBody).waitFor();
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'hidden' });
    expect(await isOwn()).toBe(true);
    await drop.click();
    await asked.getByRole('button', { name: text.dropOwn }).click();

    await page.getByText(text.selfMade, { exact: true }).waitFor();
    expect(await isOwn()).toBe(false);
  }, 90_000);

  it('are found with Ctrl K', async () => {
    const engine = await anEngine();
    const { page } = await openPanel(browser(), engine, { width: 1_024, height: 700 });
    // What it opens comes after the first picture: late here, and only once it was asked for.
    const asked = Promise.withResolvers<void>();
    await page.route('**/palette-*.js', async (route) => {
      await asked.promise;
      await route.continue();
    });
    await page.reload();
    await page.locator('#rail').waitFor();

    const search = page.getByPlaceholder('Chat, bot, setting or action');
    await page.keyboard.press('Control+k');
    expect(await search.isVisible()).toBe(false);
    asked.resolve();
    await search.waitFor();
    await search.fill('rate_limit_ip');
    await page.getByText('Requests a second, per address').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Files and limits' }).waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  }, 90_000);
});
