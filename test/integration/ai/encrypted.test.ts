import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import type { OmemoVersion } from '../../../src-main/gateways/omemo/ratchet-backend.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { OWNER } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: 'test', from: 'chat' };

async function dedicated(version: OmemoVersion = 'omemo2', ai = scriptedAi()) {
  const server = new ScriptedServer();
  const device = await ownerDevice(server, version);
  const rig = await omemoRig({ server, openAi: ai.openAi });
  await rig.engine.ai.change(rig.bot, { provider: 'ollama', key: '-', model: 'llama3' }, CALLER);
  const heard: string[] = [];
  const hears = (text: string) =>
    until(`"${text}"`, async () => {
      heard.push(...(await rig.heardBy(device)));
      return heard.includes(text);
    });
  return { ...rig, ai, device, heard, hears };
}

describe('the AI of a dedicated bot', () => {
  it.each<OmemoVersion>(['omemo2', 'legacy'])('answers its owner encrypted (%s)', async (version) => {
    const rig = await dedicated(version);
    await rig.device.say('what is it?', 'q1');
    await rig.hears('answer to what is it?');
    const clear = rig.stanzas().filter((stanza) => !stanza.includes('<encrypted'));
    expect(clear.every((stanza) => !stanza.includes('answer to'))).toBe(true);
    expect(rig.server.sent.map(({ stanza }) => stanza).join()).not.toContain('what is it?');
  });

  it('shows its thoughts closed, in front of the answer, or leaves them out', async () => {
    const ai = scriptedAi(() => ({
      text: '**four**',
      reasoning: 'two and two',
      sources: ['https://a.example/'],
    }));
    const rig = await dedicated('omemo2', ai);
    await rig.device.say('2+2?', 'q1');
    await rig.hears('*four*\n\nSources:\n1. https://a.example/');
    const names = rig.device.lastContent().map((one) => one.getName());
    expect(names).toContain('markup');
    expect(rig.heard).toEqual(['two and two', '*four*\n\nSources:\n1. https://a.example/']);
    // What is in it is nobody's on the way.
    expect(rig.stanzas().join()).not.toMatch(/<markup|two and two|four/);

    await rig.engine.store.write((tx) =>
      rig.engine.botSettings.set(tx, rig.bot, 'reasoning', 'drop', CALLER),
    );
    ai.state.answering = () => ({ text: 'five', reasoning: 'hm' });
    await rig.device.say('2+3?', 'q2');
    await rig.hears('five');
    expect(rig.heard).not.toContain('hm');
  });

  it('shows an answer while it is written, as one message that is corrected, encrypted too', async () => {
    const gate = Promise.withResolvers<void>();
    const ai = scriptedAi(async ({ onText }) => {
      onText?.('One ');
      await gate.promise;
      return { text: 'One **two** three' };
    });
    const rig = await dedicated('omemo2', ai);
    await rig.engine.store.write((tx) =>
      rig.engine.botSettings.set(tx, rig.bot, 'ai_streaming', true, CALLER),
    );
    await rig.device.say('count', 'q1');
    const { onText } = await ai.question(1);
    await until('a plan to show it', () => rig.clock.waits.includes(1_000));
    rig.clock.advance(1_000);
    await rig.hears('One\n…');
    for (const piece of ['**two', '** ', 'th', 'ree']) onText?.(piece);
    await until('a plan to correct it', () => rig.clock.waits.some((ms) => ms > 1_000 && ms <= 3_000));
    rig.clock.advance(2_900);
    expect(rig.heard).toEqual(['One\n…']);
    rig.clock.advance(100);
    await rig.hears('One *two* three\n…');
    gate.resolve();
    await rig.hears('One *two* three');
    const replaced = rig
      .stanzas()
      .filter((stanza) => stanza.includes('<body'))
      .map((stanza) => parse(stanza));
    expect(replaced).toHaveLength(3);
    const last = rig.device.lastContent().find((one) => one.getName() === 'replace');
    expect(last?.attrs.id).toBe(replaced[0]?.attrs.id);
  });

  it('does not answer anybody in clear, and says nothing where nobody could read it', async () => {
    const rig = await dedicated();
    rig.server.deliver(
      'bot_ledger_0001@localhost',
      parse(
        `<message xmlns='jabber:client' from='${OWNER}/phone' to='bot_ledger_0001@localhost' id='c1' type='chat'><body>in clear</body></message>`,
      ),
    );
    await rig.settled();
    expect(rig.ai.asked).toEqual([]);
    await rig.device.say('encrypted', 'q1');
    await rig.hears('answer to encrypted');
  });
});
