import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { menuChat } from '../../support/menu-chat.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { signIn, testEngine } from '../../support/test-engine.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const admin = { actor: 'admin', from: 'test' };
const GROQ_KEY = 'gsk_abc123mykey-0123456789';
const CLAUDE_KEY = 'sk-ant-abc123mykey-0123456789';

/** A dedicated bot that has answered with Groq before, and a Claude at hand. */
async function withGroq() {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const { id, jid } = await aDedicatedBot(engine);
  const groq = await startAiStub({ provider: 'groq', key: GROQ_KEY, models: ['llama-a', 'llama-b'] });
  const claude = await startAiStub({ provider: 'claude', key: CLAUDE_KEY, models: ['claude-a'] });
  const chat = await menuChat(engine, jid);
  const { ai, bots, accounts } = engine.engine;
  await chat.type(`/ki setup groq ${GROQ_KEY} llama-a ${groq.baseUrl}`);
  return {
    ...chat,
    engine,
    id,
    groq,
    claude,
    shown: async () => ai.shown(await bots.find(id)),
    inGerman: () => accounts.setLanguage(bareJid('you@localhost'), 'de', admin),
  };
}

describe('a set-up that is given piece by piece', () => {
  it('is shown until it is complete, and changes nothing before', async () => {
    const { type, shown, claude } = await withGroq();
    const before = await shown();

    const said = await type('/ki provider claude');
    expect(said).toContain('Next: /ki token <key>\nTo leave that and stay with groq: /ki provider groq');
    for (const line of ['/ki', '/ki status'])
      expect(await type(line)).toContain('Begun, but not complete: claude\nNext: /ki token <key>');
    expect(await type(`/ki url ${claude.baseUrl}`)).toContain('Next: /ki token <key>');
    expect(await type(`/ki token ${CLAUDE_KEY}`)).toContain('Next: /ki model <name>');
    expect(await shown()).toEqual(before);
    expect(await type('/ki model claude-a')).toContain('Model: claude-a');

    expect(await shown()).toMatchObject({ provider: 'claude', model: 'claude-a', enabled: true });
    expect(await type('/ki')).not.toContain('Begun');
  });

  it('keeps the pieces when the model turns out to be wrong', async () => {
    const { type, shown, claude } = await withGroq();
    await type('/ki provider claude');
    await type('/ki model claude-b');
    await type(`/ki url ${claude.baseUrl}`);
    expect(await type(`/ki token ${CLAUDE_KEY}`)).toMatch(
      /has no model called claude-b[\s\S]*Next: \/ki model/,
    );
    expect(await type('/ki model claude-c')).toMatch(/^Claude \(Anthropic\) has no model called claude-c\./);
    await type('/ki model claude-a');
    expect(await shown()).toMatchObject({ provider: 'claude', model: 'claude-a', key: 'sk-…6789' });
  });

  it('is not switched on instead of what was there before', async () => {
    const { type, shown } = await withGroq();
    await type('/ki off');
    await type('/ki provider claude');
    const said = await type('/ki on');
    expect(said).toMatch(
      /^Nothing was switched on\.\nBegun, but not complete: claude\nNext: \/ki token <key>\n/,
    );
    expect(await shown()).toMatchObject({ enabled: false });

    await type('/ki provider groq');
    expect(await type('/ki on')).toContain('AI is now active.');
    expect(await shown()).toMatchObject({ provider: 'groq', enabled: true });
  });

  it('ends with any set-up that is complete, from wherever', async () => {
    const { type, engine, id } = await withGroq();
    await type('/ki provider claude');
    await engine.call('PATCH', `/api/v1/bots/${id}/ai`, { body: { model: 'llama-b' } });
    expect(await type('/ki')).not.toContain('Begun');

    await type('/ki provider claude');
    await engine.call('DELETE', `/api/v1/bots/${id}/ai`);
    expect(await type('/ki')).not.toContain('Begun');
  });

  it.each([
    ['/ki token -', /^Groq needs a key\./],
    ['/ki model nonsense', /^Groq has no model called nonsense\./],
  ])('does not begin with what is wrong itself: %s', async (line, words) => {
    const { type, shown } = await withGroq();
    const said = await type(line);
    expect(said).toMatch(words);
    expect(said.split('\n')).toHaveLength(1);
    expect(await type('/ki model llama-b')).toContain('Model: llama-b');
    expect(await shown()).toMatchObject({ model: 'llama-b', key: 'gsk…6789' });
  });

  it('does not begin with an address that is taken away where there is no usual one', async () => {
    const { type, shown } = await withGroq();
    const own = await startAiStub({ provider: 'compatible', models: ['small', 'large'] });
    await type(`/ki setup compatible - small ${own.baseUrl}`);
    expect(await type('/ki url -')).toMatch(/^OpenAI-compatible server has no address of its own\./);
    await type('/ki model large');
    expect(await shown()).toMatchObject({ model: 'large', base_url: own.baseUrl });
  });

  it('takes a new address with its key after it, and can be left', async () => {
    const { type, shown, groq } = await withGroq();
    const other = await startAiStub({ provider: 'groq', key: 'other-key-0123', models: ['llama-a'] });
    expect(await type(`/ki url ${other.baseUrl}`)).toContain('Next: /ki token <key>');
    await type('/ki provider groq');
    expect(await shown()).toMatchObject({ base_url: groq.baseUrl });
    await type(`/ki url ${other.baseUrl}`);
    expect(await type('/ki token other-key-0123')).toContain(`Address: ${other.baseUrl}`);
  });

  it('leaves what is off as it is', async () => {
    const { type, shown } = await withGroq();
    const ollama = await startAiStub({ provider: 'ollama' });
    await type(`/ki setup ollama - llama3 ${ollama.baseUrl}`);
    await type('/ki off');
    expect(await type('/ki provider groq')).toMatch(/State: off\nProvider: groq[\s\S]*1\. \/ki on - /);
    await type('/ki model llama-b');
    expect(await shown()).toMatchObject({ provider: 'groq', model: 'llama-b', enabled: false });
  });

  it('is German where its owner speaks German', async () => {
    const { type, inGerman } = await withGroq();
    await inGerman();
    expect(await type('/ki anbieter claude')).toContain('Als Nächstes: /ki token <Schlüssel>');
    expect(await type('/ki ein')).toContain(
      'Es wurde nichts eingeschaltet.\nAngefangen, aber nicht fertig: claude\n',
    );
  });
});

it('survives a restart, sealed: the key goes on to the provider it was begun for', async () => {
  const shared = {
    server: new ScriptedServer(),
    dataDir: testFolder(),
    box: secretBox(randomBytes(32)),
    clock: new ManualClock(Date.now()),
  };
  const first = await aiRig(shared);
  await first.start();
  first.write('/ki provider claude');
  await until('the first piece', () => first.texts().some((text) => text.includes('Next: /ki token <key>')));
  first.write(`/ki token ${CLAUDE_KEY}`);
  await until('the second piece', () =>
    first.texts().some((text) => text.includes('Next: /ki model <name>')),
  );
  await first.stop();
  const files = readdirSync(shared.dataDir).filter((name) => name.startsWith('bot_registry.db'));
  for (const name of files) expect(readFileSync(join(shared.dataDir, name)).includes(CLAUDE_KEY)).toBe(false);

  const second = await aiRig(shared);
  await second.start();
  second.write('/ki model llama', { id: 'after' });
  await until('the last piece', async () => (await second.engine.ai.shown(second.bot)).provider === 'claude');

  expect(await second.engine.ai.shown(second.bot)).toMatchObject({
    model: 'llama',
    key: 'sk-…6789',
    kept: [{ provider: 'claude' }, { provider: 'groq', key: 'gsk…6789' }],
  });
});
