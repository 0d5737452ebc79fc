import xml from '@xmpp/xml';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { chatPages, fieldOf, logOf, rowOf } from '../../support/chat-page.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';

const timeout = 180_000;
const focused = (page: Page) =>
  page.evaluate<string>(
    "document.activeElement?.dataset.message ?? document.activeElement?.getAttribute('aria-label') ?? ''",
  );
const isFocused = (page: Page, selector: string) =>
  page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);

describe.skipIf(lacks('server', 'browser'))('reading in a browser', { timeout }, () => {
  const { open, stage } = chatPages();

  it('goes through messages, reactions and what can be done by keys alone', async () => {
    const { engine, you, friend, other } = await stage();
    const { page, complaints } = await open(engine);
    await page.getByRole('link', { name: /^Chats/ }).click();
    await fieldOf(page).waitFor();
    const token = `bm_${'a1b2'.repeat(8)}`;
    await other.say(you.jid, 'first', 'f1');
    await other.say(you.jid, `second ${token}`, 'f2');
    await other.say(you.jid, 'third', 'f3');
    await rowOf(page, friend.jid).click();
    await logOf(page).getByText('third').waitFor();

    await logOf(page).focus();
    await page.keyboard.press('ArrowUp');
    await until('the last to have the focus', async () => (await focused(page)) === 'f3');
    await page.keyboard.press('ArrowUp');
    await until('the one before', async () => (await focused(page)) === 'f2');
    await page.keyboard.press('Home');
    await until('the first', async () => (await focused(page)) === 'f1');
    await page.keyboard.press('End');
    await until('the last', async () => (await focused(page)) === 'f3');
    expect(await logOf(page).innerHTML()).not.toContain(token);

    await page.keyboard.press('Tab');
    await until('what can be done', async () => (await focused(page)) === 'React');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Search emojis' }).waitFor();
    await until('it to have the focus', async () => (await focused(page)) === 'Search emojis');
    await page.keyboard.type('thumbs up');
    await page.getByRole('button', { name: 'thumbs up', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    const given = logOf(page).getByRole('button', { name: /^👍 1, yours too/ });
    await given.waitFor();
    const reactions = () =>
      other.stanzas().flatMap((one) => {
        const element = one.getChild('reactions', 'urn:xmpp:reactions:0');
        return element ? [element.getChildren('reaction').map((emoji) => emoji.getText())] : [];
      });
    await until('it to arrive', () => reactions().length === 1);
    await other.send(
      xml(
        'message',
        { to: you.jid, id: 'r1', type: 'chat' },
        xml('reactions', { xmlns: 'urn:xmpp:reactions:0', id: 'f3' }, xml('reaction', {}, '👍')),
        xml('store', { xmlns: 'urn:xmpp:hints' }),
      ),
    );
    await logOf(page)
      .getByRole('button', { name: /^👍 2, yours too/ })
      .click();
    await logOf(page).getByRole('button', { name: '👍 1. Add yours' }).waitFor();
    await until('it to be taken back', () => reactions().length === 2);
    expect(reactions()).toEqual([['👍'], []]);
    expect(complaints).toEqual([]);
  });

  it('finds words with Ctrl F, and lets somebody write meanwhile', async () => {
    const { engine, you, friend, other } = await stage();
    const { page } = await open(engine);
    await page.getByRole('link', { name: /^Chats/ }).click();
    await fieldOf(page).waitFor();
    for (const [index, text] of ['an apple', 'a pear', 'another apple'].entries())
      await other.say(you.jid, text, `f${index}`);
    await rowOf(page, friend.jid).click();
    await logOf(page).getByText('another apple').waitFor();

    await fieldOf(page).press('Control+f');
    const search = page.getByRole('search');
    await until('the search to have the focus', () => isFocused(page, 'search input'));
    await fieldOf(page).click();
    await other.say(you.jid, 'a plum', 'f9');
    await logOf(page).getByText('a plum').waitFor();
    expect(await isFocused(page, '[data-composer]')).toBe(true);

    await search.getByRole('textbox').fill('apple');
    await until('both to be found', async () => /2/.test(await search.innerText()));
    await search.getByRole('textbox').press('Enter');
    await search.getByText('1 of 2').waitFor();
    await search.getByRole('textbox').press('Enter');
    await search.getByText('2 of 2').waitFor();
    await search.getByRole('textbox').fill('cherry');
    await search.getByText(/nothing/i).waitFor();
    await search.getByRole('textbox').press('Escape');
    await until('it to be closed', async () => (await search.count()) === 0);
  });

  it('shows a picture in full size, and leaves the place where it was when it is closed', async () => {
    const { engine, you, friend, other } = await stage();
    const { page, complaints } = await open(engine);
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a36' } })
      .png()
      .toBuffer();
    await page.route('**/api/v1/chat-files/*', (route) =>
      route.fulfill({ body: bytes, contentType: 'image/png' }),
    );
    await page.getByRole('link', { name: /^Chats/ }).click();
    await fieldOf(page).waitFor();
    const url = 'https://files.example.org/sunset.png';
    await other.send(
      xml(
        'message',
        { to: you.jid, id: 'p1', type: 'chat' },
        xml('body', {}, url),
        xml('x', { xmlns: 'jabber:x:oob' }, xml('url', {}, url)),
      ),
    );
    for (let number = 0; number < 40; number += 1) await other.say(you.jid, `line ${number}`, `l${number}`);
    await rowOf(page, friend.jid).click();
    // It begins at what is new: at its beginning.
    await logOf(page).getByText('line 0').waitFor();
    await logOf(page).focus();
    await page.keyboard.press('End');
    await logOf(page).getByText('line 39').waitFor();
    await page.keyboard.press('Home');
    await logOf(page)
      .getByRole('button', { name: /^Load picture sunset\.png/ })
      .click();
    const picture = logOf(page).getByRole('button', { name: 'Enlarge sunset.png' });
    await picture.click();
    await page.getByRole('dialog').getByRole('img', { name: 'sunset.png' }).waitFor();
    await page.keyboard.press('Escape');
    await until('it to be closed', async () => (await page.getByRole('dialog').count()) === 0);

    expect(await picture.isVisible()).toBe(true);
    expect(await isFocused(page, '[data-composer]')).toBe(false);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      picture.click().then(() =>
        page
          .getByRole('dialog')
          .getByRole('button', { name: /sunset\.png/ })
          .click(),
      ),
    ]);
    expect(download.suggestedFilename()).toBe('sunset.png');
    expect(complaints).toEqual([]);
  });

  it('shows no conversation of another account than the address names, and leads from the account menu', async () => {
    const { engine, friend, you } = await stage();
    const { page, complaints } = await open(engine);
    await page.getByRole('link', { name: /^Chats/ }).click();
    await fieldOf(page).waitFor();
    const path = ['gone@example.org', friend.jid].map(encodeURIComponent).join('/');

    await page.goto(`${new URL(page.url()).origin}/app/chats/${path}`);
    await until('the own conversations', () => page.url().includes(`/chats/${encodeURIComponent(you.jid)}/`));

    await page
      .getByRole('button', { name: new RegExp(`^${you.jid}|${you.jid}`) })
      .first()
      .click();
    await page.getByRole('menuitem', { name: new RegExp(you.jid) }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await until('the settings', () => page.url().includes('/app/settings'));
    // The page asked for messages of an account that is not there.
    expect(complaints.filter((one) => !one.includes('404'))).toEqual([]);
  });
});
