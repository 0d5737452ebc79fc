import { describe, expect, it } from 'vitest';
import { chatPages, fieldOf as field, logOf as log, rowOf as of } from '../../support/chat-page.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';

const timeout = 180_000;

describe.skipIf(lacks('server', 'browser'))('conversations in a browser', { timeout }, () => {
  const { open, stage } = chatPages();

  it('makes a bot in the chat with oneself, whose token sends a message that appears there', async () => {
    const { engine, you } = await stage();
    const { page, complaints } = await open(engine);
    await page.getByRole('link', { name: /^Chats/ }).click();

    await field(page).fill('/newbot Weather');
    await field(page).press('Enter');
    await log(page).getByText('Bot created!').waitFor();
    expect(await log(page).innerText()).not.toMatch(/bm_[\w-]{24}/);
    await log(page).getByRole('button', { name: 'Copy token' }).first().click();
    const token = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(token).toMatch(/^bm_/);
    const sent = await engine.call('POST', '/bot/sendMessage', {
      token,
      body: { to: you.jid, text: 'it rains *cats* and dogs' },
    });

    expect(sent.status).toBe(200);
    await log(page).getByText('it rains').waitFor();
    expect(await log(page).locator('strong').innerText()).toBe('*cats*');
    expect(complaints).toEqual([]);
  });

  it('shows what others write as it comes, answers, corrects, reacts and keeps a draft', async () => {
    const { engine, friend, you, other } = await stage();
    const { page, complaints } = await open(engine);
    await page.getByRole('link', { name: /^Chats/ }).click();
    await field(page).waitFor();

    await other.say(you.jid, 'hello *there*', 'f1');
    const row = of(page, friend.jid);
    await row.getByText('1 unread').waitFor({ state: 'attached' });
    await until('the title to say so', async () => (await page.title()) === '(1) Botmother');
    await row.click();
    await log(page).getByText('there').waitFor();
    await until('it to be read', async () => (await page.title()) === 'Botmother');

    await field(page).fill('good *morning*');
    await field(page).press('Enter');
    await until('it to arrive', () =>
      other.stanzas().some((one) => one.getChildText('body') === 'good *morning*'),
    );
    await field(page).press('ArrowUp');
    await page.getByText('Edit message').waitFor();
    await field(page).fill('good evening');
    await field(page).press('Enter');
    await log(page).getByText('good evening').waitFor();
    await log(page).getByText('edited').waitFor();
    expect(await log(page).getByText('morning').count()).toBe(0);

    await log(page).getByText('hello').hover();
    await page.getByRole('button', { name: 'Reply' }).click();
    await field(page).fill('a draft');
    await field(page).press('Escape');
    await of(page, you.jid).click();
    await page.getByText('Draft:').waitFor();
    await row.click();
    await until('the draft', async () => (await field(page).inputValue()) === 'a draft');
    expect(complaints).toEqual([]);
  });
});
