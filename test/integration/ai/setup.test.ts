import { describe, expect, it } from 'vitest';
import { type ChatModel, ProviderError } from '../../../src-main/gateways/ai/provider.ts';
import type { ChangeBotAi } from '../../../src-shared/api/ai.ts';
import { describeInChat, describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import { reason } from '../../../src-shared/text/reasons.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

const HTTP = { actor: 'bot 1', from: '203.0.113.9' };

describe('setting up the AI of a bot', () => {
  it('remembers each provider, and keeps the prompt when another is chosen', async () => {
    const rig = await aiRig();
    const { ai } = rig.engine;
    await ai.change(rig.bot, { system: 'Be brief.' }, rig.caller);
    await ai.change(rig.bot, { provider: 'openai', key: 'sk-abcdefghijkl', model: 'gpt-4o' }, rig.caller);
    expect(await ai.shown(rig.bot)).toMatchObject({
      enabled: true,
      configured: true,
      provider: 'openai',
      model: 'gpt-4o',
      base_url: 'https://api.openai.com/v1',
      has_own_base_url: false,
      key: 'sk-…ijkl',
      system: 'Be brief.',
      is_usual_system: false,
      kept: [
        { provider: 'groq', model: 'llama', key: 'gsk…6789', base_url: 'https://api.groq.com/openai/v1' },
        { provider: 'openai', model: 'gpt-4o' },
      ],
    });
    // Its key and model are known still.
    await ai.change(rig.bot, { provider: 'groq' }, rig.caller);
    expect(await ai.shown(rig.bot)).toMatchObject({ provider: 'groq', model: 'llama', key: 'gsk…6789' });
    await ai.change(rig.bot, { system: '' }, rig.caller);
    expect(await ai.shown(rig.bot)).toMatchObject({
      system: 'You are a helpful assistant.',
      is_usual_system: true,
    });
  });

  it.each<[Partial<ChangeBotAi>, string, object?]>([
    [{ provider: 'chatty' as 'groq', model: 'x' }, 'ai.unknown-provider'],
    [
      { provider: 'openai', model: 'gpt-4o' },
      'ai.key-missing',
      { site: 'https://platform.openai.com/api-keys' },
    ],
    [{ provider: 'openai', key: '-', model: 'gpt-4o' }, 'ai.key-missing'],
    [{ provider: 'openai', key: 'two words', model: 'gpt-4o' }, 'ai.key-form'],
    [{ provider: 'openai', key: 'sk-1' }, 'ai.model-missing'],
    [{ provider: 'compatible', key: '-', model: 'x' }, 'ai.endpoint-missing'],
    [{ provider: 'compatible', base_url: 'http://10.0.0.7/v1', model: 'x' }, 'ai.endpoint-refused'],
    [{ provider: 'compatible', base_url: 'http://169.254.169.254/', model: 'x' }, 'ai.endpoint-refused'],
    [{ provider: 'compatible', base_url: 'https://a.example/v1?x=1', model: 'x' }, 'ai.endpoint-refused'],
    [{ provider: 'compatible', base_url: 'https://u:p@a.example/', model: 'x' }, 'ai.endpoint-refused'],
    [{ base_url: 'https://elsewhere.example/v1' }, 'ai.key-bound', { origin: 'https://api.groq.com' }],
    [{ headers: { 'x-a': 'one\r\ntwo' } }, 'ai.header'],
    [{ headers: { Host: 'x' } }, 'ai.header'],
    [{ model: 'lama' }, 'ai.model-unknown', { near: 'llama, llama-guard, mixtral' }],
    [{ enabled: true, system: '\u0000' }, 'text.not-xml'],
  ])('refuses %j and changes nothing', async (change, code, details = {}) => {
    const rig = await aiRig();
    const before = await rig.engine.ai.shown(rig.bot);
    rig.ai.state.models = ['llama', 'llama-guard', 'mixtral'];
    await expect(rig.engine.ai.change(rig.bot, change, rig.caller)).rejects.toMatchObject({
      code,
      details: expect.objectContaining(details),
    });
    expect(await rig.engine.ai.shown(rig.bot)).toEqual(before);
  });

  it('takes a model that a live list has, that is forced, or where no list can be read', async () => {
    const rig = await aiRig({ ai: scriptedAi() });
    const { ai } = rig.engine;
    rig.ai.state.models = ['llama3:latest'];
    await ai.change(rig.bot, { provider: 'ollama', key: '-', model: 'llama3' }, rig.caller);
    await ai.change(rig.bot, { model: 'own', force: true }, rig.caller);
    expect((await ai.shown(rig.bot)).model).toBe('own');
    rig.ai.state.models = undefined;
    await ai.change(rig.bot, { provider: 'mistral', key: 'k-1', model: 'whatever' }, rig.caller);
    expect((await ai.shown(rig.bot)).model).toBe('whatever');
    await ai.change(rig.bot, { provider: 'openclaw', key: 'claw', model: 'agent' }, rig.caller);
    expect(await ai.shown(rig.bot)).toMatchObject({
      provider: 'openclaw',
      base_url: 'http://localhost:18789',
    });
  });

  it.each<[Partial<ChangeBotAi>, (string | ChatModel)[]]>([
    // Anthropic lists dated names alone, and takes those without a date.
    [{ provider: 'claude', key: 'k', model: 'claude-sonnet-4-5' }, ['claude-sonnet-4-5-20250929']],
    [{ provider: 'claude', key: 'k', model: 'claude-3-5-haiku-latest' }, ['claude-3-5-haiku-20241022']],
    [{ provider: 'openai', key: 'k', model: 'gpt-4o' }, ['gpt-4o-2024-08-06']],
    [{ provider: 'gemini', key: 'k', model: 'models/gemini-2.5-pro' }, ['gemini-2.5-pro']],
    [{ provider: 'compatible', base_url: 'https://a.example/v1', model: 'a/b:online' }, ['a/b']],
    [{ provider: 'groq', key: 'k', model: 'llama-guard-4' }, ['x', { id: 'llama-guard-4', isOther: true }]],
    [{ provider: 'mistral', key: 'k', model: 'm1999' }, Array.from({ length: 2_000 }, (_, at) => `m${at}`)],
    [{ provider: 'mistral', key: 'k', model: 'x' }, Array.from({ length: 5_000 }, (_, at) => `m${at}`)],
  ])('takes %j as it is listed', async (change, models) => {
    const rig = await aiRig();
    rig.ai.state.models = models;
    await rig.engine.ai.change(rig.bot, change, rig.caller);
    expect((await rig.engine.ai.shown(rig.bot)).model).toBe(change.model);
  });

  it.each<[Partial<ChangeBotAi>, string[]]>([
    [{ provider: 'claude', key: 'k', model: 'claude-sonnet-4' }, ['claude-sonnet-4-5-20250929']],
    [{ provider: 'ollama', key: '-', model: 'llama3:8b' }, ['llama3:latest']],
  ])('does not take %j for what is listed', async (change, models) => {
    const rig = await aiRig();
    rig.ai.state.models = models;
    const changing = rig.engine.ai.change(rig.bot, change, rig.caller);
    await expect(changing).rejects.toMatchObject({ code: 'ai.model-unknown' });
  });

  it('says whether the provider takes the key, and keeps it in any case', async () => {
    const rig = await aiRig();
    const { ai } = rig.engine;
    const change = (key: string) => ai.change(rig.bot, { key }, rig.caller);
    rig.ai.state.noModels = new ProviderError('key', 'not accepted', { status: 401 });
    expect(await change('wrong-key-0123')).toMatchObject({
      isKeyRefused: true,
      warning: { code: 'ai.key-refused' },
      key: 'wro…0123',
    });
    rig.ai.state.noModels = new ProviderError('region', 'not served', { status: 403 });
    expect(await change('far-away-key')).toMatchObject({
      isKeyRefused: undefined,
      warning: { code: 'ai.region' },
    });
    rig.ai.state.noModels = new ProviderError('key', 'not for the list', { status: 403 });
    expect(await change('narrow-key')).toMatchObject({ isKeyRefused: undefined });
    rig.ai.state.models = ['something-else'];
    expect(await change('right-key')).toMatchObject({ isKeyRefused: false, model: 'llama' });
  });

  it.each([
    [
      'unreachable',
      'nothing listens there (connection refused)',
      'dort nimmt niemand etwas an (Verbindung abgelehnt)',
    ],
    ['timeout', 'no answer came in time', 'es kam nicht rechtzeitig eine Antwort'],
  ] as const)('keeps a provider that is not there (%s), and says so', async (kind, reason, grund) => {
    const rig = await aiRig();
    rig.ai.state.noModels = new ProviderError(kind, reason);

    const change = { provider: 'ollama', model: 'llama3' } as const;
    const { warning, ...stored } = await rig.engine.ai.change(rig.bot, change, rig.caller);

    expect(stored).toMatchObject({
      provider: 'ollama',
      model: 'llama3',
      enabled: true,
      isKeyRefused: undefined,
    });
    const said = (describe: typeof describeRefusal) =>
      (['en', 'de'] as const).map((language) => warning && describe(warning, language));
    expect(said(describeRefusal)).toEqual([
      `The provider (Ollama) could not be reached just now: ${reason}. Try again later.`,
      `Der Anbieter (Ollama) war gerade nicht zu erreichen: ${grund}. Versuch es später noch einmal.`,
    ]);
    expect(said(describeInChat)).toEqual([
      expect.stringMatching(/Try again later: \/ki test$/),
      expect.stringMatching(/noch einmal: \/ki test$/),
    ]);
  });

  it.each<[ProviderError, string, string]>([
    [
      new ProviderError('refused-address', reason('address.private', { address: '10.0.0.7' })),
      'The AI may not be asked at https://llm.example/v1/chat/completions: 10.0.0.7 is not a public address; add it to webhook_allow_private if you trust it.',
      'Unter https://llm.example/v1/chat/completions darf die KI nicht gefragt werden: 10.0.0.7 ist keine öffentliche Adresse; trag sie bei webhook_allow_private ein, wenn du ihr vertraust.',
    ],
    [
      new ProviderError('refused-address', reason('address.leads-on', {})),
      'The AI may not be asked at https://llm.example/v1/chat/completions: it leads on to another address, which is not followed: set the address it leads to.',
      'Unter https://llm.example/v1/chat/completions darf die KI nicht gefragt werden: sie führt zu einer anderen Adresse weiter, der nicht gefolgt wird: gib die an, zu der sie führt.',
    ],
    [
      new ProviderError('rate', 'too many', { status: 429, retryAfterMs: 90_000 }),
      'The AI provider wants a break. Ask again in 90 s.',
      'Der KI-Anbieter will eine Pause. Frag in 90 s noch einmal.',
    ],
    [
      new ProviderError('busy', 'overloaded', { status: 503, retryAfterMs: 90_000 }),
      'The AI is overloaded at the moment. Ask again in a while.',
      'Die KI ist gerade überlastet. Frag später noch einmal.',
    ],
    [
      new ProviderError('quota', 'used up', { status: 429 }),
      'The account at the AI provider is used up. Top it up there, or choose another provider.',
      'Das Guthaben beim KI-Anbieter ist aufgebraucht. Lade es dort auf, oder wähle einen anderen Anbieter.',
    ],
  ])('keeps a set-up that would get no answer now, and says why (%s)', async (failure, ...words) => {
    const rig = await aiRig();
    rig.ai.state.noModels = failure;

    const change = { provider: 'compatible', model: 'small', base_url: 'https://llm.example/v1' } as const;
    const { warning, ...stored } = await rig.engine.ai.change(rig.bot, change, rig.caller);

    expect(stored).toMatchObject({ provider: 'compatible', enabled: true, isKeyRefused: undefined });
    const said = (['en', 'de'] as const).map((language) => warning && describeRefusal(warning, language));
    expect(said).toEqual(words);
  });

  it('gives a key again to a new place only when it is given again', async () => {
    const rig = await aiRig();
    const { ai } = rig.engine;
    const change = { base_url: 'https://gateway.example/v1', key: 'gsk_new', headers: { 'X-Team': 'blue' } };
    await ai.change(rig.bot, change, HTTP);
    expect(await ai.shown(rig.bot)).toMatchObject({ has_own_base_url: true, header_names: ['X-Team'] });
    await rig.start();
    await until('the owner to be told', () =>
      rig.texts().some((text) => text.includes('goes to https://gateway.example from now on')),
    );
    await expect(ai.change(rig.bot, { base_url: '' }, rig.caller)).rejects.toMatchObject({
      code: 'ai.key-bound',
    });
    rig.write('hello');
    await rig.said('answer to hello');
    expect(rig.ai.opened.at(-1)).toMatchObject({ apiKey: 'gsk_new', headers: { 'X-Team': 'blue' } });
  });

  it('forgets everything but what it used', async () => {
    const rig = await aiRig();
    await rig.start();
    rig.write('hello');
    await rig.said('answer to hello');
    const { ai, store } = rig.engine;
    expect((await ai.shown(rig.bot)).people).toBe(1);
    await store.write((tx) => ai.forget(tx, rig.bot, rig.caller));
    expect(await ai.shown(rig.bot)).toMatchObject({
      enabled: false,
      configured: false,
      provider: null,
      kept: [],
      people: 0,
    });
    expect((await ai.usage(rig.bot, 1)).today.answers).toBe(1);
    await expect(ai.ask(rig.bot, YOU, 'x', { source: 'api' })).rejects.toMatchObject({
      code: 'ai.not-set-up',
    });
  });

  it('speaks German to Germans', async () => {
    const rig = await aiRig();
    await rig.engine.accounts.setLanguage(YOU, 'de', rig.caller);
    expect((await rig.engine.ai.shown(rig.bot)).system).toBe('Du bist ein hilfreicher Assistent.');
  });

  it('is tried with values that are not saved, and only counted', async () => {
    const rig = await aiRig({
      ai: scriptedAi(({ onText }) => {
        onText?.('Hal');
        onText?.('lo');
        return { text: 'Hallo', reasoning: 'hm', sources: ['https://a.example/', 'javascript:x'] };
      }),
    });
    const pieces: string[] = [];
    const how = { signal: new AbortController().signal, onText: (piece: string) => void pieces.push(piece) };
    const draft = { provider: 'mistral' as const, key: 'k', model: 'm' };
    expect(await rig.engine.ai.test(rig.bot, draft, 'hi', how)).toMatchObject({
      text: 'Hallo',
      reasoning: 'hm',
      sources: ['https://a.example/'],
      request_id: 'req',
      is_cut: false,
    });
    expect([pieces, (await rig.engine.ai.shown(rig.bot)).provider]).toEqual([['Hal', 'lo'], 'groq']);
    expect((await rig.engine.ai.usage(rig.bot, 1)).calls).toMatchObject([
      { source: 'test', provider: 'mistral' },
    ]);
  });
});
