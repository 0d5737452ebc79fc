import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProviderError } from '../../../src-main/gateways/ai/provider.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

afterEach(() => void vi.restoreAllMocks());

/** An answer that comes when the test wants it. */
function held(text = 'the answer') {
  const gate = Promise.withResolvers<string>();
  return { ai: scriptedAi(() => gate.promise), answer: () => gate.resolve(text) };
}
const disk = () => Promise.reject(Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' }));

describe('a question whose answer cannot be stored', () => {
  it('is not asked again, and is answered once as soon as it can', async () => {
    const { ai, answer } = held();
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await ai.question(1);
    await rig.handled();
    const write = vi.spyOn(rig.engine.store, 'write').mockImplementation(disk);
    answer();
    await until(
      'a second try to be planned',
      () => write.mock.calls.length > 0 && rig.clock.waits.length > 0,
    );
    write.mockRestore();
    await until('the answer', () => {
      rig.clock.advance(1_000);
      return rig.texts().includes('the answer');
    });

    await until('the question to be gone', async () => (await rig.waiting()) === 0);
    expect([ai.asked.length, rig.texts()]).toEqual([1, ['the answer']]);
    expect((await rig.engine.ai.usage(rig.bot, 1)).calls).toHaveLength(1);
  });

  it('is answered once where it was the flush that failed', async () => {
    const { ai, answer } = held();
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await ai.question(1);
    await rig.handled();
    const { write } = rig.engine.store;
    vi.spyOn(rig.engine.store, 'write').mockImplementationOnce(async (unit) => {
      await write.call(rig.engine.store, unit);
      throw new Error('flush');
    });
    answer();
    await rig.said('the answer');
    rig.write('two');
    await until('the second answer', () => rig.texts().length > 1);
    expect(rig.texts()).toEqual(['the answer', 'the answer']);
    expect((await rig.engine.ai.usage(rig.bot, 1)).calls).toHaveLength(2);
  });

  it('is tried again when something else goes wrong on our side', async () => {
    const rig = await aiRig();
    await rig.start();
    const { get } = rig.engine.botSettings;
    let failures = 0;
    vi.spyOn(rig.engine.botSettings, 'get').mockImplementation(((...given: Parameters<typeof get>) => {
      if (given[1] === 'ai_parallel' && failures++ < 2) throw new TypeError('a defect');
      return get(...given);
    }) as typeof get);
    rig.write('hello');
    await until('the answer', () => {
      rig.clock.advance(500);
      return rig.texts().includes('answer to hello');
    });
    expect(failures).toBeGreaterThan(2);
    await until('the question to be gone', async () => (await rig.waiting()) === 0);
    // None of what is allowed at once is lost.
    rig.write('again');
    await rig.said('answer to again');
  });
});

describe('a bot that goes while it is asked', () => {
  it('answers who asked it that it was stopped, and leaves no failure in the log', async () => {
    const lines: string[] = [];
    const { ai } = held();
    const { pino } = await import('pino');
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const rig = await aiRig({ ai, logger });
    await rig.start();
    rig.write('in the chat');
    const asked = rig.engine.ai.ask(rig.bot, 'program', 'over HTTP', { source: 'api' });
    const outcome = asked.then(
      () => 'answered',
      (error: { code?: string }) => error.code,
    );
    await ai.question(2);
    await rig.engine.store.write((tx) => rig.engine.bots.delete(tx, rig.bot, rig.caller));
    expect(await outcome).toBe('ai.stopped');
    await until('both to be ended', () => ai.state.under === 0);
    await rig.stop();
    expect(lines.join('')).toBe('');
  });

  it('says nothing more when it is switched off', async () => {
    const { ai } = held();
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await ai.question(1);
    await rig.engine.store.write((tx) => rig.engine.bots.setActive(tx, rig.bot, false, rig.caller));
    await until('it to be ended', () => ai.state.under === 0);
    await until('the question to be gone', async () => (await rig.waiting()) === 0);
    await until('the end of writing', () => rig.states().at(-1) === 'active');
    expect(rig.texts()).toEqual([]);
  });
});

it('forgets what a program asked while the AI was switched off', async () => {
  const { ai, answer } = held();
  const rig = await aiRig({ ai });
  await rig.start();
  const asked = rig.engine.ai.ask(rig.bot, YOU, 'over HTTP', { source: 'api' });
  await ai.question(1);
  answer();
  // Both are on their way at once.
  const off = rig.engine.store.write((tx) => rig.engine.ai.setEnabled(tx, rig.bot, false, rig.caller));
  await Promise.allSettled([asked, off]);
  expect((await rig.engine.ai.shown(rig.bot)).people).toBe(0);
});

describe('what is not done twice', () => {
  it('is what an agent was told, where nobody knows whether it has begun', async () => {
    const rig = await aiRig({ setUp: { provider: 'openclaw', key: 'claw', model: 'agent' } });
    rig.ai.state.triggering = async () => {
      throw new ProviderError('busy', 'broken', { status: 502 });
    };
    await rig.start();
    rig.write('book a table');
    await rig.said('The AI is overloaded at the moment. Ask again in a while.');
    expect(rig.ai.triggered).toEqual(['book a table']);
  });

  it('is what a test has shown of an answer that broke off', async () => {
    const ai = scriptedAi(({ onText }) => {
      onText?.('Hello, ');
      throw new ProviderError('busy', 'broken', { status: 503 });
    });
    const rig = await aiRig({ ai });
    const pieces: string[] = [];
    const how = { signal: new AbortController().signal, onText: (piece: string) => void pieces.push(piece) };
    const tested = rig.engine.ai.test(rig.bot, {}, 'hi', how);
    await expect(tested).rejects.toMatchObject({ code: 'ai.provider-busy' });
    expect(pieces).toEqual(['Hello, ']);
  });
});

it('refuses a question that is put with a command where the conversation is silenced', async () => {
  const rig = await aiRig();
  await rig.set('ai_per_minute', 600);
  await rig.start();
  for (let at = 0; at < 20; at += 1) {
    rig.write(`turn ${at}`);
    await rig.handled();
  }
  const put = rig.engine.store.write((tx) =>
    rig.engine.ai.put(tx, rig.bot, { account: rig.account, to: YOU, text: 'and this?' }),
  );
  await expect(put).rejects.toMatchObject({ code: 'ai.rate-limit' });
});
