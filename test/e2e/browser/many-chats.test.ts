import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { fillChats, type ToldChat } from '../../support/chat-history.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { lacks } from '../../support/servers/ready.ts';
import { signedIn } from '../../support/signed-in.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const timeout = 120_000;
const ACCOUNT = 'you@localhost';
const CHATS = 300;
const MESSAGES = 400;
/** Of the long conversation, as `fillChats` numbers what is told. */
const [OLDEST, NEWEST] = [`told-${CHATS}`, `told-${CHATS + MESSAGES - 1}`];
/** What there is room for at 1280x800, with some above and below. */
const AT_ONCE = 40;

function* many(): Iterable<ToldChat> {
  for (let number = CHATS - 1; number >= 0; number -= 1)
    yield {
      jid: `friend-${number}@localhost`,
      name: `Friend ${number}`,
      messages: Array.from({ length: number === 0 ? MESSAGES : 1 }, (_, index) => ({
        text: `${index} ${index % 4 === 0 ? 'and more, '.repeat(index % 40) : ''}said`,
        isOutgoing: index % 3 === 0,
      })),
    };
}

/** Notes in the page which rows come, from the beginning on. As text: it runs in the page. */
const NOTE_ROWS = `
  window.came = { list: [], log: [] };
  window.touched = 0;
  new MutationObserver((records) => {
    for (const { addedNodes, target } of records) {
      for (const node of addedNodes)
        for (const row of node.querySelectorAll ? [node, ...node.querySelectorAll('[data-index]')] : [])
          if (row.matches('[data-index]'))
            window.came[row.closest('[role="log"]') ? 'log' : 'list'].push(Number(row.dataset.index));
      if (target.closest?.('[data-index]')) window.touched += 1;
    }
  }).observe(document, { childList: true, subtree: true });
`;

/** Everything waits for the announcements, however long a busy machine needs to open them (`listening.ts`). As text, too. */
const PATIENT = `
  const timeout = window.setTimeout;
  window.setTimeout = (task, ms, ...rest) => timeout(task, ms === 2000 ? 60000 : ms, ...rest);
`;

describe.skipIf(lacks('browser'))('many conversations in a browser', { timeout }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function open({ locale = 'en' } = {}) {
    const folder = testFolder(onTestFinished);
    await fillChats(folder, ACCOUNT, many());
    const engine = await startEngineProcess(folder);
    onTestFinished(engine.kill);
    // Nobody answers there: what is told of each attempt would be asked for again.
    const off = await engine.call('PATCH', `/api/v1/accounts/${encodeURIComponent(ACCOUNT)}`, {
      body: { enabled: false },
    });
    expect(off.status).toBe(200);
    const { stdout } = await engine.cli(['panel']);
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const asked: string[] = [];
    await page.addInitScript(NOTE_ROWS);
    await page.addInitScript(PATIENT);
    await page.goto(stdout.trim());
    await signedIn(page);
    const { origin } = new URL(page.url());
    // What is counted is how the window opens from then on, and nothing that the page before asks for.
    await page.goto('about:blank');
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    const chat = `/app/chats/${encodeURIComponent(ACCOUNT)}/${encodeURIComponent('friend-0@localhost')}`;
    await page.goto(new URL(chat, origin).href);
    await page.locator(`[data-message="${NEWEST}"]`).waitFor();
    await page.locator('[data-chat]').first().waitFor();
    return { page, asked };
  }
  const came = (page: Page) => page.evaluate<{ list: number[]; log: number[] }>('window.came');

  it.each(['en', 'de'])('ask for everything once, and for one program file (%s)', async (locale) => {
    const { page, asked } = await open({ locale });

    await until('the page to be shown in the language', () =>
      page.evaluate<boolean>(`document.documentElement.lang === '${locale}'`),
    );
    const calls = asked.filter((path) => path.startsWith('/api/'));
    const first = asked.slice(0, asked.indexOf(calls[0] ?? ''));

    expect(calls.filter((path, index) => calls.indexOf(path) !== index)).toEqual([]);
    expect(calls).toContain('/api/v1/chats');
    expect(first.filter((path) => path.startsWith('/assets/') && path.endsWith('.js'))).toHaveLength(1);
    expect(first.filter((path) => path.endsWith('.css'))).toHaveLength(1);
  });

  it('draw what is in sight, and first of all that', async () => {
    const { page } = await open();
    const { list, log } = await came(page);

    expect(new Set(list).size).toBe(list.length);
    expect(list.length).toBeLessThan(AT_ONCE);
    // It begins at its end: nothing is drawn that would be far above.
    expect(new Set(log).size).toBe(log.length);
    expect(log.length).toBeLessThan(AT_ONCE);
  });

  it.each([
    ['beside', 720],
    ['above', 400],
  ])('are marks %s the open one where there is little room, and a new one begins there', async (_, width) => {
    const { page } = await open();
    await page.setViewportSize({ width, height: 800 });
    const strip = page.locator('[data-scrolls-sideways]');
    await strip.getByRole('link').first().waitFor();
    expect(await strip.getByRole('link').count()).toBeLessThan(AT_ONCE);

    const first = await strip.getByRole('link').first().getAttribute('aria-label');
    await page.evaluate("document.querySelector('[data-scrolls-sideways]').scrollBy(1e6, 1e6)");
    await until('the first one to be out of sight', async () => {
      return (await strip.getByRole('link').first().getAttribute('aria-label')) !== first;
    });
    const last = strip.getByRole('link').last();
    // Which one that is depends on how many were written in one second.
    const [name = ''] = (await last.getAttribute('aria-label'))?.split(',') ?? [];
    await last.click();
    await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('dialog').getByLabel('Address').waitFor();
  });

  it('leave the rows that stay as they are while one scrolls', async () => {
    const { page } = await open();
    await page.evaluate('window.touched = 0; window.came = { list: [], log: [] };');

    await page.evaluate(`(async () => {
      const list = document.querySelector('[data-list]');
      for (let frame = 0; frame < 60; frame += 1) {
        list.scrollBy(0, 60);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    })()`);

    await page.locator('[data-list] [data-index="60"]').waitFor();
    const { list, log } = await came(page);
    // Each row comes once, and nothing is put into those that are there.
    expect(new Set(list).size).toBe(list.length);
    expect(log).toEqual([]);
    expect(await page.evaluate('window.touched')).toBe(0);
    expect(await page.locator('[data-list] [data-index]').count()).toBeLessThan(AT_ONCE);
  });

  it('stay in place while older messages come above, until the first one', async () => {
    const { page } = await open();

    await page.evaluate(`(async () => {
      const log = document.querySelector('[role="log"]');
      for (let frame = 0; frame < 2000 && !document.querySelector('[role="log"] [data-message="${OLDEST}"]'); frame += 1) {
        log.scrollBy(0, -80);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    })()`);

    await page.getByText('0 said', { exact: true }).first().waitFor();
    const tops = await page.evaluate<[number, number][]>(
      `[...document.querySelectorAll('[role="log"] [data-index]')].map((row) => [row.offsetTop, row.offsetTop + row.offsetHeight])`,
    );
    expect(tops.length).toBeLessThan(AT_ONCE);
    // No row lies over another one, and none is far from the next.
    for (const [index, [, end]] of tops.entries()) {
      const next = tops[index + 1]?.[0];
      if (next !== undefined) expect(next).toBe(end);
    }
  });
});
