import { describe, expect, it } from 'vitest';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { engineWithBot, failure } from '../../support/test-engine.ts';

const KEY = 'gsk_abc123mykey-0123456789';

/** A bot with a provider at hand, and its program. */
async function start() {
  const engine = await engineWithBot();
  const groq = await startAiStub({ provider: 'groq', key: KEY, models: ['llama-a', 'llama-b'] });
  const { token, id } = engine;
  const program = (method: 'GET' | 'POST', path: string, body?: unknown) =>
    engine.call(method, `/bot/ai/${path}`, { token, body });
  const setup = (body: object = {}) =>
    program('POST', 'setup', {
      provider: 'groq',
      api_key: KEY,
      model: 'llama-a',
      endpoint: groq.baseUrl,
      ...body,
    });
  const window = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path = '', body?: unknown) =>
    engine.call(method, `/api/v1/bots/${id}/ai${path}`, { body });
  return { ...engine, groq, program, setup, window };
}

describe('/bot/ai', () => {
  it('answers in the shapes of the guide', async () => {
    const { program, setup, groq } = await start();
    expect((await program('GET', 'status')).body).toMatchObject({
      enabled: false,
      configured: false,
      type: null,
      model: null,
      endpoint: null,
    });
    expect(await setup()).toMatchObject({
      status: 200,
      body: { configured: true, provider: 'groq', model: 'llama-a', ok: true },
    });
    expect((await program('GET', 'status')).body).toMatchObject({
      enabled: true,
      configured: true,
      type: 'groq',
      model: 'llama-a',
      endpoint: `${groq.baseUrl}/chat/completions`,
      system: 'You are a helpful assistant.',
      key: 'gsk…6789',
    });
    expect((await program('POST', 'enable', { enabled: false })).body).toMatchObject({ enabled: false });
    expect((await program('GET', 'status')).body).toMatchObject({ enabled: false, configured: true });
    await program('POST', 'enable', { enabled: true });
    groq.always({ text: 'The capital of France is Paris.', tokens: { input: 7, output: 8 } });
    const { body } = await program('POST', 'ask', { message: 'What is the capital of France?' });
    const answer = {
      response: 'The capital of France is Paris.',
      reasoning: null,
      sources: [],
      model: expect.stringContaining('llama-a'),
      tokens: { input: 7, output: 8 },
      is_cut: false,
      run_id: null,
    };
    expect(body).toEqual({ ...answer, ok: true, result: answer });
    expect((await program('GET', 'usage?days=1')).body).toMatchObject({
      today: { calls: 1, answers: 1, tokens: { input: 7, output: 8 } },
      calls: [{ source: 'api', outcome: 'answered', provider: 'groq' }],
    });
  });

  it('goes on with the conversation of who asks, and takes the question under both names', async () => {
    const { program, setup, groq } = await start();
    await setup({ system: 'Be brief.' });
    groq.always(({ question }) => ({ text: `${question}!` }));
    await program('POST', 'ask?from=ann', { text: 'one' });
    await program('POST', 'ask?from=bob', { message: 'two' });
    await program('POST', 'ask?from=ann', { message: 'three' });
    await program('POST', 'ask', { message: 'four' });
    expect(groq.questions().map(({ turns }) => turns)).toEqual([
      ['user: one'],
      ['user: two'],
      ['user: one', 'assistant: one!', 'user: three'],
      ['user: four'],
    ]);
    expect(groq.questions().map(({ system }) => system)).toEqual(Array(4).fill('Be brief.'));
  });

  it.each([
    ['an unknown provider', { provider: 'grok' }, '`provider` must be one of openai, '],
    ['a missing provider', { provider: undefined }, '`provider` is missing'],
    ['a missing model', { model: undefined }, '`model` is missing'],
    ['a model that no chat could name', { model: 'llama\u0007' }, '`model` must not have control characters'],
    ['a missing key', { api_key: '-' }, 'Groq needs a key. Get one here: https://console.groq.com/keys'],
    ['an unknown model', { model: 'llama-c' }, 'llama-c'],
    ['a private address', { endpoint: 'http://192.168.1.20/v1' }, 'The AI may not be asked at'],
  ])('refuses %s, and changes nothing', async (_what, wrong, words) => {
    const { program, setup } = await start();
    const { body: before } = await program('GET', 'status');
    const refused = await setup(wrong);
    expect(refused).toMatchObject(failure(400, 'bad_request'));
    expect(refused.body.description).toContain(words);
    expect((await program('GET', 'status')).body).toEqual(before);
  });

  it('refuses a question without words, and one to an AI that is not there or off', async () => {
    const { program, setup } = await start();
    expect(await program('POST', 'ask', {})).toMatchObject(failure(400, 'bad_request'));
    expect(await program('POST', 'ask', { message: ' ' })).toMatchObject(failure(400, 'bad_request'));
    expect(await program('POST', 'ask', { message: 'hello' })).toMatchObject(failure(400, 'not_configured'));
    expect(await program('POST', 'enable', { enabled: true })).toMatchObject(failure(400, 'not_configured'));
    await setup();
    await program('POST', 'enable', { enabled: false });
    expect(await program('POST', 'ask', { message: 'hello' })).toMatchObject(failure(400, 'not_enabled'));
  });

  it('says what kind of trouble the provider has, in words of ours', async () => {
    const { program, setup, groq } = await start();
    await setup();
    groq.always({ status: 401, text: 'words of theirs' });
    const refused = await program('POST', 'ask', { message: 'hello' });
    expect(refused).toMatchObject(failure(502, 'ai_key_refused'));
    expect(JSON.stringify(refused.body)).not.toContain('words of theirs');
    groq.always({ text: '' });
    expect(await program('POST', 'ask', { message: 'hello' })).toMatchObject(failure(502, 'ai_empty'));
  });

  it('keeps to the limits of the bot', async () => {
    const { program, setup, call, id } = await start();
    await setup();
    await call('PUT', `/api/v1/bots/${id}/settings/ai_per_minute`, { body: { value: '1' } });
    expect((await program('POST', 'ask', { message: 'one' })).status).toBe(200);
    const refused = await program('POST', 'ask', { message: 'two' });
    expect(refused).toMatchObject(failure(429, 'rate_limited'));
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('says with the set-up that the provider refuses the key, or serves nobody here', async () => {
    const { setup, groq, window } = await start();
    groq.behaviour.listStatus = 403;
    expect((await setup()).body).toMatchObject({
      is_key_refused: null,
      warning: expect.stringContaining('does not serve the country, region or network'),
    });
    groq.behaviour.listStatus = 200;
    expect((await setup()).body).toMatchObject({ is_key_refused: false, warning: null });
    const wrong = await setup({ api_key: 'gsk_wrong_key_0123456789' });
    const words = 'The AI does not accept the key. Check it, or give a new one.';
    expect(wrong.body).toMatchObject({ configured: true, is_key_refused: true, warning: words });
    const { body } = await window('PATCH', '', { key: 'gsk_wrong_key_0123456780' });
    expect(body.result).toMatchObject({ is_key_refused: true, warning: words });
  });

  it('says with the set-up, which is stored, that the provider could not be reached', async () => {
    const { setup, groq, window } = await start();
    groq.close();
    const warning = expect.stringMatching(
      /^The provider \(Groq\) could not be reached just now: nothing listens there .*\. Try again later\.$/,
    );
    expect(await setup()).toMatchObject({
      status: 200,
      body: { configured: true, is_key_refused: null, warning },
    });
    const { body } = await window('PATCH', '', { model: 'another' });
    expect(body.result).toMatchObject({ model: 'another', is_key_refused: null, warning });
  });

  it.each([
    [429, 'The AI provider wants a break. Ask again in 30 s.'],
    [503, 'The AI is overloaded at the moment. Ask again in a while.'],
  ])('says with the set-up, which is stored, that the provider is busy (%i)', async (status, warning) => {
    const { setup, groq, window } = await start();
    groq.behaviour.instead = (_asked, _request, response) => {
      response.writeHead(status, { 'retry-after': '30' }).end();
      return true;
    };
    expect(await setup()).toMatchObject({
      status: 200,
      body: { configured: true, is_key_refused: null, warning },
    });
    const { body } = await window('PATCH', '', { model: 'another' });
    expect(body.result).toMatchObject({ model: 'another', is_key_refused: null, warning });
  });

  it('names the limit that was reached as it is set over HTTP', async () => {
    const { program, setup, call, id } = await start();
    await setup();
    await call('PUT', `/api/v1/bots/${id}/settings/ai_per_day`, { body: { value: '1' } });
    await program('POST', 'ask', { message: 'one' });
    const refused = await program('POST', 'ask', { message: 'two' });
    expect(refused).toMatchObject(failure(429, 'limit_reached'));
    expect(refused.body.description).toMatch(/higher limit: ai_per_day$/);
  });

  it('takes what is said, whichever field is empty, and whoever asks', async () => {
    const { program, setup, groq, window } = await start();
    await setup();
    expect((await program('POST', 'ask', { message: ' ', text: 'one' })).status).toBe(200);
    expect((await program('POST', 'ask?from=', { message: 'two' })).status).toBe(200);
    expect(
      groq
        .questions()
        .at(-1)
        ?.turns.map((turn) => turn.split(':')[0]),
    ).toEqual(['user', 'assistant', 'user']);
    expect((await window('GET')).body.result).toMatchObject({ people: 1 });
  });

  it('has no chat command in what it says', async () => {
    const { program, setup } = await start();
    const said = [await program('POST', 'ask', { message: 'hello' })];
    await setup();
    await program('POST', 'enable', { enabled: false });
    said.push(await program('POST', 'ask', { message: 'hello' }));
    expect(said.map(({ body }) => body.description)).toEqual([
      'The AI of this bot is not set up. Choose a provider and a model first.',
      'The AI of this bot is switched off. Switch it on first.',
    ]);
  });

  it('is only for tokens that may ask', async () => {
    const { call, id } = await start();
    const { body } = await call('POST', '/bot/token', { body: { id, scopes: ['send', 'read', 'bridge'] } });
    const refused = await call('GET', '/bot/ai/status', { token: String(body.token) });
    expect(refused.status).toBe(403);
    expect(refused.body.description).toContain('ai');
  });
});

describe('/api/v1/bots/{id}/ai', () => {
  it('shows and changes it, and forgets it', async () => {
    const { window, groq } = await start();
    expect((await window('GET')).body.result).toMatchObject({ configured: false, provider: null, key: null });
    const change = { provider: 'groq', model: 'llama-a', key: KEY, base_url: groq.baseUrl };
    const changed = await window('PATCH', '', change);
    expect(changed.body.result).toMatchObject({ enabled: true, provider: 'groq', model: 'llama-a' });
    expect(JSON.stringify(changed.body)).not.toContain(KEY);
    expect((await window('PATCH', '', { model: 'llama-c' })).status).toBe(400);
    expect((await window('PATCH', '', { model: 'llama-c', force: true })).body.result).toMatchObject({
      model: 'llama-c',
    });
    const { body } = await window('POST', '/models', {});
    expect(body.result).toMatchObject({ models: [{ id: 'llama-a' }, { id: 'llama-b' }] });
    expect((await window('DELETE')).body.result).toBe(true);
    expect((await window('GET')).body.result).toMatchObject({ configured: false, kept: [] });
  });

  it('tries values that are not saved, piece by piece', async () => {
    const stage = await start();
    const { window, groq } = stage;
    groq.always({ pieces: ['Hel', 'lo.'], text: 'Hello.' });
    const draft = { provider: 'groq', model: 'llama-a', key: KEY, base_url: groq.baseUrl };
    const answer = await testedBy(stage, { ...draft, question: 'Say hello.' });
    expect(
      answer
        .filter(({ name }) => name === 'text')
        .map(({ data }) => data.piece)
        .join(''),
    ).toBe('Hello.');
    expect(answer.at(-1)).toMatchObject({ name: 'done', data: { text: 'Hello.', is_cut: false } });
    const refused = await testedBy(stage, { ...draft, key: 'nonsense', question: 'Say hello.' });
    expect(refused).toMatchObject([
      { name: 'failed', data: { ok: false, error: 'ai_key_refused', error_code: '502' } },
    ]);
    expect((await window('GET')).body.result).toMatchObject({ configured: false });
    expect((await window('GET', '/usage')).body.result).toMatchObject({
      calls: [
        { source: 'test', outcome: 'key' },
        { source: 'test', outcome: 'answered' },
      ],
    });
  });

  it('forgets conversations, and ends questions', async () => {
    const { window, program, setup, groq } = await start();
    await setup();
    for (const from of ['ann', 'bob']) await program('POST', `ask?from=${from}`, { message: 'hello' });
    expect((await window('GET')).body.result).toMatchObject({ people: 2 });
    expect((await window('POST', '/clear', { person: 'ann' })).body.result).toEqual({ cleared: 1 });
    expect((await window('POST', '/clear', {})).body.result).toEqual({ cleared: 1 });
    expect((await window('POST', '/stop')).body.result).toEqual({ stopped: 0 });
    const never = Promise.withResolvers<void>();
    groq.next({ after: never.promise });
    const asking = program('POST', 'ask?from=ann', { message: 'something hard' });
    await groq.question(3);
    expect((await window('POST', '/stop')).body.result).toEqual({ stopped: 1 });
    expect(await asking).toMatchObject(failure(503, 'ai_stopped'));
    never.resolve();
  });
});

/** The events of a test. */
async function testedBy({ app, id }: Awaited<ReturnType<typeof start>>, payload: object) {
  const { body } = await app.inject({ method: 'POST', url: `/api/v1/bots/${id}/ai/test`, payload });
  return body
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => ({
      name: /^event: (.*)$/m.exec(block)?.[1],
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as Record<string, unknown>,
    }));
}
