import { describe, expect, it } from 'vitest';
import { type ChatUse, ProviderError } from '../../../src-main/gateways/ai/provider.ts';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { problemOf, providerRig } from '../../support/ai/provider-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

/** The letters of the prompt and the turns of `providerRig`, four to a token. */
const ASKED = Math.ceil('You are a test.First questionFirst answerWhy is the sky blue?'.length / 4);

describe('what an answer has used that breaks off', () => {
  it.each<[ProviderName, Partial<ChatUse>]>([
    // Said with the first frame: what was read. What is written counts as it comes.
    ['claude', { input: 40, output: 2, isEstimate: true }],
    ['groq', { input: ASKED, output: 2, isEstimate: true }],
    ['ollama', { input: ASKED, output: 2, isEstimate: true }],
  ])('is what %s said of it, else its letters', async (name, use) => {
    const rig = await providerRig(name);
    rig.stub.next({ pieces: ['Because', ' of'], tokens: { input: 40, output: 1 }, fault: 'unfinished' });
    const uses: ChatUse[] = [];

    await problemOf(rig.askStreamed({ onUse: (now) => void uses.push(now) }));

    expect(uses[0]).toEqual({ input: ASKED, output: 0, isEstimate: true, hasBegun: false });
    expect(uses.at(-1)).toEqual({ ...use, hasBegun: true });
  });

  it('is no estimate where the provider said all of it', async () => {
    const rig = await providerRig('gemini');
    const frame = {
      candidates: [{ content: { role: 'model', parts: [{ text: 'Because' }] } }],
      usageMetadata: { promptTokenCount: 40, candidatesTokenCount: 3, thoughtsTokenCount: 20 },
    };
    rig.stub.behaviour.instead = (_asked, _request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify(frame)}\n\n`, () => response.destroy());
      return true;
    };
    const uses: ChatUse[] = [];

    await problemOf(rig.askStreamed({ onUse: (now) => void uses.push(now) }));

    expect(uses.at(-1)).toEqual({ input: 40, output: 23, isEstimate: false, hasBegun: true });
  });
});

describe('what a bot has used', () => {
  const begun: ChatUse = { input: 30, output: 12, isEstimate: true, hasBegun: true };
  const sent: ChatUse = { input: 30, output: 0, isEstimate: true, hasBegun: false };
  const callsOf = async (rig: Awaited<ReturnType<typeof aiRig>>) =>
    (await rig.engine.ai.usage(rig.bot, 1)).calls.map(({ outcome, tokens, is_estimate }) => ({
      outcome,
      ...tokens,
      is_estimate,
    }));

  it.each(['stopped', 'timeout'] as const)(
    'counts what ended as %s, marked as an estimate',
    async (outcome) => {
      const ai = scriptedAi(({ onUse }) => {
        onUse?.(sent);
        return new Promise<string>(() => undefined);
      });
      const rig = await aiRig({ ai });
      await rig.start();
      rig.write('hello');
      await ai.question(1);
      await rig.handled();

      if (outcome === 'stopped') await rig.engine.ai.stop(rig.bot, YOU);
      else rig.clock.advance(60_000);

      await until('it to be counted', async () => (await callsOf(rig)).length === 1);
      expect(await callsOf(rig)).toEqual([{ outcome, input: 30, output: 0, is_estimate: true }]);
      expect((await rig.engine.ai.usage(rig.bot, 1)).month.tokens).toEqual({ input: 30, output: 0 });
    },
  );

  it('counts what broke off, and nothing of what was refused', async () => {
    const failures: [ChatUse, ProviderError][] = [
      [sent, new ProviderError('key', 'no', { status: 401 })],
      [sent, new ProviderError('unreachable', 'no connection')],
      [begun, new ProviderError('unreachable', 'the answer broke off')],
      [{ ...begun, isEstimate: false }, new ProviderError('garbage', 'too long')],
      [begun, new ProviderError('empty', 'no word', { tokens: { input: 7, output: 3 } })],
    ];
    const ai = scriptedAi(({ onUse }) => {
      const [use, failure] = failures[ai.asked.length - 1] ?? failures[0] ?? [];
      if (use) onUse?.(use);
      throw failure;
    });
    const rig = await aiRig({ ai });
    const how = { signal: new AbortController().signal, onText: () => undefined };
    await expect(rig.engine.ai.test(rig.bot, {}, 'x', how)).rejects.toMatchObject({ code: 'ai.key-refused' });
    for (let nth = 1; nth < failures.length; nth += 1)
      await rig.engine.ai.ask(rig.bot, 'a', 'x', { source: 'api' }).catch(() => undefined);

    expect(await callsOf(rig)).toEqual([
      { outcome: 'empty', input: 7, output: 3, is_estimate: false },
      { outcome: 'failed', input: 30, output: 12, is_estimate: false },
      { outcome: 'unreachable', input: 30, output: 12, is_estimate: true },
      { outcome: 'unreachable', input: 0, output: 0, is_estimate: false },
      { outcome: 'key', input: 0, output: 0, is_estimate: false },
    ]);
  });
});
