import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src-main/gateways/ai/provider.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

describe('the AI of a personal bot', () => {
  it('answers in the chat with oneself, with what was said before', async () => {
    const rig = await aiRig();
    await rig.start();
    rig.write('one');
    await rig.said('answer to one');
    rig.write('two');
    await rig.said('answer to two');

    expect(rig.ai.asked[1]).toMatchObject({
      model: 'llama',
      system: 'You are a helpful assistant.',
      turns: [
        { role: 'user', text: 'one' },
        { role: 'assistant', text: 'answer to one' },
        { role: 'user', text: 'two' },
      ],
    });
    expect(rig.ai.opened.at(-1)).toMatchObject({ provider: 'groq', apiKey: 'gsk_0123456789', baseUrl: '' });
    const [call] = (await rig.engine.ai.usage(rig.bot, 1)).calls;
    expect(call).toMatchObject({ provider: 'groq', source: 'chat', outcome: 'answered', request_id: 'req' });
    expect(await rig.waiting()).toBe(0);
  });

  it('marks what it says, which nobody answers, and shows that it writes', async () => {
    const rig = await aiRig();
    await rig.start();
    rig.write('hello');
    await rig.said('answer to hello');
    await until('the end of writing', () => rig.states().at(-1) === 'active');

    expect(rig.states()).toEqual(['composing', 'active']);
    const answer = rig.sent().find((stanza) => stanza.getChildText('body') === 'answer to hello');
    expect(answer?.getChild('generated', 'urn:botmother:0')).toBeDefined();
    rig.write('/help', { more: `<generated xmlns='urn:botmother:0'/>`, id: 'other-engine' });
    rig.write('a question of an engine', { more: `<generated xmlns='urn:botmother:0'/>`, id: 'other' });
    rig.write('last');
    await rig.said('answer to last');
    expect(rig.ai.questions()).toEqual(['hello', 'last']);
  });

  it('keeps 20 turns, beginning with the person, and its program hears of all of it', async () => {
    const rig = await aiRig();
    await rig.set('ai_per_minute', 600);
    await rig.start();
    for (let at = 0; at < 14; at += 1) {
      rig.write(`q${at}`);
      await rig.said(`answer to q${at}`);
    }
    const turns = rig.ai.asked.at(-1)?.turns ?? [];
    expect([turns.length, turns[0]]).toEqual([21, { role: 'user', text: 'q3' }]);
    expect((await rig.engine.updates.counts(rig.bot.id)).waiting).toBe(14);
  });

  it('says one useful sentence where it fails, not twice in a row, and keeps no failure', async () => {
    const ai = scriptedAi(() => {
      throw new ProviderError('key', 'SECRET WORDS');
    });
    const rig = await aiRig({ ai });
    await rig.start();
    const words = 'The AI does not accept the key. Check it, or give a new one: /ki setup';
    rig.write('one');
    await rig.said(words);
    rig.write('two');
    await ai.question(2);
    ai.state.answering = () => 'well';
    rig.write('three');
    await rig.said('well');

    expect(rig.texts().filter((text) => text === words)).toHaveLength(1);
    expect(rig.ai.asked.at(-1)?.turns).toEqual([{ role: 'user', text: 'three' }]);
    const { calls } = await rig.engine.ai.usage(rig.bot, 1);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['answered', 'key', 'key']);
  });

  it('says it again once the set-up has changed', async () => {
    const ai = scriptedAi(() => {
      throw new ProviderError('key', 'no');
    });
    const rig = await aiRig({ ai });
    await rig.start();
    const said = () => rig.texts().filter((text) => text.startsWith('The AI does not accept the key'));
    rig.write('one');
    await until('the trouble', () => said().length === 1);
    await rig.engine.ai.change(rig.bot, { key: 'another-wrong-one' }, rig.caller);
    rig.write('two');
    await until('the trouble with the new key', () => said().length === 2);
  });

  it('goes on without the oldest of a conversation that is too long for the model', async () => {
    const most = 7;
    const ai = scriptedAi((request) => {
      if (request.turns.length > most) throw new ProviderError('too-long', 'too long');
      return `answer to ${request.turns.at(-1)?.text}`;
    });
    const rig = await aiRig({ ai });
    await rig.set('ai_per_minute', 600);
    await rig.start();
    for (let at = 0; at < 6; at += 1) {
      rig.write(`q${at}`);
      await rig.said(`answer to q${at}`);
    }
    const turns = ai.asked.at(-1)?.turns.map(({ text }) => text);
    expect(turns).toEqual([2, 3, 4].flatMap((at) => [`q${at}`, `answer to q${at}`]).concat('q5'));
    // Four times with all of it, once with half of it, then with what was kept.
    expect(ai.asked.map((request) => request.turns.length)).toEqual([1, 3, 5, 7, 9, 5, 7]);
  });

  it('says that an empty answer is one', async () => {
    const rig = await aiRig({ ai: scriptedAi(() => ' \u0000 ') });
    await rig.start();
    rig.write('hello');
    await rig.said('The AI answered with nothing. Ask again, or in other words.');
  });

  it('answers one after the other, and says when there are too many', async () => {
    const gate = Promise.withResolvers<void>();
    const ai = scriptedAi(async (request) => {
      await gate.promise;
      return `re: ${request.turns.at(-1)?.text}`;
    });
    const rig = await aiRig({ ai });
    await rig.set('ai_per_minute', 600);
    await rig.start();
    for (let at = 0; at < 8; at += 1) rig.write(`q${at}`);
    await rig.said('There are 5 questions waiting already. Wait for their answers, or end them: /ki stop');
    await rig.handled();
    expect(ai.asked).toHaveLength(1);
    gate.resolve();
    await rig.said('re: q5');
    expect(rig.texts().filter((text) => text.startsWith('re:'))).toEqual(
      [0, 1, 2, 3, 4, 5].map((at) => `re: q${at}`),
    );
    expect(ai.state.most).toBe(1);
  });

  it('ends at once when it is stopped, with all that waits', async () => {
    const ai = scriptedAi(() => new Promise<string>(() => undefined));
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('one');
    rig.write('two');
    await ai.question(1);
    await rig.handled();
    expect(await rig.engine.ai.stop(rig.bot, YOU)).toBe(2);
    await until('the end of writing', () => rig.states().at(-1) === 'active');
    expect([rig.texts(), ai.asked.length, await rig.waiting()]).toEqual([[], 1, 0]);
    ai.state.answering = () => 'here';
    rig.write('three');
    await rig.said('here');
  });

  it('is not asked by commands, old texts, corrections and files, nor while it is off', async () => {
    const rig = await aiRig();
    await rig.start();
    rig.write('/unknown thing');
    rig.write('corrected', { more: `<replace xmlns='urn:xmpp:message-correct:0' id='m0'/>` });
    const stamp = new Date(rig.clock.now() - 11 * 60_000).toISOString();
    rig.write('old', { more: `<delay xmlns='urn:xmpp:delay' from='localhost' stamp='${stamp}'/>` });
    rig.write('https://localhost/file.png', {
      more: `<x xmlns='jabber:x:oob'><url>https://localhost/file.png</url></x>`,
    });
    rig.write('asked');
    await rig.said('answer to asked');
    await rig.engine.store.write((tx) => rig.engine.ai.setEnabled(tx, rig.bot, false, rig.caller));
    rig.write('off');
    await rig.handled();
    await rig.engine.store.write((tx) => rig.engine.ai.setEnabled(tx, rig.bot, true, rig.caller));
    rig.write('on');
    await rig.said('answer to on');
    expect(rig.ai.questions()).toEqual(['asked', 'on']);
    // Off forgets.
    expect(rig.ai.asked.at(-1)?.turns).toHaveLength(1);
  });
});
