import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ProviderError } from '../../../src-main/gateways/ai/provider.ts';
import { WalFile } from '../../../src-main/store/wal-file.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { until } from '../../support/until.ts';

const MINUTE = 60_000;

describe('what the AI of a bot may use', () => {
  it('is so many answers a minute', async () => {
    const rig = await aiRig();
    await rig.set('ai_per_minute', 2);
    await rig.start();
    for (const text of ['a', 'b', 'c']) rig.write(text);
    await rig.said('That was a lot in a short time. Ask again in 60 s.');
    expect(rig.ai.questions()).toEqual(['a', 'b']);
    rig.clock.advance(MINUTE);
    rig.write('d');
    await rig.said('answer to d');
  });

  it('counts an answer once, also while the disk takes its time with it', async () => {
    const rig = await aiRig();
    await rig.set('ai_per_minute', 2);
    await rig.start();
    const disk = Promise.withResolvers<void>();
    const { sync } = WalFile.prototype;
    vi.spyOn(WalFile.prototype, 'sync').mockImplementation(async function slow(this: WalFile) {
      await disk.promise;
      return sync.call(this);
    });
    onTestFinished(() => {
      vi.restoreAllMocks();
      disk.resolve();
    });
    const ask = (person: string) => rig.engine.ai.ask(rig.bot, person, 'x', { source: 'api' });
    const first = ask('a');
    await until('its row', async () => (await rig.engine.ai.usage(rig.bot, 1)).calls.length === 1);

    const second = ask('b');
    await rig.ai.question(2);

    disk.resolve();
    await Promise.all([first, second]);
    await expect(ask('c')).rejects.toMatchObject({ code: 'ai.rate-limit' });
  });

  it('is so many answers a day', async () => {
    const rig = await aiRig();
    await rig.set('ai_per_day', 1);
    await rig.start();
    rig.write('a');
    await rig.said('answer to a');
    rig.write('b');
    await until('the limit', () => rig.texts().some((text) => text.includes('all 1 AI answers of today')));
    rig.clock.advance(24 * 60 * MINUTE);
    rig.write('c');
    await rig.said('answer to c');
  });

  it('is so many tokens a month, which the owner is told of at 50, 80 and 100 per cent', async () => {
    const rig = await aiRig({ ai: scriptedAi(() => ({ text: 'x', inputTokens: 40, outputTokens: 10 })) });
    await rig.set('ai_month_tokens', 150);
    await rig.start();
    const told = (part: string) =>
      until(`to be told of ${part}`, () => rig.texts().some((text) => text.includes(part)));
    for (const text of ['a', 'b']) rig.write(text);
    await told('has used 50 % of its AI tokens of this month: 100 of 150');
    rig.clock.advance(11 * MINUTE);
    rig.write('c');
    await told('has used 100 % of its AI tokens of this month: 150 of 150');
    rig.write('d');
    await told('This bot has used all 150 AI tokens of this month.');
    expect(rig.ai.asked).toHaveLength(3);
  });

  it('is so many questions at once with one key, of all bots together', async () => {
    const gate = Promise.withResolvers<void>();
    const ai = scriptedAi(async () => {
      await gate.promise;
      return 'done';
    });
    const rig = await aiRig({ ai });
    const other = await rig.make('Other');
    await rig.engine.ai.change(
      other,
      { provider: 'groq', key: 'gsk_0123456789', model: 'llama' },
      rig.caller,
    );
    const third = await rig.make('Third');
    await rig.engine.ai.change(
      third,
      { provider: 'groq', key: 'gsk_another_one', model: 'llama' },
      rig.caller,
    );
    for (const bot of [rig.bot, other, third]) await rig.set('ai_parallel', 2, bot);
    await rig.start();
    const asked = [rig.bot, other].flatMap((bot) =>
      ['a', 'b', 'c'].map((person) => rig.engine.ai.ask(bot, person, 'x', { source: 'api' })),
    );
    await ai.question(2);
    // Another key does not wait.
    const own = rig.engine.ai.ask(third, 'a', 'y', { source: 'api' });
    await ai.question(3);
    expect([ai.state.under, ai.questions()]).toEqual([3, ['x', 'x', 'y']]);
    gate.resolve();
    expect((await Promise.all([...asked, own])).map(({ text }) => text)).toEqual(Array(7).fill('done'));
    expect(ai.state.most).toBe(3);
  });

  it('is so many at once for tests and tasks of agents too, which wait their turn', async () => {
    const gate = Promise.withResolvers<void>();
    const rig = await aiRig({ setUp: { provider: 'openclaw', key: 'claw', model: 'openclaw' } });
    rig.ai.state.answering = async () => {
      await gate.promise;
      return 'done';
    };
    await rig.set('ai_parallel', 1);
    const how = { signal: new AbortController().signal, onText: () => undefined };
    const asked = rig.engine.ai.ask(rig.bot, 'a', 'first', { source: 'api' });
    await rig.ai.question(1);

    const tested = rig.engine.ai.test(rig.bot, {}, 'second', how);
    const told = rig.engine.ai.trigger(rig.bot, 'third');
    const gone = new AbortController();
    const left = rig.engine.ai.test(rig.bot, {}, 'never', { ...how, signal: gone.signal });
    await rig.engine.store.write(async () => undefined);
    await rig.engine.ai.shown(rig.bot);
    gone.abort();

    await expect(left).rejects.toMatchObject({ code: 'ai.stopped' });
    expect([rig.ai.questions(), rig.ai.triggered]).toEqual([['first'], []]);
    gate.resolve();
    expect((await asked).text).toBe('done');
    expect((await tested).text).toBe('done');
    expect(await told).toEqual({ runId: 'run-1' });
    expect([rig.ai.questions(), rig.ai.triggered]).toEqual([['first', 'second'], ['third']]);
    expect((await rig.engine.ai.usage(rig.bot, 1)).calls).toHaveLength(3);
  });

  it('lets so many tests wait, and says so to the next', async () => {
    const rig = await aiRig({ ai: scriptedAi(() => new Promise<string>(() => undefined)) });
    await rig.set('ai_parallel', 1);
    const gone = new AbortController();
    const how = { signal: gone.signal, onText: () => undefined };
    const all = Array.from({ length: 12 }, () =>
      rig.engine.ai.test(rig.bot, {}, 'x', how).catch(({ code }) => code),
    );

    expect(await Promise.race(all)).toBe('ai.busy');
    gone.abort();
    expect((await Promise.all(all)).sort()).toEqual(['ai.busy', ...Array(11).fill('ai.stopped')]);
    expect(rig.ai.asked).toHaveLength(1);
  });

  it('is no more than a while for an answer', async () => {
    const ai = scriptedAi(() => new Promise<string>(() => undefined));
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await ai.question(1);
    rig.clock.advance(60_000);
    await rig.said('The AI has not answered within 60 s. Ask again, or allow it more time: /ki limit time');
    const { calls } = await rig.engine.ai.usage(rig.bot, 1);
    expect(calls[0]).toMatchObject({ outcome: 'timeout', ms: 60_000 });
    expect(rig.states().filter((state) => state === 'composing').length).toBeGreaterThan(1);
  });

  it('is asked again where the provider is overloaded, after the break it asks for', async () => {
    let tries = 0;
    const ai = scriptedAi(() => {
      tries += 1;
      if (tries === 1) throw new ProviderError('rate', 'slow down', { status: 429, retryAfterMs: 5_000 });
      if (tries === 2) throw new ProviderError('busy', 'broken', { status: 503 });
      return 'at last';
    });
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await ai.question(1);
    await until('a break', () => rig.clock.waits.some((ms) => ms >= 5_000 && ms < 7_000));
    rig.clock.advance(6_500);
    await ai.question(2);
    await until('another', () => {
      rig.clock.advance(100);
      return ai.asked.length > 2;
    });
    await rig.said('at last');
    const { calls } = await rig.engine.ai.usage(rig.bot, 1);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['answered']);
  });

  it('is not asked again before the time that the provider names', async () => {
    const ai = scriptedAi(() => {
      throw new ProviderError('rate', 'slow down', { status: 429, retryAfterMs: 120_000 });
    });
    const rig = await aiRig({ ai });
    await rig.set('ai_timeout', 600);
    await rig.start();
    rig.write('hello');
    await rig.said('The AI provider wants a break. Ask again in 120 s.');
    expect(ai.asked).toHaveLength(1);
  });

  it('counts what an answer without a word has used', async () => {
    const tokens = { input: 40, output: 1_000 };
    const ai = scriptedAi(() => {
      throw new ProviderError('empty', 'used up', { tokens });
    });
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('one');
    await until('it to be counted', async () => (await rig.engine.ai.usage(rig.bot, 1)).calls.length === 1);
    ai.state.answering = () => ({ text: ' ', inputTokens: 7, outputTokens: 3 });
    rig.write('two');
    await until('both to be counted', async () => (await rig.engine.ai.usage(rig.bot, 1)).calls.length === 2);
    const { calls, month } = await rig.engine.ai.usage(rig.bot, 1);
    expect(calls.map((call) => [call.outcome, call.tokens])).toEqual([
      ['empty', { input: 7, output: 3 }],
      ['empty', tokens],
    ]);
    expect(month.tokens).toEqual({ input: 47, output: 1_003 });
  });

  it('is no more than a while until it is its turn', async () => {
    const ai = scriptedAi(() => new Promise<string>(() => undefined));
    const rig = await aiRig({ ai });
    await rig.set('ai_parallel', 1);
    await rig.set('ai_timeout', 600);
    await rig.start();
    const ask = (person: string) =>
      rig.engine.ai.ask(rig.bot, person, 'x', { source: 'api' }).catch(({ code }) => code);
    const before = [ask('a'), ask('b')];
    await ai.question(1);
    rig.clock.advance(1_000);
    rig.write('hello');
    await until('a wait for its turn', () => rig.clock.waits.includes(10 * MINUTE));
    rig.clock.advance(10 * MINUTE - 1_000);
    expect(await before[0]).toBe('ai.timeout');
    await ai.question(2);
    rig.clock.advance(1_000);
    await rig.said('The AI has too many questions to answer at the moment. Ask again in 60 s.');
    // The program's that is being answered now.
    expect(await rig.waiting()).toBe(1);
    await rig.engine.ai.stop(rig.bot);
    expect(await before[1]).toBe('ai.stopped');
    expect(ai.questions()).toEqual(['x', 'x']);
  });

  it('does not wait longer than anybody would', async () => {
    const ai = scriptedAi(() => {
      throw new ProviderError('rate', 'slow down', { status: 429, retryAfterMs: 1e12 });
    });
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await until('a line', () => rig.texts().some((text) => text.startsWith('The AI provider wants a break')));
    expect(ai.asked).toHaveLength(1);
  });
});

describe('two programs that answer each other', () => {
  it('are not for ever: after 20 turns in a minute there is a minute of silence', async () => {
    const rig = await aiRig();
    await rig.set('ai_per_minute', 600);
    await rig.start();
    for (let at = 0; at < 25; at += 1) {
      rig.write(`turn ${at}`);
      await rig.handled();
    }
    await rig.said('answer to turn 19');
    rig.clock.advance(61_000);
    rig.write('again');
    await rig.said('answer to again');
    expect(rig.ai.questions().at(-2)).toBe('turn 19');
  });
});
