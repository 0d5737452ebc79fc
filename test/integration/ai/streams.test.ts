import { describe, expect, it } from 'vitest';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

/** An answer that is shown while it is written, and never ends by itself. */
async function streaming() {
  const ai = scriptedAi(({ onText }) => {
    onText?.('One **two**');
    return new Promise<string>(() => undefined);
  });
  const rig = await aiRig({ ai });
  await rig.set('ai_streaming', true);
  await rig.start();
  rig.write('count');
  await ai.question(1);
  await until('a plan to show it', () => rig.clock.waits.includes(1_000));
  rig.clock.advance(1_000);
  await rig.said('One *two*\n…');
  /** The text of each message with those that correct it, by the message that they correct. */
  const messages = () =>
    Object.values(
      Object.groupBy(
        rig.sent().filter((stanza) => stanza.getChild('body')),
        (stanza) => String(stanza.getChild('replace')?.attrs.id ?? stanza.attrs.id),
      ),
    ).map((all = []) => all.map((stanza) => stanza.getChildText('body')));
  const isOver = async () => {
    await until('it to be ended', () => ai.state.under === 0);
    await until('the question to be gone', async () => (await rig.waiting()) === 0);
    await until('the end of writing', () => rig.states().at(-1) === 'active');
  };
  return { ...rig, messages, isOver };
}

describe('an answer that is shown while it is written', () => {
  it('stays as far as it came when it is stopped, and is no part of the conversation', async () => {
    const rig = await streaming();
    rig.ai.asked[0]?.onText?.(' three');
    await rig.engine.ai.stop(rig.bot, YOU);
    await rig.isOver();
    await rig.said('One *two* three');
    // Nothing comes after that.
    rig.ai.asked[0]?.onText?.(' four');
    rig.clock.advance(10_000);
    rig.ai.state.answering = () => 'well';
    rig.write('again');
    await rig.said('well');
    expect(rig.messages()).toEqual([['One *two*\n…', 'One *two* three'], ['well']]);
    expect(rig.ai.asked.at(-1)?.turns).toHaveLength(1);
  });

  it('stays as far as it came when it breaks off, and what went wrong is said below', async () => {
    const rig = await streaming();
    rig.clock.advance(60_000);
    await rig.isOver();
    await until('both', () => rig.messages().length === 2);
    expect(rig.messages()).toEqual([
      ['One *two*\n…', 'One *two*'],
      [expect.stringMatching(/^The AI has not answered within 60 s/)],
    ]);
  });

  it.each(['switched off', 'deleted'])('ends when its bot is %s', async (how) => {
    const rig = await streaming();
    await rig.engine.store.write((tx) =>
      how === 'deleted'
        ? rig.engine.bots.delete(tx, rig.bot, rig.caller)
        : rig.engine.bots.setActive(tx, rig.bot, false, rig.caller),
    );
    await until('it to be ended', () => rig.ai.state.under === 0);
    await until('the end of writing', () => rig.states().at(-1) === 'active');
    rig.clock.advance(10_000);
    await rig.engine.store.write(async () => undefined);
    expect(rig.messages()).toHaveLength(1);
  });

  it('ends when the AI is switched off', async () => {
    const rig = await streaming();
    await rig.engine.store.write((tx) => rig.engine.ai.setEnabled(tx, rig.bot, false, rig.caller));
    await rig.isOver();
    await rig.said('One *two*');
    expect(rig.messages()).toEqual([['One *two*\n…', 'One *two*']]);
  });

  it('is corrected on, as the same message, when its account was away', async () => {
    const rig = await streaming();
    await rig.engine.accounts.setEnabled(rig.account.jid, false, rig.caller);
    await until('it to be ended', () => rig.ai.state.under === 0);
    rig.ai.state.answering = () => 'One two three';
    await rig.engine.accounts.setEnabled(rig.account.jid, true, rig.caller);
    await rig.said('One two three');
    expect(rig.messages()).toEqual([['One *two*\n…', 'One two three']]);
  });
});
