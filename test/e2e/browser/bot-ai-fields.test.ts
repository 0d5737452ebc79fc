import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts';
import { GROQ, madeUpAi } from '../../support/made-up-ai.ts';
import { openPanel } from '../../support/panel.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';

/** What the fields of the AI tab say before anything is refused. */
describe.skipIf(lacks('browser'))('the fields of the AI tab', { timeout: 90_000 }, () => {
  let browser: Browser;
  let engine: EngineProcess;
  let id: number;
  beforeAll(async () => {
    browser = await openBrowser();
    engine = await startEngineProcess(testFolder(afterAll));
    await engine.cli(['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'], 'pw\n');
    await engine.call('POST', '/api/v1/bots', { body: { name: 'Weather', account: 'you@localhost' } });
    const { body } = await engine.call<{ result: { id: number }[] }>('GET', '/api/v1/bots');
    id = body.result[0]?.id ?? 0;
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.kill();
  });

  async function openTab(first: Parameters<typeof madeUpAi>[1]) {
    const panel = await openPanel(browser, engine);
    const ai = await madeUpAi(panel.page, first);
    const open = async () => {
      await panel.goTo(`/bots/${id}/ai`, 'Weather');
      await panel.page.getByRole('radiogroup', { name: 'Provider' }).waitFor();
    };
    return { ...panel, ...ai, open };
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const ELSEWHERE = 'https://two.example/v1';

  it('ask for the key again as soon as the address is another', async () => {
    const { page, open, bodies } = await openTab(GROQ);
    await open();
    await page.getByLabel('Base URL').fill(ELSEWHERE);
    await page.getByText(/The saved key belongs to https:\/\/api\.groq\.com/).waitFor();
    await page.getByText('Give the key for the new address.', { exact: true }).waitFor();
    expect(await button(page, 'Save changes').isDisabled()).toBe(true);
    await page.getByLabel('API key', { exact: true }).fill('gsk_new');
    await button(page, 'Save changes').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(bodies('PATCH ')).toEqual([{ base_url: ELSEWHERE, key: 'gsk_new' }]);
  });

  it('say the same of headers, which may be all that is saved', async () => {
    const { page, open, bodies, asked } = await openTab({
      ...GROQ,
      provider: 'compatible',
      base_url: 'https://one.example/v1',
      has_own_base_url: true,
      key: null,
      kept: [],
      header_names: ['X-Gateway-Key'],
    });
    await open();
    await page.getByLabel('Base URL').fill(ELSEWHERE);
    await page
      .getByText('They belong to https://one.example and do not go to https://two.example.')
      .waitFor();
    await page.getByText('Replace the headers for the new address, or remove them.').waitFor();
    expect(await button(page, 'Save changes').isDisabled()).toBe(true);
    expect(await button(page, 'Read the list').count()).toBe(0);
    await button(page, 'Remove all').click();
    await button(page, 'Save changes').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(bodies('PATCH ')).toEqual([{ base_url: ELSEWHERE, headers: {} }]);
    expect(asked.filter(({ what, body }) => what === 'POST /models' && body.base_url === ELSEWHERE)).toEqual(
      [],
    );
  });

  it('are reached with few keys: the providers are one stop, with arrows among them', async () => {
    const { page, open } = await openTab(GROQ);
    await open();
    const focused = (name: string) =>
      page.getByRole('radio', { name, exact: true }).and(page.locator(':focus'));
    await page.getByRole('switch', { name: 'AI of Weather answers' }).focus();
    await page.keyboard.press('Tab');
    await focused('Groq').waitFor();
    await page.keyboard.press('ArrowRight');
    await focused('Mistral').waitFor();
    await page.getByText('Mistral asks for a key.').waitFor();
    await page.keyboard.press('Tab');
    await page.getByLabel('API key', { exact: true }).and(page.locator(':focus')).waitFor();
  });

  it('offer names to begin with where a provider tells of no models', async () => {
    const { page, open, state } = await openTab({
      ...GROQ,
      provider: 'perplexity',
      model: 'sonar',
      base_url: 'https://api.perplexity.ai',
    });
    state.models.ids = [];
    await open();
    await page.getByText('Perplexity does not tell which models it has.').waitFor();
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'sonar-pro' }).click();
    await page.getByText('1 unsaved change: model').waitFor();
  });
});
