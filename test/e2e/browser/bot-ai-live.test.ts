import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { openBrowser } from '../../support/browser.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

/** With a real engine, and a provider on loopback that speaks the language of a compatible server. */
describe.skipIf(lacks('browser'))('the AI tab on a running engine', { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function anEngine() {
    const engine = await startEngineProcess(testFolder());
    await engine.cli(['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'], 'pw\n');
    await engine.call('POST', '/api/v1/bots', { body: { name: 'Weather', account: 'you@localhost' } });
    const { body } = await engine.call<{ result: { id: number }[] }>('GET', '/api/v1/bots');
    const id = body.result[0]?.id ?? 0;
    const panel = await openPanel(browser, engine);
    const stub = await startAiStub({ provider: 'compatible', key: 'sk-right', models: ['small', 'large'] });
    return { engine, id, stub, ...panel };
  }

  it('sets up, tries and saves; the key is seen nowhere again', async () => {
    const { engine, id, stub, page, goTo, complaints } = await anEngine();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const tried = page.getByRole('region', { name: 'Try it' });
    await goTo(`/bots/${id}/ai`, 'Weather');
    await page.getByRole('radio', { name: 'Compatible' }).click();
    await page.getByLabel('Base URL').fill(stub.baseUrl);
    await page.getByLabel('API key (optional)').fill('sk-wrong');
    await page.getByRole('combobox', { name: 'Model' }).fill('small');

    // The wrong key: the test says so, and nothing is saved.
    await button('Ask').click();
    await tried.getByText('The AI does not accept the key.').waitFor();
    await page.getByLabel('API key (optional)').fill('sk-right');
    await button('Read the list').click();
    await page.getByText(/2 models, read from your server/).waitFor();

    // What is written shows before the answer is complete.
    const { promise, resolve } = Promise.withResolvers<void>();
    stub.behaviour.instead = (asked, _request, response) => {
      if (!asked.isQuestion || !asked.isStreamed) return false;
      const piece = (delta: object, finish: string | null) =>
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'small', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(piece({ role: 'assistant', content: 'Rain at ' }, null));
      void promise.then(() => {
        response.write(piece({ content: 'four.' }, null));
        response.end(`${piece({}, 'stop')}data: [DONE]\n\n`);
      });
      return true;
    };
    await page.getByLabel('Question', { exact: true }).fill('Rain?');
    await tried.getByRole('button').first().click();
    await tried.getByText('Rain at', { exact: true }).waitFor();
    resolve();
    await tried.getByText('Rain at four.').waitFor();
    await tried.getByText(/not saved yet/).waitFor();
    stub.behaviour.instead = undefined;

    await button('Save and switch on').click();
    await page.getByText('Weather answers with AI from now on').waitFor();
    const { body } = await engine.call<{ result: { provider: string; model: string; enabled: boolean } }>(
      'GET',
      `/api/v1/bots/${id}/ai`,
    );
    expect(body.result).toMatchObject({ provider: 'compatible', model: 'small', enabled: true });
    expect(await page.getByLabel('API key (optional)').inputValue()).not.toContain('right');
    expect(JSON.stringify(body)).not.toContain('sk-right');
    await page.getByRole('row', { name: /Test .*small.*Key refused/ }).waitFor();
    await page.getByRole('row', { name: /Test .*small.*Answered/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says of a set-up that is saved that the provider refuses its key, until another is given', async () => {
    const { engine, id, stub, page, goTo } = await anEngine();
    await engine.call('PATCH', `/api/v1/bots/${id}/ai`, {
      body: { provider: 'compatible', model: 'small', base_url: stub.baseUrl, key: 'sk-right' },
    });
    const saved = page.getByText('Saved', { exact: true });
    const warning = page.getByRole('alert').getByText('The AI does not accept the key. Check it');
    const save = async (key: string) => {
      await page.getByLabel('API key (optional)').fill(key);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await saved.first().waitFor();
    };
    await goTo(`/bots/${id}/ai`, 'Weather');
    await page.getByRole('button', { name: 'Replace the API key' }).click();

    await save('sk-wrong');

    await warning.waitFor();
    await page.getByRole('button', { name: 'Replace the API key' }).click();
    await save('sk-right');
    await warning.waitFor({ state: 'hidden' });
  });

  it('names the field of a limit that is reached', async () => {
    const { engine, id, stub, page, goTo } = await anEngine();
    await engine.call('PATCH', `/api/v1/bots/${id}/ai`, {
      body: { provider: 'compatible', model: 'small', base_url: stub.baseUrl, key: 'sk-right' },
    });
    await engine.call('PUT', `/api/v1/bots/${id}/settings/ai_month_tokens`, { body: { value: '1' } });
    await goTo(`/bots/${id}/ai`, 'Weather');
    const tried = page.getByRole('region', { name: 'Try it' });
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await tried.getByText(/^Answered in/).waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();

    await tried.getByText(/or with a higher limit: "Tokens a month"$/).waitFor();
    expect(await page.getByLabel('Tokens a month').inputValue()).toBe('1');
  });

  it('ends the question at the provider when it is stopped, or its place is left', async () => {
    const { engine, id, stub, page, goTo } = await anEngine();
    await engine.call('PATCH', `/api/v1/bots/${id}/ai`, {
      body: { provider: 'compatible', model: 'small', base_url: stub.baseUrl, key: 'sk-right' },
    });
    let gone = 0;
    stub.behaviour.instead = (asked, _request, response) => {
      response.on('close', () => {
        gone += 1;
      });
      return asked.isQuestion;
    };
    await goTo(`/bots/${id}/ai`, 'Weather');
    const tried = page.getByRole('region', { name: 'Try it' });
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await until('the question', () => stub.questions().length === 1);
    const before = gone;

    await tried.getByRole('button', { name: 'Stop' }).click();

    await tried.getByText('Stopped').waitFor();
    await until('the provider to be left', () => gone > before);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await until('the second question', () => stub.questions().length === 2);
    const later = gone;
    await page.getByRole('tab', { name: 'Audit' }).click();
    await until('the provider to be left again', () => gone > later);
  });

  it('shows what is being answered, for whomever, and ends it', async () => {
    const { engine, id, stub, page, goTo } = await anEngine();
    await engine.call('PATCH', `/api/v1/bots/${id}/ai`, {
      body: { provider: 'compatible', model: 'small', base_url: stub.baseUrl, key: 'sk-right' },
    });
    const { body } = await engine.call<{ token: string }>('POST', '/bot/token', { body: { id } });
    stub.behaviour.instead = ({ isQuestion }) => isQuestion;
    await goTo(`/bots/${id}/ai`, 'Weather');
    const tidy = page.getByRole('region', { name: 'Clear and remove' });
    const stop = tidy.getByRole('button', { name: 'Stop', exact: true });
    await tidy.getByText('Nothing is being answered now.').waitFor();
    expect(await stop.isDisabled()).toBe(true);

    const asking = engine.call('POST', '/bot/ai/ask', { token: body.token, body: { message: 'Rain?' } });
    await tidy.getByText('1 question is being answered or waits.').waitFor();
    await stop.click();

    expect(await asking).toMatchObject({ status: 503, body: { error: 'ai_stopped' } });
    await tidy.getByText('Nothing is being answered now.').waitFor();
    await until('nothing to stop', () => stop.isDisabled());
  });

  it('follows what is changed in another place meanwhile, except where something is typed', async () => {
    const { engine, id, stub, page, goTo } = await anEngine();
    const change = (body: object) => engine.call('PATCH', `/api/v1/bots/${id}/ai`, { body });
    await change({ provider: 'compatible', model: 'small', base_url: stub.baseUrl, key: 'sk-right' });
    await goTo(`/bots/${id}/ai`, 'Weather');
    await page.getByLabel('System prompt').fill('Typed here.');

    await change({ model: 'large', system: 'Set there.' });

    const model = page.getByRole('combobox', { name: 'Model' });
    await until('the other model', async () => (await model.inputValue()) === 'large');
    expect(await page.getByLabel('System prompt').inputValue()).toBe('Typed here.');
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await page.getByLabel('System prompt').inputValue()).toBe('Set there.');
  });
});
