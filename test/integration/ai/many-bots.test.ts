import { describe, expect, it } from 'vitest';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { questionIn, scriptedAi } from '../../support/ai/scripted-provider.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { aBot, signIn, testEngine } from '../../support/test-engine.ts';

const CALLER = { actor: 'test', from: 'chat' };
const BOTS = 17;
/** As many as go out at once with one key. */
const PEOPLE = 4;

/** What is waited for below is not answered: the test ends first. */
const unheeded = (work: Promise<unknown>) => void work.catch(() => undefined);

describe('a provider that does not answer', () => {
  it('holds up nobody who asks there with another key, however many bots wait for it', async () => {
    const stub = await startAiStub({
      provider: 'groq',
      answer: ({ key }) => (key === 'gsk_quick' ? { text: 'at once' } : { fault: 'silent' }),
    });
    const rig = await testEngine();
    await signIn(rig);
    const { ai, bots } = rig.engine;
    const botWith = async (key: string) => {
      const { id } = await aBot(rig, key);
      const bot = (await bots.list(YOU)).find((one) => Number(one.id) === id);
      if (!bot) throw new Error('there is no bot');
      await ai.change(bot, { provider: 'groq', key, model: stub.models[0], base_url: stub.baseUrl }, CALLER);
      return bot;
    };
    const quick = await botWith('gsk_quick');
    for (let at = 0; at < BOTS; at += 1) {
      const bot = await botWith(`gsk_slow_${at}`);
      for (let person = 0; person < PEOPLE; person += 1)
        unheeded(ai.ask(bot, `person ${person}`, 'hello', { source: 'api' }));
    }
    await stub.question(BOTS * PEOPLE);

    const answers = await Promise.all(
      ['a', 'b', 'c'].map((person) => ai.ask(quick, person, 'hello', { source: 'api' })),
    );

    expect(answers.map(({ text }) => text)).toEqual(['at once', 'at once', 'at once']);
  });

  it('is asked by the bots of one key in turns', async () => {
    const gates: (() => void)[] = [];
    const ai = scriptedAi(async (request) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.push(resolve);
      await promise;
      return `answer to ${questionIn(request)}`;
    });
    const rig = await aiRig({ ai });
    const other = await rig.make('Other');
    await rig.engine.ai.change(
      other,
      { provider: 'groq', key: 'gsk_0123456789', model: 'llama' },
      rig.caller,
    );
    for (const bot of [rig.bot, other]) await rig.set('ai_parallel', 2, bot);
    await rig.start();
    const ask = (bot: typeof other, person: number, text: string) =>
      rig.engine.ai.ask(bot, `${person}`, text, { source: 'api' });
    const noisy = Array.from({ length: 8 }, (_, person) => ask(rig.bot, person, 'noisy'));
    await ai.question(2);
    const quiet = ask(other, 0, 'quiet');
    for (let at = 0; at <= noisy.length; at += 1) {
      await ai.question(Math.min(at + 2, noisy.length + 1));
      gates[at]?.();
    }
    await Promise.all([...noisy, quiet]);
    // The last, if the first come were the first served.
    expect(ai.questions().indexOf('quiet')).toBeLessThan(noisy.length / 2);
  });
});

describe('questions that nobody answers', () => {
  it('are bounded for each bot, and leave room for those of others', async () => {
    const ai = scriptedAi((request) =>
      questionIn(request) === 'quick' ? 'at once' : new Promise<string>(() => undefined),
    );
    const rig = await aiRig({ ai });
    const other = await rig.make('Other');
    await rig.engine.ai.change(other, { provider: 'groq', key: 'gsk_other', model: 'llama' }, rig.caller);
    await rig.start();
    const ask = (person: number) => rig.engine.ai.ask(rig.bot, `${person}`, 'slow', { source: 'api' });
    for (let person = 0; person < 200; person += 1) unheeded(ask(person));
    await ai.question(PEOPLE);

    await expect(ask(200)).rejects.toMatchObject({ code: 'ai.crowded' });

    const answer = await rig.engine.ai.ask(other, 'a', 'quick', { source: 'api' });
    expect([answer.text, ai.state.most]).toEqual(['at once', PEOPLE + 1]);
  });
});
