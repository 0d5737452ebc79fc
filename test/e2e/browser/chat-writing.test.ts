import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chatPages, fieldOf, logOf, rowOf } from '../../support/chat-page.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';
import { windowOf } from '../../support/window-client.ts';

const timeout = 180_000;

/** Answers of the engine that the test holds back. */
async function held(page: Page, url: string, isIt: (route: Route) => boolean) {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  await page.route(url, async (route) => {
    if (isOpen || !isIt(route)) return route.continue();
    const answer = await route.fetch();
    await new Promise<void>((resolve) => waiting.push(resolve));
    await route.fulfill({ response: answer }).catch(() => undefined);
  });
  return {
    waits: () => until('an answer to wait', () => waiting.length > 0),
    release() {
      isOpen = true;
      for (const go of waiting) go();
    },
  };
}
const isPost = (route: Route) => route.request().method() === 'POST';

describe.skipIf(lacks('server', 'browser'))('writing in a browser', { timeout }, () => {
  const { open, stage } = chatPages();

  async function inChat() {
    const { engine, you, friend, other } = await stage();
    const { page, complaints } = await open(engine);
    await page.getByRole('link', { name: /^Chats/ }).click();
    await fieldOf(page).waitFor();
    await other.say(you.jid, 'hello', 'f1');
    await rowOf(page, friend.jid).click();
    await logOf(page).getByText('hello').waitFor();
    const texts = async () =>
      (await logOf(page).locator('[data-message] > div > div').allInnerTexts()).map(
        (text) => text.split('\n')[0]?.replace(/\d\d:\d\d$/, '') ?? '',
      );
    const say = async (text: string) => {
      await fieldOf(page).fill(text);
      await fieldOf(page).press('Enter');
    };
    return { engine, you, friend, other, page, complaints, texts, say };
  }

  it('keeps the order of what is said, and what each of it is about, while the engine takes its time', async () => {
    const { page, other, say, complaints } = await inChat();
    await say('helo you');
    await logOf(page).getByText('helo you').waitFor();
    const answers = await held(page, '**/messages', isPost);

    await fieldOf(page).press('ArrowUp');
    await page.getByText('Edit message').waitFor();
    await say('hello you');
    await answers.waits();
    await say('second');
    await say('third');
    answers.release();

    await logOf(page).getByText('third').waitFor();
    await until('all to arrive', () => other.bodies().includes('third'));
    expect(other.bodies().filter((body) => body !== 'helo you')).toEqual(['hello you', 'second', 'third']);
    const replaced = other.stanzas().filter((one) => one.getChild('replace'));
    expect(replaced.map((one) => one.getChildText('body'))).toEqual(['hello you']);
    expect(complaints).toEqual([]);
  });

  it('loses nothing of what was typed: when it is refused, when a message is corrected, when a command is chosen', async () => {
    const { page, say, engine } = await inChat();
    let isRefusing = true;
    await page.route('**/messages', async (route) => {
      if (!isPost(route) || !isRefusing) return route.continue();
      await until('something else to be typed', async () => (await fieldOf(page).inputValue()) === 'later');
      await route.fulfill({
        status: 409,
        json: { ok: false, error_code: '409', error: 'conflict', description: 'Not now.' },
      });
    });
    await say('sooner');
    await fieldOf(page).fill('later');
    await page.getByRole('alert').getByText('Not now.').waitFor();
    expect(await fieldOf(page).inputValue()).toBe('sooner\nlater');

    isRefusing = false;
    await fieldOf(page).press('Enter');
    await logOf(page).getByText('sooner').waitFor();
    await fieldOf(page).fill('half a thought');
    await logOf(page).getByText('sooner').hover();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByText('Edit message').waitFor();
    await fieldOf(page).fill('corrected');
    await fieldOf(page).press('Enter');
    await logOf(page).getByText('corrected').waitFor();
    await until(
      'the thought to be back',
      async () => (await fieldOf(page).inputValue()) === 'half a thought',
    );

    // The engine goes: the text stays, and why is said in words.
    await engine.kill();
    await fieldOf(page).press('Enter');
    await page.getByRole('alert').getByText('The engine does not answer').waitFor();
    expect(await fieldOf(page).inputValue()).toBe('half a thought');
  });

  it('shows what came while a page was on its way, although the page does not know it', async () => {
    const { engine, page, you, other, friend } = await inChat();
    const window = await windowOf(engine, you.jid);
    await rowOf(page, you.jid).click();
    await page.reload();
    await fieldOf(page).waitFor();
    const pages = await held(page, '**/messages?*', (route) => route.request().url().includes('limit=60'));

    await rowOf(page, friend.jid).click();
    await pages.waits();
    await other.say(you.jid, 'too late for the page', 'f2');
    await window.sees(friend.jid, 'it to be there', ({ text }) => text === 'too late for the page');
    pages.release();

    await logOf(page).getByText('too late for the page').waitFor();
  });

  it('goes on with a file while another conversation is shown, and ends it on request with what was typed', async () => {
    const { page, you, friend } = await inChat();
    const failed: string[] = [];
    page.on('requestfailed', (request) => failed.push(request.url()));
    await page.route('**/files', () => new Promise(() => {}));
    await fieldOf(page).fill('look at this');
    await page.setInputFiles('input[type=file]', {
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('some notes'),
    });
    await page.getByText('notes.txt').waitFor();
    expect(await fieldOf(page).inputValue()).toBe('');

    await rowOf(page, you.jid).click();
    await page.getByText('To yourself').waitFor();
    expect(await page.getByText('notes.txt').count()).toBe(0);
    await rowOf(page, friend.jid).click();
    await page.getByRole('button', { name: 'Cancel notes.txt' }).click();

    await until('the request to be ended', () => failed.some((url) => url.endsWith('/files')));
    await page.getByText('notes.txt').waitFor({ state: 'detached' });
    await until('the text to be back', async () => (await fieldOf(page).inputValue()) === 'look at this');
  });

  it('takes files that are dropped and pictures that are pasted', async () => {
    const { page } = await inChat();
    const sent: string[] = [];
    await page.route('**/files', (route) => {
      sent.push(/filename="([^"]+)"/.exec(route.request().postData() ?? '')?.[1] ?? '');
      return route.fulfill({
        status: 413,
        json: { ok: false, error_code: '413', error: 'payload_too_large', description: 'That is too large.' },
      });
    });
    const hand = (type: 'paste' | 'drop', name: string) =>
      page.evaluate(`(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], ${JSON.stringify(name)}, { type: 'image/png' }));
        const field = document.querySelector('[data-composer]');
        const event = ${JSON.stringify(type)} === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        field.dispatchEvent(event);
      })()`);

    await hand('paste', 'image.png');
    await page.getByRole('button', { name: 'Send file' }).click();
    await hand('drop', 'dropped.png');

    await until('both to be sent', () => sent.length === 2);
    expect(sent.toSorted()).toEqual(['dropped.png', 'image.png']);
    const refused = page.getByRole('alert').getByText('That is too large.');
    await until('both to be refused', async () => (await refused.count()) === 2);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await until('it to be tried again', () => sent.length === 3);
  });
});
