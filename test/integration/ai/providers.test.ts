import { describe, expect, it } from 'vitest';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { type AiStub, startAiStub } from '../../support/ai/ai-stub.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

/** The whole engine with its real gateway, and a provider that listens on loopback. */
async function against(stub: AiStub, model: string, key = 'KEY') {
  const rig = await aiRig({
    openAi: undefined,
    setUp: { provider: 'compatible', base_url: 'https://a.example', model: 'x', force: true },
  });
  const change = { provider: 'openai' as const, base_url: stub.baseUrl, key, model };
  await rig.engine.ai.change(rig.bot, change, rig.caller);
  await rig.start();
  return rig;
}

describe('a bot whose provider is spoken to over HTTP', () => {
  it('answers, and knows what it used', async () => {
    const stub = await startAiStub({
      provider: 'openai',
      key: 'KEY',
      answer: { text: '**Hello** there', tokens: { input: 7, output: 3 } },
    });
    const rig = await against(stub, stub.models[0] ?? '');
    rig.write('hi');
    await rig.said('*Hello* there');
    expect((await stub.question(1)).question).toBe('hi');
    expect((await rig.engine.ai.usage(rig.bot, 1)).calls).toMatchObject([
      { outcome: 'answered', tokens: { input: 7, output: 3 } },
    ]);
  });

  it('refuses a model that the live list does not have', async () => {
    const stub = await startAiStub({ provider: 'openai', key: 'KEY', models: ['gpt-4o', 'gpt-4o-mini'] });
    await expect(against(stub, 'gpt-5o')).rejects.toMatchObject({
      code: 'ai.model-unknown',
      details: { near: 'gpt-4o, gpt-4o-mini' },
    });
    const listed = await against(stub, 'gpt-4o');
    const { models } = await listed.engine.ai.models(listed.bot, {}, new AbortController().signal);
    expect(models.map(({ id }) => id)).toEqual(['gpt-4o', 'gpt-4o-mini']);
  });

  it('says when the key is wrong, and which words the provider had for that nobody hears', async () => {
    const stub = await startAiStub({ provider: 'openai', key: 'OTHER' });
    const rig = await against(stub, 'gpt-4o');
    rig.write('hi');
    await rig.said('The AI does not accept the key. Check it, or give a new one: /ki setup');
  });

  it('is stopped at once', async () => {
    const stub = await startAiStub({ provider: 'openai', answer: { fault: 'silent' } });
    const rig = await against(stub, 'gpt-4o');
    rig.write('hi');
    await stub.question(1);
    expect(await rig.engine.ai.stop(rig.bot, YOU)).toBe(1);
    await until('the end of writing', () => rig.states().at(-1) === 'active');
    expect(rig.texts()).toEqual([]);
  });
});

describe('OpenClaw', () => {
  it('takes on what its agent is told, says under which run, and keeps no conversation of it', async () => {
    const stub = await startAiStub({ provider: 'openclaw', key: 'TOKEN' });
    const rig = await aiRig({
      openAi: undefined,
      setUp: { provider: 'openclaw', base_url: stub.baseUrl, key: 'TOKEN', model: 'agent' },
    });
    await rig.start();
    rig.write('book a table');
    const line = `Accepted. The agent works on it by itself. Run ID: ${stub.runId}`;
    await rig.said(line);
    expect(await rig.engine.ai.ask(rig.bot, YOU, 'and a taxi', { source: 'api' })).toMatchObject({
      text: line,
      runId: stub.runId,
    });
    expect(await rig.engine.ai.trigger(rig.bot, 'wake up')).toEqual({ runId: stub.runId });
    expect((await rig.engine.ai.shown(rig.bot)).people).toBe(0);
    expect(stub.asked.filter(({ path }) => path.startsWith('/hooks/agent'))).toHaveLength(3);
  });
});
