import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { EngineProcess } from '../../support/engine-process.ts';
import { photo } from '../../support/images.ts';
import { openPanel } from '../../support/panel.ts';
import { panelTests } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';

interface Listed {
  id: number;
  name: string;
  status: string;
  owner: string;
  has_picture: boolean;
  waiting_updates: number;
}

/** What needs no server to be seen: the accounts are never online. */
describe.skipIf(lacks('browser'))('the Bot Manager and who uses it', { timeout: 90_000 }, () => {
  const { browser, anEngine: engineWith } = panelTests();
  const anEngine = (accounts = ['you@localhost']) => engineWith(accounts);
  const bots = async (engine: EngineProcess) =>
    (await engine.call<{ result: Listed[] }>('GET', '/api/v1/bots')).body.result;
  const named = async (engine: EngineProcess, name: string) =>
    (await bots(engine)).find((bot) => bot.name === name);
  async function aBot(engine: EngineProcess, name: string, account = 'you@localhost'): Promise<number> {
    const { body } = await engine.call<{ id: number }>('POST', '/api/v1/bots', { body: { name, account } });
    return (await named(engine, name))?.id ?? body.id;
  }
  const pathOf = (page: Page) => new URL(page.url()).pathname;

  it('leaves the keys to what lies over the page', async () => {
    const engine = await anEngine();
    const [first] = [await aBot(engine, 'One'), await aBot(engine, 'Two')];
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo(`/bots/${first}`, 'One');

    await page.getByRole('button', { name: 'Revoke token…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(pathOf(page)).toBe(`/app/bots/${first}`);
    await page.getByRole('button', { name: 'Actions for One' }).click();
    await page.getByRole('menuitem', { name: 'Open chat' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    expect(pathOf(page)).toBe(`/app/bots/${first}`);

    // Without a layer they are the page's own.
    await page.keyboard.press('Escape');
    await until('the table', async () => pathOf(page) === '/app/bots');
  });

  it('makes a bot for the account that was looked at, also where the page begins there', async () => {
    const engine = await anEngine(['you@localhost', 'team@localhost']);
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo('/bots', 'Bots');
    await page.getByRole('combobox', { name: 'Account' }).click();
    await page.getByRole('option', { name: 'team@localhost' }).click();
    await page.getByRole('button', { name: 'New bot' }).click();
    await page.getByLabel('Name').fill('Of the team');
    await page.getByRole('button', { name: /^Create bot/ }).click();
    await page.getByRole('heading', { name: 'Of the team is made' }).waitFor();
    expect(await named(engine, 'Of the team')).toMatchObject({ owner: 'team@localhost' });

    await engine.cli(['account', 'remove', 'team@localhost', '--with-bots']);
    await page.evaluate(`history.replaceState(null, '', '/app/bots/new')`);
    await page.reload();
    await page.getByLabel('Name').fill('From the start');
    await page.getByRole('button', { name: /^Create bot/ }).click();
    await page.getByRole('heading', { name: 'From the start is made' }).waitFor();
    expect(await named(engine, 'From the start')).toMatchObject({ owner: 'you@localhost' });
  });

  it('says first that somebody has to sign in', async () => {
    const engine = await anEngine([]);
    const { page } = await openPanel(browser(), engine);
    await page.evaluate(`history.replaceState(null, '', '/app/bots/new')`);
    await page.reload();

    await page.getByRole('dialog').getByRole('link', { name: 'Sign in' }).click();

    await until('the first run', async () => pathOf(page) === '/app/welcome');
  });

  it('loses nothing by a click beside a dialog', async () => {
    const engine = await anEngine();
    await engine.cli(['settings', 'set', 'token_display', 'off']);
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo('/bots', 'Bots');
    await page.getByRole('button', { name: 'New bot' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Kept');
    await page.mouse.click(5, 300);
    await dialog.getByRole('button', { name: /^Create bot/ }).click();

    await page.getByText('It is shown this once').waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 300);
    await dialog.getByRole('button', { name: 'Copy token' }).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Actions for Kept' }).click();
    await page.getByRole('menuitem', { name: 'Regenerate token…' }).click();
    await page.getByRole('button', { name: 'Make another token' }).click();
    await page.getByText('This is the new token').waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 300);
    await dialog.getByRole('button', { name: /^Copy token/ }).waitFor();
  });

  it('says why an address is refused for a webhook', async () => {
    const engine = await anEngine();
    const id = await aBot(engine, 'Hooked');
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo(`/bots/${id}/webhook`, 'Hooked');
    await page.getByRole('button', { name: 'Set webhook' }).click();
    const address = page.getByRole('dialog').getByLabel('Address');
    await address.fill('https://10.0.0.1/hook');

    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();

    await page.getByRole('dialog').getByText('10.0.0.1').waitFor();
    expect(await address.inputValue()).toBe('https://10.0.0.1/hook');
    expect(await address.getAttribute('aria-invalid')).toBe('true');
  });

  it('asks for the secret of a webhook when somebody wants to see it', async () => {
    const engine = await anEngine();
    const id = await aBot(engine, 'Signed');
    await engine.call('POST', `/api/v1/bots/${id}/webhook`, { body: { url: 'http://127.0.0.1:9/hook' } });
    const { page, goTo } = await openPanel(browser(), engine);
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).search));
    await goTo(`/bots/${id}/webhook`, 'Signed');
    const show = page.getByRole('button', { name: 'Show Secret' });
    await show.waitFor();
    expect(asked).not.toContain('?secret=true');

    await show.click();

    await page.getByText(/^whsec_/).waitFor();
    expect(asked).toContain('?secret=true');
  });

  it('takes a picture away that was given another day', async () => {
    const engine = await anEngine();
    const id = await aBot(engine, 'Pictured');
    const avatar = (await photo()).toString('base64');
    await engine.call('PUT', `/api/v1/bots/${id}/avatar`, { body: { avatar } });
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo(`/bots/${id}/settings`, 'Pictured');

    await page.getByRole('button', { name: 'Remove picture' }).click();

    await until('no picture', async () => (await named(engine, 'Pictured'))?.has_picture === false);
    await page.getByRole('button', { name: 'Remove picture' }).waitFor({ state: 'hidden' });
  });

  it('ends with the last of two quick wishes, and offers the way back from that one', async () => {
    const engine = await anEngine();
    await aBot(engine, 'Switched');
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo('/bots', 'Bots');
    const toggle = page.getByRole('switch', { name: 'Switched is on' });
    const wishes: unknown[] = [];
    const said: string[] = [];
    await page.exposeFunction('heard', (text: string) => void said.push(text));
    await page.evaluate(`new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) heard(node.textContent ?? '');
    }).observe(document.body, { childList: true, subtree: true })`);
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/api/v1/bots/*', async (route) => {
      const answer = answers[wishes.push(route.request().postDataJSON()) - 1];
      await answer?.promise;
      await route.continue();
    });

    // The engine takes its time: what is shown is what was wished, and the second wish waits for the first.
    await toggle.locator('xpath=..').click();
    await until('off', async () => !(await toggle.isChecked()));
    // What else happens has the list asked for again, and the engine knows of no wish yet.
    const askedAgain = page.waitForResponse(
      (response) => new URL(response.url()).pathname === '/api/v1/bots',
    );
    await aBot(engine, 'Beside');
    await askedAgain;
    await page.getByRole('switch', { name: 'Beside is on' }).waitFor();
    expect(await toggle.isChecked()).toBe(false);
    await toggle.locator('xpath=..').click();
    await until('on', () => toggle.isChecked());
    expect(wishes).toEqual([{ active: false }]);
    const readAgain = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/v1/bots');
    answers[0]?.resolve();
    await readAgain;
    await until('the second wish', () => wishes.length === 2);
    answers[1]?.resolve();
    await page.getByText('Switched is on', { exact: true }).waitFor();

    expect(wishes).toEqual([{ active: false }, { active: true }]);
    // What was wished first was done, and is no news any more.
    expect(said.filter((text) => text.includes('Switched is off'))).toEqual([]);
    expect(await named(engine, 'Switched')).toMatchObject({ status: 'active' });
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('the bot to be off', async () => (await named(engine, 'Switched'))?.status === 'disabled');
  });

  it('says how long ago something was, and keeps that true while it is looked at', async () => {
    const engine = await anEngine();
    const id = await aBot(engine, 'Timed');
    const { page, goTo } = await openPanel(browser(), engine);
    await page.clock.install();
    await page.reload();
    await goTo(`/bots/${id}/audit`, 'Timed');
    const made = page.getByRole('row', { name: /bot\.create/ });
    await made.getByText('now', { exact: true }).waitFor();

    await page.clock.fastForward('05:30');

    await made.getByText('5 min ago').waitFor();
  });
});
