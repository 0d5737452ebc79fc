import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { allowAccounts } from '../../support/dedicated-bot.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../../support/engine-process.ts';
import { openPanel, type Panel } from '../../support/panel.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd } from '../../support/servers/servers.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const run = promisify(execFile);
const timeout = 180_000;

describe.skipIf(lacks('server', 'browser'))('the Bot Manager in a browser', { timeout }, () => {
  let server: Ejabberd;
  let engine: EngineProcess;
  let browser: Browser;
  let panel: Panel;

  beforeAll(async () => {
    server = await startEjabberd();
    await server.register('you', 'you-pw');
    engine = await startEngineProcess(testFolder(afterAll));
    await signInOn(engine, server);
    browser = await openBrowser();
    panel = await openPanel(browser, engine, { atEnd: afterAll });
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
    await server?.kill();
  });

  const bots = async () =>
    (
      await engine.call<{ bots: { id: number; name: string; status: string; token: string; jid: string }[] }>(
        'GET',
        '/bot/list',
      )
    ).body.bots;
  const named = async (name: string) => (await bots()).find((bot) => bot.name === name);
  const row = (name: string) => panel.page.getByRole('row', { name });

  it('says what to do where there is no bot', async () => {
    await panel.go('/bots');

    await panel.page.getByRole('heading', { name: 'No bots yet' }).waitFor();
  });

  it('makes a personal bot, whose first message goes by the curl that it shows', async () => {
    const { page } = panel;
    await page.getByRole('button', { name: 'Make your first bot' }).click();
    await page.getByLabel('Name').fill('Weather');
    await page.getByRole('button', { name: /^Create bot/ }).click();
    await page.getByRole('heading', { name: 'Weather is made' }).waitFor();

    // The clipboard belongs to the browser; what it is given is read from the page itself.
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy example' }).click();
    const command = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(command).toContain((await named('Weather'))?.token);
    const { stdout } = await run('bash', ['-c', command.replace(/^curl/, 'curl -s')]);

    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    await page.getByText('The message was sent. It works.').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await row('Weather').waitFor();
  });

  it('refuses a name that is none, and keeps what was typed', async () => {
    const { page } = panel;
    await page.getByRole('button', { name: 'New bot' }).click();
    await page.getByLabel('Webhook').fill('not an address');
    await page.getByRole('button', { name: /^Create bot/ }).click();

    await page.getByText('Give it a name.').waitFor();
    await page.getByText('Use an address that begins with https://').waitFor();
    expect(await page.getByLabel('Webhook').inputValue()).toBe('not an address');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  });

  it('makes a dedicated bot once a server is set, which comes online', async () => {
    await allowAccounts(engine, server);
    const { page } = panel;
    await page.getByRole('button', { name: 'New bot' }).click();
    await page.getByLabel('Name').fill('Morgenzeitung');
    await page.getByRole('dialog').getByRole('radio', { name: 'Dedicated' }).check();
    await page.getByText('bot_morgenzeitung_••••@localhost').waitFor();
    await page.getByRole('button', { name: /^Create bot/ }).click();

    await page.getByRole('heading', { name: 'Morgenzeitung is made' }).waitFor();
    await page.getByText('Morgenzeitung is online').waitFor();
    await page.getByRole('img', { name: /^QR code of bot_morgenzeitung_/ }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
  });

  it('has the bots of owners who are not signed in', async () => {
    const made = await engine.call<{ id: number }>('POST', '/bot/create', {
      body: { name: 'Elsewhere', owner: 'friend@elsewhere.example', mode: 'dedicated' },
    });
    expect(made.status).toBe(200);
    const { page } = panel;

    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: 'friend@elsewhere.example' }).click();

    await row('Elsewhere').waitFor();
    await page.getByText('friend@elsewhere.example is not signed in here').waitFor();
    await engine.call('POST', '/bot/delete', { body: { id: made.body.id } });
    await row('Elsewhere').waitFor({ state: 'hidden' });
    await row('Weather').waitFor();
  });

  it('switches a bot off and, by the way back, on', async () => {
    const { page } = panel;
    const label = page.getByRole('switch', { name: 'Weather is on' });
    await label.locator('xpath=..').click();
    await until('the bot to be off', async () => (await named('Weather'))?.status === 'disabled');

    await page.getByRole('button', { name: 'Undo' }).click();

    await until('the bot to be on', async () => (await named('Weather'))?.status === 'active');
  });

  it('regenerates a token, and revokes it after a question', async () => {
    const { page } = panel;
    const before = (await named('Weather'))?.token ?? '';
    await page.getByRole('button', { name: 'Actions for Weather' }).click();
    await page.getByRole('menuitem', { name: 'Regenerate token…' }).click();
    await page.getByRole('button', { name: 'Make another token' }).click();
    await page.getByText('This is the new token').waitFor();
    expect((await named('Weather'))?.token).not.toBe(before);
    await page.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('button', { name: 'Actions for Weather' }).click();
    await page.getByRole('menuitem', { name: 'Revoke token…' }).click();
    await page.getByRole('button', { name: 'Revoke token', exact: true }).click();

    await row('Weather').getByText('No token').waitFor();
    expect(await named('Weather')).toMatchObject({ token: '', status: 'disabled' });
  });

  it('walks through everything there is to know of a bot', async () => {
    const { page } = panel;
    const { id = 0 } = (await named('Morgenzeitung')) ?? {};
    await panel.go(`/bots/${id}`);
    await page.getByRole('heading', { level: 1, name: 'Morgenzeitung' }).waitFor();
    const places: [string, () => Promise<unknown>][] = [
      ['Commands', () => page.getByText('No commands yet').waitFor()],
      ['Webhook', () => page.getByRole('heading', { name: 'No webhook' }).waitFor()],
      ['Updates', () => page.getByText('Nothing waits').waitFor()],
      ['Rooms', () => page.getByText('In no room').waitFor()],
      ['Devices', () => page.getByText('Its own device').waitFor()],
      ['Settings', () => page.getByLabel('May also write to').waitFor()],
      ['Audit', () => page.getByRole('row', { name: /Bot created bot\.create .*Administration/ }).waitFor()],
      ['Overview', () => page.getByText('Danger zone').waitFor()],
    ];
    for (const [name, shown] of places) {
      await page.getByRole('tab', { name }).click();
      await shown();
    }
  });

  it('deletes a bot when its name was typed, with its account', async () => {
    const { page } = panel;
    const { id = 0 } = (await named('Morgenzeitung')) ?? {};
    await panel.go(`/bots/${id}`);
    await page.getByRole('button', { name: 'Delete bot…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Delete bot' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Type Morgenzeitung to confirm').fill('Morgenzeitung');
    await dialog.getByRole('button', { name: 'Delete bot' }).click();

    await page.getByText('Morgenzeitung is deleted').waitFor();
    expect(await named('Morgenzeitung')).toBeUndefined();
    expect(panel.complaints).toEqual([]);
  });
});
