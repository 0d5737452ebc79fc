import { describe, expect, it } from 'vitest';
import { ANNA, FAMILY, GARDEN_BOT } from '../../support/made-up-telegram.ts';
import { axeFaults } from '../../support/panel-faults.ts';
import { lacks } from '../../support/servers/ready.ts';
import { TOKEN, telegramTab } from '../../support/telegram/telegram-tab.ts';

/** What the tab says and asks for; what the engine makes of it is tested with Telegram on loopback. */
describe.skipIf(lacks('browser'))('setting up Telegram in the tab of a bot', { timeout: 90_000 }, () => {
  const { openTab, button, dialog, note, tested, giveToken } = telegramTab();

  it('leads from nothing to a bridge that has said hello', async () => {
    const { page, open, bodies, complaints } = await openTab();
    await open();
    const father = page.getByRole('link', { name: 'Open @BotFather' });
    expect(await father.getAttribute('href')).toBe('https://t.me/BotFather');
    expect(await father.getAttribute('rel')).toContain('noopener');
    expect(await page.getByLabel('Bot token', { exact: true }).getAttribute('type')).toBe('password');

    await giveToken(page);
    await page.getByText('Garden @garden_bot').waitFor();
    expect(bodies('POST /check')).toEqual([{ token: TOKEN }]);

    const chats = page.getByRole('list', { name: 'Chats that wrote lately' });
    await chats.getByRole('button', { name: 'Garden friends Group, ID −1001984422017' }).click();
    expect(bodies('POST /chats')).toEqual([{ token: TOKEN }]);
    await page.getByText('In groups, @garden_bot sees commands and replies to it only.').waitFor();
    await page.getByRole('radio', { name: /^Forward/ }).click();
    await page.getByText('In groups, @garden_bot sees').waitFor({ state: 'hidden' });
    await page.getByText('@garden_bot says hello in Garden friends, so you see that it works.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(bodies('PATCH ')).toEqual([]);
    await button(page, 'Switch on').click();

    await page.getByText('The Telegram bridge of Weather is on', { exact: true }).waitFor();
    await tested(page).getByText('Said hello in Garden friends, 143 ms').waitFor();
    expect(bodies('PATCH ')).toEqual([{ token: TOKEN, chat_id: FAMILY.id, mode: 'forward', enabled: true }]);
    expect(bodies('POST /hello')).toEqual([{}]);
    expect(await page.content()).not.toContain(TOKEN);
    expect(complaints).toEqual([]);
  });

  it('says in place what is wrong with a token, and keeps it to be mended', async () => {
    const { page, open, state, bodies } = await openTab();
    await open();
    await giveToken(page, 'garden_bot');
    await page.getByText('A token looks like 123456789:ABCdef_ghijk.').waitFor();
    expect(bodies('POST /check')).toEqual([]);

    state.refusals['POST /check'] = {
      status: 400,
      error: 'bad_request',
      description: 'Telegram does not know this token.',
    };
    await giveToken(page);
    await page.getByText('Telegram does not know this token.').waitFor();
    expect(await page.getByLabel('Bot token', { exact: true }).inputValue()).toBe(TOKEN);
    await button(page, 'Check').click();
    await page.getByText('Garden @garden_bot').waitFor();
  });

  it('reads again who wrote when it is told to, and never by itself', async () => {
    const { page, open, state, bodies } = await openTab();
    state.chats = [];
    await open();
    await giveToken(page);
    await page.getByText(/^Nobody has written to @garden_bot yet/).waitFor();
    expect(await page.getByRole('link', { name: 'Open @garden_bot' }).getAttribute('href')).toBe(
      'https://t.me/garden_bot',
    );
    expect(bodies('POST /chats')).toHaveLength(1);

    state.chats = [ANNA];
    await button(page, 'Read again').click();
    await page.getByRole('button', { name: 'Anna Berg Person, ID 417202 · @annaberg' }).waitFor();
    expect(bodies('POST /chats')).toHaveLength(2);
  });

  it('takes any chat by its ID', async () => {
    const { page, open, bodies } = await openTab();
    await open();
    await giveToken(page);
    await button(page, 'Type its ID').click();
    await page.getByLabel('ID of the chat').fill('garden');
    await button(page, 'Use').click();
    await page.getByText('Use a whole number, or @name.').waitFor();
    await page.getByLabel('ID of the chat').fill('−100777');
    await page.keyboard.press('Enter');
    await page.getByText('@garden_bot says hello in -100777').waitFor();
    await button(page, 'Switch on').click();
    await tested(page).waitFor();
    expect(bodies('PATCH ')).toEqual([{ token: TOKEN, chat_id: '-100777', mode: 'bridge', enabled: true }]);
  });

  it('asks about the webhook of another program before anything else', async () => {
    const { page, open, state, bodies } = await openTab();
    state.bot = { ...GARDEN_BOT, webhook: 'build.example.org' };
    await open();
    await giveToken(page);
    await note(page).getByText('@garden_bot has a webhook at build.example.org').waitFor();
    expect(bodies('POST /chats')).toEqual([]);
    expect(await axeFaults(page)).toEqual([]);

    await button(page, 'Keep it').click();
    await page.getByLabel('Bot token', { exact: true }).waitFor();
    await giveToken(page);
    await button(page, 'Remove webhook…').click();
    await dialog(page).getByText('The program there gets nothing from @garden_bot any more.').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    expect(bodies('POST /webhook/remove')).toEqual([]);
    await button(page, 'Remove webhook…').click();
    await dialog(page).getByRole('button', { name: 'Remove webhook' }).click();

    await page.getByText('The webhook is removed').waitFor();
    await page.getByRole('list', { name: 'Chats that wrote lately' }).waitFor();
    expect(bodies('POST /webhook/remove')).toEqual([{ token: TOKEN }]);
  });

  it('says at the last step what the engine refuses; a webhook that came meanwhile is asked about', async () => {
    const { page, open, state, bodies } = await openTab();
    await open();
    await giveToken(page);
    await page.getByRole('button', { name: /^Anna Berg/ }).click();
    state.refusals['PATCH '] = { status: 409, error: 'telegram_token_used', description: 'Herald has it.' };
    await button(page, 'Switch on').click();
    await page.getByRole('alert').getByText('Herald has it.').waitFor();

    state.refusals['PATCH '] = { status: 409, error: 'telegram_webhook', description: 'A webhook is there.' };
    state.bot = { ...GARDEN_BOT, webhook: 'late.example.org' };
    await button(page, 'Switch on').click();
    await note(page).getByText('@garden_bot has a webhook at late.example.org').waitFor();
    expect(bodies('POST /hello')).toEqual([]);
  });

  it('asks before what was begun is lost', async () => {
    const { page, open } = await openTab();
    await open();
    await giveToken(page);
    await page.getByText('Garden @garden_bot').waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await dialog(page).getByText('Leave without saving?').waitFor();
    await button(page, 'Cancel').click();
    await page.getByText('Garden @garden_bot').waitFor();
  });

  it('sets up what cannot be checked while Telegram is unreachable, and says so', async () => {
    const { page, open, state, bodies } = await openTab();
    await open();
    state.refusals['POST /check'] = {
      status: 400,
      error: 'bad_request',
      description: 'Telegram does not know this token.',
    };
    await giveToken(page);
    await page.getByText('Telegram does not know this token.').waitFor();
    // What Telegram is sure of is no reason to go on.
    expect(await button(page, 'Go on without checking').count()).toBe(0);
    const description = 'Telegram could not be reached.';
    state.refusals['POST /check'] = { status: 502, error: 'connection_failed', description };
    await button(page, 'Check').click();
    await page.getByText(description).waitFor();
    await button(page, 'Go on without checking').click();
    await page.getByText('Telegram bot 7301 not checked yet').waitFor();
    await page.getByLabel('ID of the chat').fill(ANNA.id);
    await button(page, 'Use').click();
    await page.getByText('whether token and chat are right shows as soon as').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    state.warning = `It is stored, but not tried yet: ${description}`;
    await button(page, 'Switch on').click();
    await page.getByText(state.warning).waitFor();
    await tested(page).waitFor();
    expect(bodies('PATCH ')).toEqual([{ token: TOKEN, chat_id: ANNA.id, mode: 'bridge', enabled: true }]);
    expect(bodies('POST /chats')).toEqual([]);
    expect(bodies('POST /hello')).toEqual([]);
  });
});
