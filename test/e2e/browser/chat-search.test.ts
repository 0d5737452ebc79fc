import { describe, expect, it, onTestFinished } from 'vitest';
import { fillChats } from '../../support/chat-history.ts';
import { fieldOf, logOf } from '../../support/chat-page.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { panelTests } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';

const ME = 'you@localhost';
/** More than the engine looks through for one answer. */
const STRAWS = 20_500;

describe.skipIf(lacks('browser'))('searching a long conversation', { timeout: 180_000 }, () => {
  const { browser } = panelTests();

  it('goes on where an answer of the engine has ended, and shows what is found there', async () => {
    const folder = testFolder();
    const straws = Array.from({ length: STRAWS }, (_, number) => ({ text: `straw ${number}` }));
    await fillChats(folder, ME, [
      { jid: 'hay@localhost', messages: [{ text: 'the needle' }, { text: 'after it' }, ...straws] },
    ]);
    const engine = await startEngineProcess(folder);
    onTestFinished(engine.kill);
    const { page, go, complaints } = await openPanel(browser(), engine);
    const asked: URL[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/api/v1/chat-search') asked.push(url);
    });
    await go(`/chats/${encodeURIComponent(ME)}/hay%40localhost`);
    await logOf(page)
      .getByText(`straw ${STRAWS - 1}`)
      .waitFor();

    await fieldOf(page).press('Control+f');
    const search = page.getByRole('search');
    await search.getByRole('textbox').fill('needle');
    await search.getByText('0 of 1').waitFor();
    await search.getByRole('textbox').press('Enter');

    await search.getByText('1 of 1').waitFor();
    await logOf(page).getByText('the needle').waitFor();
    await logOf(page).getByText('after it').waitFor();
    expect(asked.map((url) => url.searchParams.has('before'))).toEqual([false, true]);
    expect(complaints).toEqual([]);
  });

  it('says that there is nothing only after all of it was looked at', async () => {
    const folder = testFolder();
    const straws = Array.from({ length: STRAWS }, (_, number) => ({ text: `straw ${number}` }));
    await fillChats(folder, ME, [{ jid: 'hay@localhost', messages: straws }]);
    const engine = await startEngineProcess(folder);
    onTestFinished(engine.kill);
    const { page, go } = await openPanel(browser(), engine);
    let answers = 0;
    const said: string[] = [];
    await page.route('**/api/v1/chat-search*', async (route) => {
      const response = await route.fetch();
      said.push(await page.getByRole('search').innerText());
      answers += 1;
      await route.fulfill({ response });
    });
    await go(`/chats/${encodeURIComponent(ME)}/hay%40localhost`);
    await logOf(page)
      .getByText(`straw ${STRAWS - 1}`)
      .waitFor();

    await fieldOf(page).press('Control+f');
    await page.getByRole('search').getByRole('textbox').fill('needle');

    await page
      .getByRole('search')
      .getByText(/nothing/i)
      .waitFor();
    expect(answers).toBe(2);
    expect(said.join()).not.toMatch(/nothing/i);
  });
});
