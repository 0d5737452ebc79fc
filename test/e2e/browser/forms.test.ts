import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import type { EngineProcess } from '../../support/engine-process.ts';
import { photo } from '../../support/images.ts';
import { openPanel } from '../../support/panel.ts';
import { axeFaults } from '../../support/panel-faults.ts';
import { panelTests } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';

const { newBot, webhook } = en.bots;
const question = (page: Page) => page.getByRole('dialog', { name: en.common.unsaved.title });
/** Until the question is gone: it would take the next key. */
async function stay(page: Page) {
  await question(page).getByRole('button', { name: en.common.cancel }).click();
  await question(page).waitFor({ state: 'hidden' });
}
const leave = (page: Page) => question(page).getByRole('button', { name: en.common.unsaved.action }).click();
const CERTIFICATE = {
  name: 'mine.crt',
  mimeType: 'application/x-pem-file',
  buffer: Buffer.from('no certificate'),
};
const chooseCertificate = (page: Page) => page.locator('input[type=file]').first().setInputFiles(CERTIFICATE);

describe.skipIf(lacks('browser'))('a form in a dialog', { timeout: 90_000 }, () => {
  const { browser, withBot } = panelTests();
  const named = async (engine: EngineProcess, name: string) =>
    (
      await engine.call<{ result: { name: string; has_picture: boolean }[] }>('GET', '/api/v1/bots')
    ).body.result.find((bot) => bot.name === name);

  it('has its buttons in sight where it is higher than the window', async () => {
    const engine = await withBot();
    const { page, goTo } = await openPanel(browser(), engine);
    await page.setViewportSize({ width: 1_280, height: 500 });
    await goTo('/bots', 'Bots');
    await page.getByRole('button', { name: 'New bot' }).click();
    const dialog = page.getByRole('dialog', { name: newBot.title });
    const create = dialog.getByRole('button', { name: newBot.create });
    await create.waitFor();

    const below = async () => {
      const [button, all] = [await create.boundingBox(), await dialog.boundingBox()];
      if (!button || !all) throw new Error('both are there');
      return all.y + all.height - (button.y + button.height);
    };
    await until('the button above the edge', async () => (await below()) >= 12);
  });

  it('asks before a bot that is half made is left, by a key, a button or the way back', async () => {
    const engine = await withBot();
    const { page, goTo, complaints } = await openPanel(browser(), engine);
    await goTo('/bots', 'Bots');
    await page.getByRole('button', { name: 'New bot' }).click();
    const dialog = page.getByRole('dialog', { name: newBot.title });
    const name = dialog.getByLabel(newBot.name, { exact: true });

    // Nothing is in it yet.
    await name.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'New bot' }).click();
    await name.fill('Bees');

    await page.keyboard.press('Escape');
    await question(page).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    // The key is the question's: neither does the form go with it, nor does another question come.
    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'hidden' });
    expect(await name.inputValue()).toBe('Bees');
    await dialog.getByRole('button', { name: en.common.cancel }).click();
    await stay(page);
    await page.goBack();
    await stay(page);
    expect(await name.inputValue()).toBe('Bees');

    await page.keyboard.press('Escape');
    await leave(page);

    await dialog.waitFor({ state: 'hidden' });
    await until('the place behind it', () => new URL(page.url()).pathname === '/app/bots');
    expect(complaints).toEqual([]);
  });

  it('has the square of a picture chosen in it, and keeps what was typed', async () => {
    const engine = await withBot();
    const { page, goTo, complaints } = await openPanel(browser(), engine);
    await goTo('/bots', 'Bots');
    await page.getByRole('button', { name: 'New bot' }).click();
    await page.getByLabel(newBot.name, { exact: true }).fill('Pictured');
    const choose = async (buffer: Buffer) =>
      page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
    const step = page.getByRole('dialog', { name: newBot.cropTitle });

    await choose(await photo());
    await step.getByRole('slider', { name: newBot.zoom }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
    // Out of the step, not out of the dialog; and nothing is made behind it.
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('Escape');
    const dialog = page.getByRole('dialog', { name: newBot.title });
    await dialog.waitFor();
    expect(await dialog.getByLabel(newBot.name, { exact: true }).inputValue()).toBe('Pictured');
    expect(await named(engine, 'Pictured')).toBe(undefined);
    await until('the focus where it was', () =>
      page.evaluate<boolean>(
        `document.activeElement?.getAttribute('aria-label') === '${newBot.choosePicture}'`,
      ),
    );

    await choose(Buffer.from('no picture'));
    await dialog.getByText(newBot.pictureUnreadable).waitFor();
    await choose(await photo());
    await step.getByRole('button', { name: newBot.use }).click();
    await dialog.getByRole('button', { name: newBot.removePicture }).waitFor();
    await dialog.getByRole('button', { name: new RegExp(`^${newBot.create}`) }).click();

    await page.getByRole('heading', { name: newBot.created('Pictured') }).waitFor();
    expect(await named(engine, 'Pictured')).toMatchObject({ has_picture: true });
    expect(complaints).toEqual([]);
  });

  it('asks before the address of a webhook is left, and not once it is saved', async () => {
    const engine = await withBot();
    const { page, goTo } = await openPanel(browser(), engine);
    await goTo('/bots/1/webhook', 'Weather');
    await page.getByRole('button', { name: webhook.set }).click();
    const dialog = page.getByRole('dialog', { name: webhook.set });
    await dialog.getByLabel(webhook.url).fill('http://127.0.0.1:9/hook');

    await page.mouse.click(5, 300);
    await page.keyboard.press('Escape');
    await stay(page);
    await question(page).waitFor({ state: 'hidden' });
    expect(await dialog.getByLabel(webhook.url).inputValue()).toBe('http://127.0.0.1:9/hook');
    await page.goBack();
    await stay(page);
    await dialog.getByRole('button', { name: en.common.save }).click();

    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { level: 1, name: 'Health' }).waitFor();
  });

  it('asks before a certificate is left that was chosen', async () => {
    const engine = await withBot();
    const { page, goTo } = await openPanel(browser(), engine);
    const text = en.settings.api;
    await goTo('/settings/api', 'API and TLS');
    await page.getByRole('button', { name: text.upload }).click();
    const dialog = page.getByRole('dialog', { name: text.uploadTitle });
    await dialog.waitFor();
    await chooseCertificate(page);

    await dialog.getByRole('button', { name: text.use }).click();
    await dialog.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await stay(page);
    await dialog.getByText('mine.crt').waitFor();
    await dialog.getByRole('button', { name: en.common.cancel }).click();
    await leave(page);

    await dialog.waitFor({ state: 'hidden' });
    expect(await question(page).count()).toBe(0);
  });

  it('takes along only what is in it: what stands behind it is still asked about', async () => {
    const engine = await withBot();
    const { page, goTo } = await openPanel(browser(), engine);
    const text = en.settings.api;
    await goTo('/settings/api', 'API and TLS');
    const port = page.getByRole('textbox', { name: 'Port', exact: true });
    await port.fill('99999');
    await port.press('Enter');
    await page.getByText('must be a whole number').waitFor();
    await page.getByRole('button', { name: text.upload }).click();
    const dialog = page.getByRole('dialog', { name: text.uploadTitle });
    await dialog.waitFor();
    await chooseCertificate(page);
    await dialog.getByText('mine.crt').waitFor();
    await dialog.getByRole('button', { name: en.common.cancel }).click();
    await leave(page);
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('link', { name: 'Security' }).click();
    await stay(page);
    expect(await port.inputValue()).toBe('99999');
  });
});
