import { describe, expect, it, onTestFinished } from 'vitest';
import { openPanel } from '../../support/panel.ts';
import { panelTests } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startBotApi } from '../../support/telegram/bot-api-server.ts';
import { until } from '../../support/until.ts';

/** With a real engine, and Telegram's Bot API on loopback. */
describe.skipIf(lacks('browser'))('the Telegram tab on a running engine', { timeout: 120_000 }, () => {
  const { browser, withBot } = panelTests();

  async function atTelegram() {
    const engine = await withBot();
    const api = await startBotApi();
    onTestFinished(api.close);
    await engine.cli(['settings', 'set', 'telegram_api_root', api.apiRoot]);
    const bot = api.addBot({ username: 'garden_bot', name: 'Garden' });
    const anna = api.addPerson({ first: 'Anna', last: 'Berg' });
    const friends = api.addChat({ kind: 'supergroup', title: 'Garden friends', bots: [bot] });
    const panel = await openPanel(browser(), engine);
    await panel.goTo('/bots/1/telegram', 'Weather');
    const button = (name: string) => panel.page.getByRole('button', { name, exact: true });
    const note = panel.page.getByRole('tabpanel').getByRole('alert');
    const isSaid = (words: string) => panel.page.getByText(words, { exact: true }).waitFor();
    return { ...panel, engine, api, bot, anna, friends, button, note, isSaid };
  }
  async function giveToken(page: Awaited<ReturnType<typeof atTelegram>>['page'], token: string) {
    await page.getByLabel('Bot token', { exact: true }).fill(token);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
  }

  it('sets up with a bot that another program had, and is heard there', async () => {
    const { page, engine, bot, anna, friends, button, isSaid, complaints } = await atTelegram();
    bot.setWebhook('https://build.example.org/hook');
    await giveToken(page, '700:wrong');
    await page.getByText(/^Telegram does not know this token/).waitFor();
    await giveToken(page, bot.token);
    await page.getByText('@garden_bot has a webhook at build.example.org').waitFor();
    await button('Remove webhook…').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove webhook' }).click();

    await page.getByText(/^Nobody has written to @garden_bot yet/).waitFor();
    friends.says(anna, 'Hello bot');
    await button('Read again').click();
    await page.getByRole('button', { name: /^Garden friends/ }).click();
    await button('Switch on').click();

    await isSaid('The Telegram bridge of Weather is on');
    await page.getByText(/^Said hello in Garden friends/).waitFor();
    expect(friends.botTexts()).toHaveLength(1);
    await page.getByRole('status').getByText('Connected').waitFor();
    const { body } = await engine.call('GET', '/api/v1/bots/1/telegram');
    expect(JSON.stringify(body)).not.toContain(bot.token);
    expect(complaints).toEqual([]);
  });

  it('shows by itself what goes wrong at Telegram, and leads out of it', async () => {
    const { page, engine, api, bot, friends, button, note, isSaid } = await atTelegram();
    const { status } = await engine.call('PATCH', '/api/v1/bots/1/telegram', {
      body: { token: bot.token, chat_id: friends.id },
    });
    expect(status).toBe(200);
    await page.getByRole('status').getByText('Connected').waitFor();

    const token = bot.revoke();
    // What it listens with ends, and the next one is refused.
    await api.pause();
    await api.resume();
    await note.getByText('Telegram does not accept the token any more').waitFor({ timeout: 60_000 });
    await button('Replace token…').click();
    await page.getByRole('dialog').getByLabel('Bot token', { exact: true }).fill(token);
    await button('Use this token').click();
    await isSaid('The token is replaced');
    await page.getByRole('status').getByText('Connected').waitFor();

    bot.setWebhook('https://build.example.org/hook');
    await note.getByText('@garden_bot now has a webhook at build.example.org').waitFor({ timeout: 60_000 });
    await button('Keep it').click();
    await note.waitFor({ state: 'hidden' });
    expect(await page.getByRole('radio', { name: /^Forward/ }).isChecked()).toBe(true);

    await button('Remove bridge…').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove bridge' }).click();
    await isSaid('The Telegram bridge of Weather is removed');
    await page.getByRole('heading', { name: 'Make a bot in Telegram' }).waitFor();
    await until('nobody to listen there', async () => !bot.isPolled());
  });
});
