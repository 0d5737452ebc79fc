import { describe, expect, it } from 'vitest';
import { bareJid } from '../../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { menuChat } from '../../support/menu-chat.ts';
import { signIn, testEngine } from '../../support/test-engine.ts';

const admin = { actor: 'admin', from: 'test' };
const KEY = 'gsk_abc123mykey-0123456789';
const MODEL = 'llama-3.3-70b-versatile';

/** A dedicated bot, and what its owner types into its chat. */
async function start() {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const { id, jid } = await aDedicatedBot(engine);
  const { engine: services } = engine;
  const bot = () => services.bots.find(id);
  return {
    ...engine,
    services,
    bot,
    shown: async () => services.ai.shown(await bot()),
    inGerman: () => services.accounts.setLanguage(bareJid('you@localhost'), 'de', admin),
    ...(await menuChat(engine, jid)),
  };
}
/** The same with a provider at hand. */
async function withGroq() {
  const chat = await start();
  const groq = await startAiStub({ provider: 'groq', key: KEY, models: [MODEL, 'llama-3.1-8b-instant'] });
  return { ...chat, groq, setUp: () => chat.type(`/ki setup groq ${KEY} ${MODEL} ${groq.baseUrl}`) };
}

describe('/ki', () => {
  it('says what there is to do, before and after the set-up', async () => {
    const { type, setUp } = await withGroq();
    const lines = (await type('/ki')).split('\n');
    expect(lines[0]).toBe('AI of Weather');
    expect(lines).toContain('State: not set up');
    expect(lines).toContain('Set the AI up: /ki setup');
    expect(lines).toContain('1. /ki setup - Choose a provider');
    expect(await type('/help')).toContain('\nAI: not set up\n');

    expect((await setUp()).split('\n').slice(0, 4)).toEqual([
      'AI configured!',
      'Provider: groq',
      `Model: ${MODEL}`,
      'AI is now active.',
    ]);
    expect(await type('/ki')).toContain('State: active\nProvider: groq\n');
    for (const name of ['/help', '/start', '/info'])
      expect(await type(name)).toContain(`AI: active (groq / ${MODEL})`);
    expect(await type('/help')).toContain('Quick start:\nJust send a message for the AI!');
    expect(await type('/ki off')).toContain('AI is off.');
    expect(await type('/info')).toContain(`AI: off (groq / ${MODEL})`);
    expect(await type('/ki ein')).toContain('AI is now active.');
  });

  it('never says a key again, and knows where one stands', async () => {
    const { answer, menu, setUp, type, groq } = await withGroq();
    expect(await setUp()).not.toContain(KEY);
    expect(await type('/ki status')).toMatch(/^Key: gsk…6789$/m);
    expect((await answer(`/ki setup groq wrong-key-000 ${MODEL}`)).text).not.toContain('wrong-key');
    for (const line of [
      `/ki setup groq ${KEY} ${MODEL}`,
      `/ki setup groq ${KEY}`,
      `/KI einrichten grok ${KEY} x`,
      `/ki groq ${KEY} ${MODEL}`,
      `/ki token ${KEY}`,
      `/ki schlüssel ${KEY}`,
    ])
      expect([line, menu.holdsSecret(line)]).toEqual([line, true]);
    for (const line of ['/ki setup ollama - llama3', '/ki setup groq', '/ki token -', '/ki model x', '/help'])
      expect([line, menu.holdsSecret(line)]).toEqual([line, false]);
    expect(groq.asked.length).toBeGreaterThan(0);
  });

  it('helps with each provider, and names them all', async () => {
    const { type } = await start();
    const list = await type('/ki setup');
    expect(list).toContain('/ki setup <provider> <key> <model>');
    const names = 'openai claude gemini groq mistral deepseek perplexity ollama openclaw compatible'.split(
      ' ',
    );
    for (const [index, name] of names.entries()) expect(list).toContain(`${index + 1}. /ki setup ${name} - `);
    for (const name of names) {
      const help = await type(`/ki setup ${name}`);
      expect(help).toContain(`/ki setup ${name} `);
      if (name !== 'compatible') expect(help).toContain('https://');
    }
    expect(await type('/ki setup groq')).toContain('Get a key: https://console.groq.com/keys');
    expect(await type('/ki setup ollama')).toContain('\n/ki setup ollama - llama3\n');
    expect(await type('/ki setup openclaw')).toContain('\n/ki setup openclaw YOUR_HOOKS_TOKEN agent\n');
    expect(await type('/ki anbieter')).toContain('Ollama: runs on your own machine, needs no key\n');
    expect(await type('/ki groq')).toBe(await type('/ki setup groq'));
  });

  it.each([
    [
      'an unknown provider',
      `/ki setup grok ${KEY} ${MODEL}`,
      /^There is no provider called grok\. Use one of: openai, /,
    ],
    ['an unknown provider to switch to', '/ki provider grok', /^There is no provider called grok\./],
    [
      'a missing key',
      `/ki setup groq - ${MODEL}`,
      /^Groq needs a key\. Get one here: https:\/\/console\.groq\.com\/keys$/,
    ],
    ['no set-up to switch on', '/ki on', /^The AI of this bot is not set up\./],
    ['no set-up to ask', '/ki ask hello', /^The AI of this bot is not set up\./],
    ['no agent', '/ki trigger hello', /^(The AI of this bot is not set up|Only OpenClaw has an agent)\./],
    ['no model to show', '/ki model', /^The AI of this bot is not set up\./],
    [
      'an address on another network',
      `/ki setup ollama - llama3 http://192.168.1.20:11434`,
      /^The AI may not be asked at http:\/\/192\.168/,
    ],
    ['too many words', '/ki setup groq a b c d', /^Usage: \/ki setup /],
    ['no word', '/ki ask', /^Usage: \/ki ask <text>$/],
  ])('refuses %s in one line, and changes nothing', async (_what, line, words) => {
    const { type, shown } = await start();
    const before = await shown();
    const said = await type(line);
    expect(said).toMatch(words);
    expect(said.split('\n')).toHaveLength(1);
    expect(await shown()).toEqual(before);
  });

  it('refuses a model that the live list does not have, and changes nothing', async () => {
    const { type, shown, setUp, groq } = await withGroq();
    await setUp();
    const before = await shown();
    for (const line of ['/ki model llama-3.3', `/ki setup groq ${KEY} llama-3.3 ${groq.baseUrl}`]) {
      const said = await type(line);
      expect(said).toContain('llama-3.3');
      expect(said).toContain(MODEL);
      expect(said.split('\n')).toHaveLength(1);
    }
    expect(await shown()).toEqual(before);
  });

  it('shows the model with the others, and switches', async () => {
    const { type, setUp, shown } = await withGroq();
    await setUp();
    const list = await type('/ki modell');
    expect(list).toContain(`Model: ${MODEL} (groq)`);
    expect(list).toContain('1. /ki model llama-3.1-8b-instant');
    expect(await type('/ki model llama-3.1-8b-instant')).toContain('Model: llama-3.1-8b-instant');
    expect(await shown()).toMatchObject({ model: 'llama-3.1-8b-instant', enabled: true });
  });

  it('keeps the prompt as it was typed', async () => {
    const { type, setUp, shown } = await withGroq();
    await setUp();
    expect(await type('/ki system')).toContain('You are a helpful assistant.\n(the usual one)');
    expect(await type('/ki system You tell the weather.\n\nBe  brief.')).toBe('The system prompt is set.');
    expect((await shown()).system).toBe('You tell the weather.\n\nBe  brief.');
    expect(await type(`/ki system ${'x'.repeat(20_001)}`)).toBe(
      'A system prompt has at most 20000 characters.',
    );
    expect(await type('/ki prompt -')).toContain('the usual one again');
    expect(await shown()).toMatchObject({ is_usual_system: true });
  });

  it('takes a question, which its own message answers, and ends it on demand', async () => {
    const { type, setUp, answer, shown } = await withGroq();
    await setUp();

    expect(await answer('/ki ask the sun\nand the moon')).toEqual({ text: '' });
    expect(await type('/ki frag the rain')).toBe('');
    expect(await shown()).toMatchObject({ waiting: 2 });
    expect(await type('/ki stop')).toBe('Questions ended: 2');
    expect(await type('/ki stopp')).toBe('Nothing is being answered.');
    expect(await shown()).toMatchObject({ waiting: 0 });
  });

  it('forgets the conversation of its owner, and nobody else', async () => {
    const { type, setUp, answer, services, bot, shown } = await withGroq();
    await setUp();
    const talk = async (person: string) => services.ai.ask(await bot(), person, 'the sun', { source: 'api' });
    await talk('api-client');
    expect(await type('/ki clear')).toBe('There is no conversation to forget.');
    await talk('you@localhost');
    expect(await type('/ki clear')).toContain('I have forgotten our conversation.');
    expect(await type('/ki leeren')).toBe('There is no conversation to forget.');
    await talk('you@localhost');
    const asked = await answer('/clear');
    expect(asked.text).toMatch(/^Your conversation with the AI is forgotten\.\nDelete this conversation/);
    expect(await shown()).toMatchObject({ people: 1 });
  });

  it('shows and sets how much it answers at most', async () => {
    const { type } = await start();
    expect(await type('/ki limit day 700')).toBe('Answers a day: 700');
    expect(await type('/ki limit')).toContain('Answers a day: 700 (/ki limit day 700)');
    expect(await type('/ki grenze zeit 1')).toMatch(/^ai_timeout: /);
    expect(await type('/ki limit week 7')).toContain('/ki limit minute|day|month|answer|time|parallel');
  });

  it('offers names to begin with where a provider tells of no models', async () => {
    const { type, shown } = await start();
    const perplexity = await startAiStub({ provider: 'perplexity', key: 'pplx-0123456789' });
    await type(`/ki setup perplexity pplx-0123456789 sonar ${perplexity.baseUrl}`);
    const said = await type('/ki model');
    expect(said).toContain('This provider does not tell which models it has.');
    expect(said).toContain('1. /ki model sonar-pro');
    expect(said).not.toContain('Available now');
    await type('/ki model sonar-reasoning');
    expect(await shown()).toMatchObject({ model: 'sonar-reasoning' });
  });

  it('knows what was meant, and does no less than what was written', async () => {
    const { type, setUp, shown } = await withGroq();
    await setUp();
    expect(await type('/ki stauts')).toContain('Did you mean /ki status?');
    for (const line of ['/ki help', '/ki hilfe', '/ki ?']) expect(await type(line)).toBe(await type('/ki'));
    expect(await type('/ki')).toContain('/ki model [name] - ');
    for (const name of ['on', 'off', 'status', 'clear', 'stop', 'test'])
      expect(await type(`/ki ${name} all`)).toBe(`Usage: /ki ${name}`);
    expect(await shown()).toMatchObject({ enabled: true });
    expect(await type('/ki setup ollama llama3')).toMatch(/^Two words have to follow: -/);
    expect(await type('/ki setup groq llama3')).toMatch(/^The model is missing\./);
  });

  it('tries it', async () => {
    const { type, setUp, groq } = await withGroq();
    await setUp();
    groq.always({ text: 'Hello!' });
    expect(await type('/ki test')).toMatch(
      new RegExp(`^It works: groq / ${MODEL} answered in (\\d+ ms|\\d+(\\.\\d)? s)\\.\nHello!$`),
    );
  });

  it('says in one line of ours why there is no answer', async () => {
    const { type, setUp, groq } = await withGroq();
    await setUp();
    groq.always({ status: 401, text: 'secret words of the provider' });
    const said = await type('/ki test');
    expect(said).toMatch(/key/);
    expect(said).not.toContain('secret words');
    expect(said.split('\n')).toHaveLength(1);
  });

  it('takes a set-up piece by piece, as the guide has it for OpenClaw', async () => {
    const { type, shown } = await start();
    const openclaw = await startAiStub({ provider: 'openclaw', key: 'hooks-token' });
    expect(await type('/ki provider openclaw')).toContain('Next: /ki token <key>');
    expect(await type(`/ki url ${openclaw.baseUrl}`)).toContain('Next: /ki token <key>');
    expect(await type('/ki token hooks-token')).toMatch(/^AI updated\.\n═+\nState: off\n/);
    expect(await type('/ki on')).toContain('AI is now active.');
    expect(await shown()).toMatchObject({ provider: 'openclaw', model: 'agent', enabled: true });
    expect(await type('/ki trigger Check the website')).toContain(`Run: ${openclaw.runId}`);
    expect(openclaw.asked.at(-1)).toMatchObject({ path: '/hooks/agent', key: 'hooks-token' });
    expect(openclaw.asked.at(-1)?.raw).toContain('Check the website');
    await type(`/ki setup openclaw hooks-token agent ${openclaw.baseUrl}`);
    expect(await shown()).toMatchObject({ provider: 'openclaw', model: 'agent' });
  });

  it('takes the lines of the guide for Ollama, and comes back to what was set up before', async () => {
    const { type, setUp, shown } = await withGroq();
    const ollama = await startAiStub({ provider: 'ollama' });
    await setUp();
    expect(await type(`/ki setup ollama - llama3 ${ollama.baseUrl}`)).toContain(
      'AI configured!\nProvider: ollama',
    );
    expect(await type('/ki provider groq')).toContain(`Provider: groq\nModel: ${MODEL}`);
    expect(await shown()).toMatchObject({ provider: 'groq', key: 'gsk…6789' });
  });

  it('is German where its owner speaks German, with a line for everything', async () => {
    const { type, setUp, inGerman } = await withGroq();
    await inGerman();
    expect(await setUp()).toContain('Die KI ist eingerichtet!\nAnbieter: groq\n');
    expect(await type('/info')).toContain(`KI: aktiv (groq / ${MODEL})`);
    expect(await type('/ki')).toContain('Zustand: aktiv');
    expect(await type('/ki modell nonsense')).toMatch(/kein Modell nonsense/);
    expect(await type('/ki frag')).toBe('Verwendung: /ki ask <Text>');
    expect(await type('/ki unsinn')).toContain('/ki unsinn gibt es nicht.');
    expect(await type('/ki aus')).toContain('Die KI ist aus.');
  });
});
