import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AiUse } from '../../../src-shared/api/ai.ts';
import { openBrowser } from '../../support/browser.ts';
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts';
import { GROQ, madeUpAi } from '../../support/made-up-ai.ts';
import { openPanel } from '../../support/panel.ts';
import { axeFaults } from '../../support/panel-faults.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const NOON = new Date();
NOON.setHours(12, 0, 0, 0);
const dayAgo = (days: number) => {
  const date = new Date(NOON.getTime() - days * 86_400_000);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((n) => String(n).padStart(2, '0'))
    .join('-');
};

/** What the tab says and asks for; what the engine makes of it is tested with providers on loopback. */
describe.skipIf(lacks('browser'))('the AI tab of a bot', { timeout: 90_000 }, () => {
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

  async function openTab(first: Parameters<typeof madeUpAi>[1] = {}) {
    const panel = await openPanel(browser, engine);
    const ai = await madeUpAi(panel.page, first);
    const open = async () => {
      await panel.goTo(`/bots/${id}/ai`, 'Weather');
      await panel.page.getByRole('radiogroup', { name: 'Provider' }).waitFor();
    };
    return { ...panel, ...ai, open };
  }
  const bar = (page: Page) => page.getByText(/unsaved change/);
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });
  const answer = (page: Page) => page.getByRole('region', { name: 'Try it' });

  it('leads from nothing to an AI that answers: provider, key, model, saved and on', async () => {
    const { page, open, bodies } = await openTab();
    await open();
    await page.getByText('Paste its key, pick a model').waitFor();
    expect(await page.getByRole('switch', { name: 'AI of Weather answers' }).isDisabled()).toBe(true);

    await page.getByRole('radio', { name: 'Groq' }).click();
    expect(await page.getByRole('link', { name: 'Get a key from Groq' }).getAttribute('target')).toBe(
      '_blank',
    );
    await page.getByText('Groq asks for a key.').waitFor();
    expect(await button(page, 'Save and switch on').isDisabled()).toBe(true);
    expect(bodies('POST /models')).toEqual([]);
    await page.getByLabel('API key', { exact: true }).fill('gsk_typed');
    await button(page, 'Read the list').click();
    await page.getByText('2 models, read from Groq 4 min ago').waitFor();
    expect(bodies('POST /models')).toEqual([{ provider: 'groq', base_url: '', key: 'gsk_typed' }]);
    await model(page).click();
    await page.getByRole('option', { name: 'llama-8b' }).click();
    await button(page, 'Save and switch on').click();

    await page.getByText('Weather answers with AI from now on').waitFor();
    expect(bodies('PATCH ')).toEqual([
      { provider: 'groq', model: 'llama-8b', base_url: '', key: 'gsk_typed' },
    ]);
    await bar(page).waitFor({ state: 'hidden' });
    expect(await page.getByRole('switch', { name: 'AI of Weather answers' }).isChecked()).toBe(true);
  });

  it('reads the models as it opens, and takes over what is kept of another provider', async () => {
    const { page, open, bodies } = await openTab(GROQ);
    await open();
    await page.getByText('2 models, read from Groq 4 min ago').waitFor();
    expect(bodies('POST /models')).toEqual([{ provider: 'groq' }]);

    await page.getByRole('radio', { name: 'Claude, set up before' }).click();
    await page.getByText(/models, read from Claude/).waitFor();
    expect(await model(page).inputValue()).toBe('llama-8b');
    expect(await page.getByLabel('API key', { exact: true }).inputValue()).toBe('sk-…9x');
    await page.getByText('2 unsaved changes: provider, model').waitFor();

    await page.getByRole('radio', { name: 'Groq' }).click();
    await bar(page).waitFor({ state: 'hidden' });
  });

  it('says in a line why there is no list, and takes any name for a model', async () => {
    const { page, open, state, bodies } = await openTab(GROQ);
    state.modelRefusal = { status: 502, error: 'ai_unreachable', description: 'Groq cannot be reached.' };
    await open();
    await page.getByText('Groq cannot be reached.').waitFor();

    await model(page).fill('their-next-model');
    await button(page, 'Save changes').click();

    await bar(page).waitFor({ state: 'hidden' });
    expect(bodies('PATCH ')).toEqual([{ model: 'their-next-model' }]);
  });

  it('saves a model that no list has only when one insists', async () => {
    const { page, open, state, bodies } = await openTab(GROQ);
    await open();
    await model(page).fill('llama-71b');
    await page.getByText('Groq does not list this one.').waitFor();
    state.refusal = { status: 400, error: 'bad_request', description: 'Groq has no model called llama-71b.' };
    await button(page, 'Save changes').click();
    await page.getByRole('alert').getByText('Groq has no model called llama-71b.').waitFor();
    expect(await model(page).inputValue()).toBe('llama-71b');

    await button(page, 'Save anyway').click();

    await bar(page).waitFor({ state: 'hidden' });
    expect(bodies('PATCH ').at(-1)).toEqual({ model: 'llama-71b', force: true });
  });

  it('sends a key nowhere but to the origin that it was given for', async () => {
    const { page, open, bodies } = await openTab(GROQ);
    await open();
    await page.getByText(/2 models/).waitFor();
    const asked = bodies('POST /models').length;

    await page.getByLabel('Base URL').fill('https://gateway.example.org/v1');

    await page
      .getByText(/belongs to https:\/\/api\.groq\.com and does not go to https:\/\/gateway\.example\.org/)
      .waitFor();
    expect(await page.getByLabel('API key', { exact: true }).inputValue()).toBe('');
    expect(bodies('POST /models')).toHaveLength(asked);
    await button(page, 'Use the usual one').first().click();
    expect(await page.getByLabel('API key', { exact: true }).inputValue()).toBe('gsk_…3mQz');
    expect(await page.getByLabel('Base URL').inputValue()).toBe('https://api.groq.com/openai/v1');
  });

  it('saves limits with the rest, and names what is out of range', async () => {
    const { page, open, bodies } = await openTab(GROQ);
    await open();
    await page.getByLabel('Answers a minute').fill('0');
    await page.getByText('From 1 to 600.').waitFor();
    expect(await button(page, 'Save changes').isDisabled()).toBe(true);
    await page.getByLabel('Answers a minute').fill('7');
    await page.getByRole('radio', { name: 'Left out' }).check();
    await page.getByLabel('System prompt').fill('Be brief.');
    await page.getByText('3 unsaved changes: system prompt, answers a minute, thoughts').waitFor();

    await button(page, 'Save changes').click();

    await bar(page).waitFor({ state: 'hidden' });
    expect(bodies('PATCH ')).toEqual([{ system: 'Be brief.' }]);
    const settings = await engine.call<{ result: { key: string; value: unknown }[] }>(
      'GET',
      `/api/v1/bots/${id}/settings`,
    );
    const value = (key: string) => settings.body.result.find((setting) => setting.key === key)?.value;
    expect([value('ai_per_minute'), value('reasoning')]).toEqual([7, 'drop']);
  });

  it('asks before what was typed is lost', async () => {
    const { page, open } = await openTab(GROQ);
    await open();
    await page.getByLabel('System prompt').fill('Unsaved.');
    // Narrow, the list is another one; what is typed beside it stays.
    await page.setViewportSize({ width: 720, height: 900 });
    await page.locator('#rail').waitFor();
    await page.getByText('1 unsaved change: system prompt').waitFor();
    await page.setViewportSize({ width: 1_280, height: 800 });

    await page.getByRole('tab', { name: 'Audit' }).click();

    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await button(page, 'Cancel').click();
    expect(await page.getByLabel('System prompt').inputValue()).toBe('Unsaved.');
    await button(page, 'Discard').click();
    expect(await page.getByLabel('System prompt').inputValue()).toBe('You are a bot.');
    await page.getByRole('tab', { name: 'Audit' }).click();
    await page.getByRole('tab', { name: 'Audit', selected: true }).waitFor();
  });

  it('tries what is not saved, with thoughts folded and sources that open outside', async () => {
    const { page, open, state, bodies, event } = await openTab(GROQ);
    const done = {
      text: 'Rain at four.',
      reasoning: 'They ask for rain.',
      sources: ['https://weather.example.org/'],
      ms: 412,
      tokens: { input: 200, output: 38 },
      request_id: 'r',
      is_cut: true,
    };
    state.test = event('text', { piece: 'Rain ' }) + event('done', done);
    await open();
    await page.getByLabel('System prompt').fill('Be brief.');
    await page.getByLabel('Question', { exact: true }).fill('Rain?');

    await button(page, 'Ask').click();

    await answer(page).getByText('Answered in 412 ms, not saved yet').waitFor();
    expect(bodies('POST /test')).toEqual([{ system: 'Be brief.', question: 'Rain?' }]);
    await answer(page).getByText('Rain at four.').waitFor();
    expect(await page.getByText('They ask for rain.').isVisible()).toBe(false);
    await page.getByText('Thoughts of the model', { exact: true }).first().click();
    await page.getByText('They ask for rain.').waitFor();
    await answer(page).getByText('200 tokens in, 38 out · It ends at the most tokens').waitFor();
    const source = answer(page).getByRole('link', { name: 'https://weather.example.org/' });
    expect(await source.getAttribute('rel')).toContain('noopener');

    // It says nothing about other values.
    await page.getByLabel('System prompt').fill('Be long.');
    await answer(page).getByText('Rain at four.').waitFor({ state: 'hidden' });
  });

  it('says in words why a test failed, and can be stopped', async () => {
    const { page, open, state, event } = await openTab(GROQ);
    state.test = event('failed', { ok: false, error: 'ai_key_refused', description: 'The key is refused.' });
    await open();
    await button(page, 'Ask').click();
    await answer(page).getByText('No answer').waitFor();
    await answer(page).getByText('The key is refused.').waitFor();

    const { promise, resolve } = Promise.withResolvers<void>();
    state.testAfter = promise;
    await button(page, 'Ask again').click();
    await answer(page).getByText('Waiting for the first word').waitFor();
    await answer(page).getByRole('button', { name: 'Stop' }).click();
    await answer(page).getByText('Stopped').waitFor();
    resolve();
    await button(page, 'Ask again').waitFor();
  });

  it('asks before an end that loses conversations, and takes any other back', async () => {
    const { page, open, state, bodies } = await openTab({ ...GROQ, people: 2 });
    await open();
    const toggle = page.getByRole('switch', { name: 'AI of Weather answers' });
    await toggle.locator('xpath=..').click();
    await page.getByText(/2 conversations it has end here/).waitFor();
    await button(page, 'Cancel').click();
    expect(bodies('PATCH ')).toEqual([]);

    state.ai = { ...state.ai, people: 0 };
    await page.reload();
    await toggle.locator('xpath=..').click();
    await page.getByText('The AI of Weather is off', { exact: true }).waitFor();
    await button(page, 'Undo').click();
    await until('on again', () => toggle.isChecked());
    // It shows what was wished before the engine is asked.
    await until('the engine to be asked', () => bodies('PATCH ').length === 2);
    expect(bodies('PATCH ')).toEqual([{ enabled: false }, { enabled: true }]);
  });

  it('forgets, stops and removes with as much of a question as is lost', async () => {
    const { page, open, asked } = await openTab({ ...GROQ, people: 2, waiting: 1 });
    await open();
    await page.getByText('1 question is being answered or waits.').waitFor();
    await page
      .getByRole('region', { name: 'Clear and remove' })
      .getByRole('button', { name: 'Stop' })
      .click();
    await page.getByText('1 question was stopped').waitFor();

    await button(page, 'Forget…').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
    await page.getByText('2 conversations are forgotten').waitFor();

    await button(page, 'Remove…').click();
    const remove = page.getByRole('dialog').getByRole('button', { name: 'Remove AI' });
    await page.getByRole('dialog').getByText('2 providers set up, with their keys').waitFor();
    expect(await remove.isDisabled()).toBe(true);
    await page.getByRole('dialog').getByLabel('Type Weather to confirm').fill('Weather');
    await remove.click();
    await page.getByText('Paste its key, pick a model').waitFor();
    expect(asked.map(({ what }) => what)).toContain('DELETE ');
  });

  it('never shows the value of a header again, and gives all of them anew', async () => {
    const { page, open, bodies } = await openTab({ ...GROQ, header_names: ['X-Team'] });
    await open();
    await page.getByText('X-Team').waitFor();
    await button(page, 'Replace…').click();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('X-Team');
    await page.getByLabel('Value', { exact: true }).fill('secret');
    expect(await page.getByLabel('Value', { exact: true }).getAttribute('type')).toBe('password');
    await button(page, 'Save changes').click();
    await bar(page).waitFor({ state: 'hidden' });
    expect(bodies('PATCH ')).toEqual([{ headers: { 'X-Team': 'secret' } }]);

    await button(page, 'Remove all').click();
    await button(page, 'Save changes').click();
    await page.getByText('They are removed when you save.').waitFor({ state: 'hidden' });
    expect(bodies('PATCH ').at(-1)).toEqual({ headers: {} });
  });

  it('shows thirty days as a chart and as a table, the month, and the newest questions in words', async () => {
    const { page, open, state, complaints } = await openTab(GROQ);
    const sum = { calls: 12, answers: 9, tokens: { input: 700, output: 300 } };
    const at = Math.floor(Date.now() / 1_000);
    const call: AiUse['calls'][number] = {
      at: at - 120,
      provider: 'groq',
      model: 'llama-70b',
      request_id: 'one',
      source: 'room',
      outcome: 'quota',
      tokens: { input: 12, output: 0 },
      is_estimate: true,
      ms: 1_234,
    };
    state.use = {
      today: sum,
      month: sum,
      limits: { per_minute: 10, per_day: 50, month_tokens: 1_000 },
      days: [
        { ...sum, day: dayAgo(3), failed: 3 },
        { ...sum, day: dayAgo(0), failed: 0 },
      ],
      calls: [call, { ...call, request_id: 'two', is_estimate: false, outcome: 'answered', source: 'chat' }],
    };
    await open();
    await page.getByText('Today 9 of 50 answers, 1,000 tokens.').waitFor();
    await page.getByText('1,000 of 1,000 tokens, 100%').waitFor();
    await page.getByText(/The limit of this month is reached/).waitFor();
    await page.getByRole('img', { name: '18 answers, 3 failed, 2,000 tokens in 30 days' }).waitFor();
    await page
      .getByRole('row', { name: /2 min ago Room Groq llama-70b ≈ 12 1.2 s Credit used up/ })
      .waitFor();
    await page.getByRole('row', { name: /2 min ago Chat Groq llama-70b 12 1.2 s Answered/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await button(page, 'Show as a table').click();
    await page.getByRole('row', { name: / 9 3 700 300$/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says that it answers nobody while its bot is off, and what its page shows then', async () => {
    const { page, open, go } = await openTab(GROQ);
    await engine.call('POST', '/bot/activate', { body: { id, active: false } });
    await open();
    await page.getByText('Weather is switched off, so its AI answers nobody.').waitFor();
    await button(page, 'Switch on').click();
    await page.getByText('Weather is switched off, so its AI answers nobody.').waitFor({ state: 'hidden' });

    await go(`/bots/${id}`);
    await page.getByText('AI answers today').waitFor();
  });
});
