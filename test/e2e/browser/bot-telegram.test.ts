import { describe, expect, it } from 'vitest';
import type { TelegramTrouble } from '../../../src-shared/api/telegram.ts';
import { ANNA, BRIDGE, GARDEN_BOT } from '../../support/made-up-telegram.ts';
import { axeFaults, cutTexts } from '../../support/panel-faults.ts';
import { lacks } from '../../support/servers/ready.ts';
import { HOOKED, TOKEN, telegramTab } from '../../support/telegram/telegram-tab.ts';
import { until } from '../../support/until.ts';

/** What the tab says and asks for; what the engine makes of it is tested with Telegram on loopback. */
describe.skipIf(lacks('browser'))('the Telegram tab of a bot', { timeout: 90_000 }, () => {
  const { openTab, button, dialog, note, tested, engine, id } = telegramTab();

  it('switches, changes the direction and the chat at once, each with a way back', async () => {
    const { page, open, state, bodies } = await openTab(BRIDGE);
    await open();
    await page.getByRole('status').getByText('Connected').waitFor();
    const toggle = page.getByRole('switch', { name: 'Telegram bridge of Weather is on' });
    await toggle.locator('xpath=..').click();
    await page.getByRole('status').getByText('Off').waitFor();
    await button(page, 'Undo').click();
    await until('on again', () => toggle.isChecked());

    await page.getByRole('radio', { name: /^Forward/ }).click();
    await page.getByText('Messages go to Telegram only now').waitFor();
    await button(page, 'Undo').click();
    await until('both ways', async () => state.telegram.mode === 'bridge');

    await button(page, 'Chat: Garden friends. Choose another one').click();
    await dialog(page)
      .getByRole('button', { name: /^Garden friends/, pressed: true })
      .waitFor();
    await dialog(page)
      .getByRole('button', { name: /^Anna Berg/ })
      .click();
    await page.getByText('Connected to Anna Berg now').waitFor();
    expect(bodies('POST /chats')).toEqual([{}]);
    expect(bodies('PATCH ')).toEqual([
      { enabled: false },
      { enabled: true },
      { mode: 'forward' },
      { mode: 'bridge' },
      { chat_id: ANNA.id },
    ]);
  });

  it('replaces the token, and takes the webhook of another program away only when that is said', async () => {
    const { page, open, state, bodies } = await openTab(BRIDGE);
    await open();
    await button(page, 'Replace the bot token').click();
    await dialog(page).getByLabel('Bot token', { exact: true }).fill(TOKEN);
    state.refusals['PATCH '] = { ...HOOKED };
    state.bot = { ...GARDEN_BOT, webhook: 'build.example.org' };
    await button(page, 'Use this token').click();
    await dialog(page).getByText('@garden_bot has a webhook at build.example.org').waitFor();
    await dialog(page).getByText('Removing it cuts that program off.').waitFor();
    expect(await dialog(page).textContent()).not.toContain('force');
    expect(bodies('POST /check')).toEqual([{ token: TOKEN }]);
    state.warning = 'Telegram could not be reached.';
    await button(page, 'Remove webhook').click();

    await page.getByText('The token is replaced').waitFor();
    await page.getByText('Telegram could not be reached.').waitFor();
    expect(bodies('PATCH ')).toEqual([{ token: TOKEN }, { token: TOKEN, force: true }]);
    expect(await page.content()).not.toContain(TOKEN);
  });

  it('has a way on from a chat where the webhook of another program is in the way', async () => {
    const { page, open, state, bodies } = await openTab({ ...BRIDGE, waiting: 2 });
    await open();
    state.bot = { ...GARDEN_BOT, webhook: 'build.example.org' };
    state.refusals['POST /chats'] = { ...HOOKED };
    await button(page, 'Chat: Garden friends. Choose another one').click();
    await dialog(page).getByText('2 messages that wait for Garden friends will not be sent').waitFor();
    await dialog(page).getByText('As long as another program has its webhook there').waitFor();
    await button(page, 'Remove webhook…').click();
    await note(page, dialog(page)).getByText('Removing it cuts that program off.').waitFor();
    expect(bodies('POST /webhook/remove')).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Remove webhook', exact: true }).click();
    await dialog(page)
      .getByRole('button', { name: /^Anna Berg/ })
      .waitFor();
    expect(bodies('POST /webhook/remove')).toEqual([{}]);

    // It is back before a chat is chosen.
    state.refusals['PATCH '] = { ...HOOKED };
    await dialog(page)
      .getByRole('button', { name: /^Anna Berg/ })
      .click();
    await note(page, dialog(page)).getByText('@garden_bot has a webhook at build.example.org').waitFor();
    expect(await dialog(page).textContent()).not.toContain('force');
    expect(await axeFaults(page)).toEqual([]);
    await button(page, 'Keep it').click();
    await note(page, dialog(page)).waitFor({ state: 'hidden' });
    state.refusals['PATCH '] = { ...HOOKED };
    await dialog(page)
      .getByRole('button', { name: /^Anna Berg/ })
      .click();
    await dialog(page).getByRole('button', { name: 'Remove webhook', exact: true }).click();
    await page.getByText('Connected to Anna Berg now').waitFor();
    expect(bodies('PATCH ').at(-1)).toEqual({ chat_id: ANNA.id, force: true });
  });

  it('tests and says hello with what is saved, and says why that failed', async () => {
    const { page, open, state, bodies } = await openTab(BRIDGE);
    await open();
    await tested(page).getByText('Signed in as @garden_bot').waitFor();
    await tested(page)
      .getByText(/^Last received \d+ min ago, last sent \d+ min ago$/)
      .waitFor();
    await button(page, 'Test').click();
    await tested(page).getByText('Last test now, 96 ms').waitFor();
    await tested(page)
      .getByText(/sees commands and replies to it only/)
      .waitFor();

    const description = 'The bot was blocked there.';
    state.refusals['POST /hello'] = { status: 502, error: 'connection_failed', description };
    await button(page, 'Send a hello').click();
    await tested(page).getByText('The hello was not sent').waitFor();
    await tested(page).getByText(description).waitFor();
    await button(page, 'Send a hello').click();
    await tested(page).getByText('Said hello in Garden friends, 143 ms').waitFor();
    expect(bodies('POST /check')).toEqual([{}]);
  });

  const since = Math.floor(Date.now() / 1_000) - 600;
  const inTrouble = (kind: TelegramTrouble) => ({
    ...BRIDGE,
    state: 'trouble' as const,
    trouble: { kind, since, retry_at: since + 900 },
    ...(kind === 'webhook' && { webhook: 'build.example.org' }),
  });
  const TROUBLES: [TelegramTrouble, RegExp, string?][] = [
    ['unreachable', /^Telegram cannot be reached/],
    ['token', /^Telegram does not accept the token/, 'Replace token…'],
    ['other-program', /^Another program reads the messages of @garden_bot/, 'Replace token…'],
    ['chat', /^Telegram knows no such chat for @garden_bot/, 'Choose another chat…'],
    ['blocked', /^@garden_bot may not write in Garden friends/, 'Send a hello'],
    ['rate', /^Telegram asks for a pause/],
    ['encryption', /^Messages from Telegram cannot be encrypted/],
    ['failed', /^Telegram did not do it/],
  ];
  it('says of each trouble since when, why and what to do', { timeout: 180_000 }, async () => {
    const { page, open, state } = await openTab();
    for (const [kind, title, action] of TROUBLES) {
      state.telegram = inTrouble(kind);
      await page.reload();
      await open();
      await note(page).getByText(title).waitFor();
      await note(page)
        .getByText(/Next try .+\.$/)
        .waitFor();
      await page
        .getByRole('status')
        .getByText(/^(Paused|Fails) since /)
        .waitFor();
      if (action !== undefined) await note(page).getByRole('button', { name: action }).waitFor();
    }
    expect(await axeFaults(page)).toEqual([]);
  });

  it('asks about a webhook that another program set meanwhile: kept, it only forwards', async () => {
    const { page, open, state, bodies } = await openTab(inTrouble('webhook'));
    await open();
    await note(page).getByText('@garden_bot now has a webhook at build.example.org').waitFor();
    await button(page, 'Keep it').click();
    await note(page).waitFor({ state: 'hidden' });
    expect(await page.getByRole('radio', { name: /^Forward/ }).isChecked()).toBe(true);

    state.telegram = inTrouble('webhook');
    await page.reload();
    await button(page, 'Remove webhook…').click();
    await dialog(page).getByRole('button', { name: 'Remove webhook' }).click();
    await note(page).waitFor({ state: 'hidden' });
    expect(bodies('PATCH ')).toEqual([{ mode: 'forward' }]);
    expect(bodies('POST /webhook/remove')).toEqual([{}]);
  });

  it('lists what crossed, and what has not yet or never did', async () => {
    const at = Math.floor(Date.now() / 1_000);
    const row = { to: 'telegram', from: 'you@localhost', text: 'The vents are closed' } as const;
    const { page, open, complaints } = await openTab({
      ...BRIDGE,
      waiting: 1,
      recent: [
        { ...row, at, state: 'waiting' },
        { ...row, at: at - 60, state: 'failed' },
        { at: at - 120, to: 'xmpp', from: 'نور', text: 'هل تم النشر؟', state: 'done' },
      ],
    });
    await open();
    await page.getByText('1 message waits to be sent to Telegram.').waitFor();
    const rows = page.getByRole('region', { name: 'Recently bridged' }).getByRole('listitem');
    await rows.nth(0).getByText('to Telegram, waits').waitFor();
    await rows.nth(1).getByText('to Telegram, not sent').waitFor();
    await rows.nth(2).getByText('to XMPP').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('sets whether the AI is heard there, and removes all of it with a question', async () => {
    const { page, open, asked } = await openTab({ ...BRIDGE, waiting: 2 });
    await open();
    await page.getByRole('switch', { name: 'Answers of the AI go to Telegram too' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const { body } = await engine().call<{ result: { key: string; value: unknown }[] }>(
      'GET',
      `/api/v1/bots/${id()}/settings`,
    );
    expect(body.result.find(({ key }) => key === 'telegram_ai_answers')?.value).toBe(false);

    await button(page, 'Remove bridge…').click();
    await dialog(page).getByText('2 messages that wait for Telegram').waitFor();
    await dialog(page).getByRole('button', { name: 'Remove bridge' }).click();
    await page.getByRole('heading', { name: 'Make a bot in Telegram' }).waitFor();
    expect(asked.map(({ what }) => what)).toContain('DELETE ');
  });

  it('keeps every tab within reach where not all of them fit, by mouse and by keys', async () => {
    const { page, open } = await openTab(BRIDGE);
    await open();
    await button(page, 'More').waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 720, height: 900 });
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Audit' }).click();
    await page.getByRole('tab', { name: 'Audit', selected: true }).waitFor();
    expect(await cutTexts(page)).toEqual([]);

    // What waits out of sight is said.
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.route(/\/api\/v1\/bots(\?.*)?$/, async (route) => {
      const answer = await route.fetch();
      const { result, ...rest } = (await answer.json()) as { result: object[] };
      const failing = { webhook: { state: 'failing' }, waiting_updates: 12 };
      await route.fulfill({ json: { ...rest, result: result.map((one) => ({ ...one, ...failing })) } });
    });
    await page.reload();
    const waits = 'does not get through, 12 updates wait';
    await page.getByRole('tab', { name: `Webhook ${waits}` }).waitFor();
    await page.setViewportSize({ width: 400, height: 900 });
    await page.getByRole('button', { name: `More Webhook: ${waits}` }).click();
    await page.getByRole('menuitem', { name: `Webhook ${waits}` }).waitFor();
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 720, height: 900 });
    await page.unroute(/\/api\/v1\/bots(\?.*)?$/);
    await page.reload();
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Audit' }).click();

    // The arrow keys walk over those that show.
    await page.getByRole('tab', { name: 'Audit', selected: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
    await page.getByRole('tab', { name: 'Audit' }).waitFor({ state: 'hidden' });
    expect(await axeFaults(page)).toEqual([]);
  });
});
