import type { Browser, Page, Request } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { fillChats, type Told, type ToldChat } from '../../support/chat-history.ts';
import { fieldOf, logOf } from '../../support/chat-page.ts';
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { axeFaults } from '../../support/panel-faults.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const timeout = 120_000;
const ME = 'you@localhost';
const MANY = 300;
const UNREAD = 200;
const LINES = 120;
const at = (name: string) => `${name}@localhost`;
const numbered = (count: number, make: (number: number) => Told) =>
  Array.from({ length: count }, (_, number) => make(number));
const picture = (name: string, more: Partial<Told> = {}): Told => ({
  text: '',
  ...more,
  body: { files: [{ url: `https://files.example.org/${name}`, name, type: 'image/png', size: 4_000 }] },
});

/** Nobody answers where the account is: what is said waits. */
const CHATS: ToldChat[] = [
  { jid: at('many'), unread: UNREAD, messages: numbered(MANY, (number) => ({ text: `number ${number}.` })) },
  { jid: at('read'), messages: numbered(60, (number) => ({ text: `read ${number}.` })) },
  { jid: at('never'), unread: MANY, messages: numbered(MANY, (number) => ({ text: `number ${number}.` })) },
  {
    jid: at('stranger'),
    messages: [picture('theirs.png'), picture('mine.png', { isOutgoing: true })],
  },
  {
    jid: at('writer'),
    messages: [
      {
        text: numbered(LINES, (number) => ({ text: `verse ${number}` }))
          .map(({ text }) => text)
          .join('\n'),
      },
      { text: 'short' },
    ],
  },
  {
    jid: at('mixed'),
    messages: [
      { text: 'under the lock' },
      { text: 'in the open', isEncrypted: false },
      { text: '', by: 'engine', notice: 'unreadable', isEncrypted: false, body: { count: 2 } },
      { text: 'not gone', isOutgoing: true, state: 'failed' },
    ],
  },
  {
    jid: ME,
    messages: [
      {
        text: 'Shall I?',
        by: 'engine',
        isOutgoing: true,
        weight: 1,
        isEncrypted: false,
        body: {
          actions: [
            { value: '/yes', label: 'Yes, please' },
            { value: '/no', label: 'No' },
          ],
        },
      },
    ],
  },
  { jid: at('lossy'), messages: [{ text: 'hello', isEncrypted: false }] },
];

describe.skipIf(lacks('browser'))('a conversation that is opened', { timeout }, () => {
  let browser: Browser;
  let engine: EngineProcess;
  beforeAll(async () => {
    browser = await openBrowser();
    const folder = testFolder(afterAll);
    await fillChats(folder, ME, CHATS);
    engine = await startEngineProcess(folder);
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await engine?.kill();
  });

  async function opened(name: string, before: (page: Page) => Promise<unknown> = async () => undefined) {
    const { page, complaints, go } = await openPanel(browser, engine);
    await before(page);
    await go(`/chats/${encodeURIComponent(ME)}/${encodeURIComponent(name)}`);
    await logOf(page).locator('[data-message]').first().waitFor();
    return { page, complaints };
  }
  const said = (page: Page, text: string | RegExp) => logOf(page).getByText(text, { exact: true });
  async function chat(jid: string) {
    const { body } = await engine.call<{
      result: { unread: number; read_up_to: number };
    }>('GET', `/api/v1/chats/${encodeURIComponent(ME)}/${encodeURIComponent(jid)}`);
    return body.result;
  }
  const isInSight = (page: Page, text: string) =>
    page.evaluate<boolean>(`(() => {
      const log = document.querySelector('[role="log"]').getBoundingClientRect();
      const row = [...document.querySelectorAll('[data-message]')].find((one) => one.innerText.includes(${JSON.stringify(text)}));
      const box = row?.getBoundingClientRect();
      return box !== undefined && box.top >= log.top - 1 && box.bottom <= log.bottom + 1;
    })()`);

  it('begins with the first message that is new, also where more of them came than one page has', async () => {
    const { page, complaints } = await opened(at('many'));
    const first = MANY - UNREAD;
    await page.getByText('New', { exact: true }).waitFor();
    await until('the first new one in sight', () => isInSight(page, `number ${first}.`));
    expect(await said(page, `number ${MANY - 1}.`).count()).toBe(0);

    // What was not in sight was not read.
    await until('what is in sight to be read', async () => (await chat(at('many'))).unread < UNREAD);
    expect((await chat(at('many'))).unread).toBeGreaterThan(UNREAD - 60);

    await page.getByRole('button', { name: /^Go to the newest message, 99\+ unread$/ }).click();
    await until('the last one in sight', () => isInSight(page, `number ${MANY - 1}.`));
    await until('all to be read', async () => (await chat(at('many'))).unread === 0);
    expect(complaints).toEqual([]);
  });

  it('keeps the newest message in sight while more lines are typed below it, and when the window shrinks', async () => {
    const { page } = await opened(at('read'));
    const newest = 'read 59.';
    await until('the newest one in sight', () => isInSight(page, newest));
    const height = () => page.evaluate<number>(`document.querySelector('[role="log"]').clientHeight`);

    const before = await height();
    await fieldOf(page).fill(Array.from({ length: 8 }, (_, line) => `line ${line}`).join('\n'));
    await until('less room for messages', async () => (await height()) < before - 100);
    await until('the newest one still in sight', () => isInSight(page, newest));

    const between = await height();
    const { width = 0, height: high = 0 } = page.viewportSize() ?? {};
    await page.setViewportSize({ width, height: high - 150 });
    await until('even less room', async () => (await height()) < between - 100);
    await until('the newest one in sight also then', () => isInSight(page, newest));
  });

  it('begins at its beginning where nothing was ever read', async () => {
    const { page } = await opened(at('never'));
    await until('the first one in sight', () => isInSight(page, 'number 0.'));
    expect((await chat(at('never'))).unread).toBeGreaterThan(UNREAD);
  });

  it('fetches pictures of people who are no contacts only when somebody wants them', async () => {
    const asked: string[] = [];
    const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#3a6' } })
      .png()
      .toBuffer();
    const { page } = await opened(at('stranger'), (fresh) =>
      fresh.route('**/api/v1/chat-files/*', (route) => {
        asked.push(route.request().url());
        return route.fulfill({ body: bytes, contentType: 'image/png' });
      }),
    );
    const load = page.getByRole('button', { name: /^Load picture theirs\.png/ });
    await load.waitFor();
    await logOf(page).getByRole('button', { name: 'Enlarge mine.png' }).locator('img').waitFor();
    expect(asked).toHaveLength(1);
    expect(await axeFaults(page)).toEqual([]);

    await load.focus();
    await page.keyboard.press('Enter');
    await logOf(page).getByRole('button', { name: 'Enlarge theirs.png' }).locator('img').waitFor();
    expect(asked).toHaveLength(2);

    await engine.cli(['settings', 'set', 'window_load_pictures', 'all']);
    onTestFinished(async () => void (await engine.cli(['settings', 'set', 'window_load_pictures', 'known'])));
    await page.reload();
    await logOf(page).getByRole('button', { name: 'Enlarge theirs.png' }).locator('img').waitFor();
  });

  it('says why a picture cannot be had', async () => {
    const { page } = await opened(at('stranger'), (fresh) =>
      fresh.route('**/api/v1/chat-files/*', (route) =>
        route.fulfill({
          status: 502,
          json: { ok: false, error_code: '502', error: 'file_not_fetched', description: 'It is gone there.' },
        }),
      ),
    );
    await said(page, 'It is gone there.').waitFor();
  });

  it('folds a long text until somebody wants all of it', async () => {
    const { page } = await opened(at('writer'));
    const show = logOf(page).getByRole('button', { name: `Show all ${LINES} lines` });
    await show.waitFor();
    expect(await logOf(page).innerText()).not.toContain(`verse ${LINES - 1}`);
    expect(await show.getAttribute('aria-expanded')).toBe('false');

    await show.click();
    await until('all of it', async () => (await logOf(page).innerText()).includes(`verse ${LINES - 1}`));
    await logOf(page).getByRole('button', { name: 'Show less' }).click();
    await show.waitFor();
  });

  it('shows what came in clear, what could not be read, and sends again what has failed', async () => {
    const { page } = await opened(at('mixed'));
    const row = (text: string) => logOf(page).locator('article').filter({ hasText: text });
    await row('under the lock').getByTitle('Encrypted').waitFor();
    expect(await row('in the open').getByTitle('Encrypted').count()).toBe(0);
    const notice = logOf(page).getByRole('note');
    await notice.getByText('2 messages could not be decrypted here.').waitFor();
    await notice.getByRole('button', { name: 'Open encryption' }).click();
    await page.getByRole('complementary', { name: /mixed/ }).waitFor();
    // It had failed before somebody looked: that is not called out.
    expect(await row('not gone').getByRole('alert').count()).toBe(0);

    await row('not gone').getByRole('button', { name: 'Try again' }).click();
    await row('not gone').getByTitle('Waits to be sent').waitFor();
    expect(await row('not gone').count()).toBe(1);
  });

  it('lets somebody answer with a click, once', async () => {
    const { page } = await opened(ME);
    const yes = logOf(page).getByRole('button', { name: 'Yes, please' });
    expect(await yes.getAttribute('title')).toBe('/yes');
    const written: Request[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/messages')) written.push(request);
    });
    await yes.click();
    await said(page, '/yes').waitFor();
    await until('the others to be over', () =>
      logOf(page).getByRole('button', { name: 'No', exact: true }).isDisabled(),
    );
    expect(written.map((request) => request.postDataJSON())).toEqual([{ text: '/yes' }]);
  });

  it('writes once what is sent again because its answer was lost', async () => {
    const { page } = await opened(at('lossy'));
    const mine = logOf(page).locator('article').filter({ hasText: 'only once' });
    let lost = 0;
    await page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      await route.fetch();
      lost += 1;
      return route.abort();
    });
    await fieldOf(page).fill('only once');
    await fieldOf(page).press('Enter');
    await page.getByRole('alert').getByText('The engine does not answer').waitFor();
    expect(await fieldOf(page).inputValue()).toBe('only once');

    await fieldOf(page).press('Enter');
    await until('it to be taken', async () => (await fieldOf(page).inputValue()) === '');
    await mine.first().waitFor();
    // The next one with the same words is meant.
    await fieldOf(page).fill('only once');
    await fieldOf(page).press('Enter');
    await until('the second', async () => (await mine.count()) === 2);

    expect(lost).toBe(1);
    await page.reload();
    await mine.first().waitFor();
    expect(await mine.count()).toBe(2);
  });

  it('shows what is pasted before it goes, and lets a file go nowhere that is dropped beside it', async () => {
    const { page } = await opened(at('lossy'));
    const sent: string[] = [];
    await page.route('**/files', (route) => {
      const form = route.request().postData() ?? '';
      sent.push(`${/filename="([^"]+)"/.exec(form)?.[1]} ${/name="caption"\s+(\S+)/.exec(form)?.[1] ?? ''}`);
      return route.fulfill({
        status: 413,
        json: { ok: false, error_code: '413', error: 'payload_too_large', description: 'That is too large.' },
      });
    });
    const hand = (type: 'paste' | 'drop', selector: string) =>
      page.evaluate<boolean>(`(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
        const event = ${JSON.stringify(type)} === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        document.querySelector(${JSON.stringify(selector)}).dispatchEvent(event);
        return event.defaultPrevented;
      })()`);

    expect(await hand('drop', '#rail')).toBe(true);
    await hand('paste', '[data-composer]');
    const held = page.getByRole('region', { name: 'Pasted, not sent yet' });
    await held.locator('img').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await held.getByRole('button', { name: 'Do not send image.png' }).click();
    await held.waitFor({ state: 'detached' });
    expect(sent).toEqual([]);

    await hand('paste', '[data-composer]');
    await held.waitFor();
    await fieldOf(page).fill('look');
    await fieldOf(page).press('Enter');
    await page.getByRole('alert').getByText('That is too large.').waitFor();
    await held.waitFor({ state: 'detached' });
    expect(sent).toEqual(['image.png look']);
    expect(await fieldOf(page).inputValue()).toBe('');
  });
});
