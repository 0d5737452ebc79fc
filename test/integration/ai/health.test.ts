import { expect, it } from 'vitest';
import { ProviderError } from '../../../src-main/gateways/ai/provider.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { until } from '../../support/until.ts';

it('health tells of an AI that did not answer, until it does', async () => {
  const answers = [() => Promise.reject(new ProviderError('key', 'no such key')), async () => 'here I am'];
  const rig = await aiRig({ ai: scriptedAi(() => (answers.shift() ?? (async () => 'again'))()) });
  await rig.start();
  const found = async () => {
    const { findings } = await rig.engine.health.report('en', { tellsUsersApart: true });
    return findings.filter(({ code }) => code.startsWith('ai.'));
  };
  expect(await found()).toEqual([]);

  rig.write('hello');
  await until('the trouble to be noted', async () => (await found()).length > 0);
  expect(await found()).toMatchObject([
    {
      level: 'error',
      code: 'ai.key',
      title: 'The AI of bot Helper (ID: 1) does not answer: groq does not take its key',
      fix: { cli: 'Give it another key: botmother ai setup 1 groq llama', action: 'bot-ai' },
      bot_id: 1,
    },
  ]);

  rig.write('hello again');
  await rig.said('here I am');
  await until('it to be well', async () => (await found())[0]?.code === 'ai.answers');
  await rig.engine.store.write((tx) => rig.engine.ai.setEnabled(tx, rig.bot, false, rig.caller));
  expect(await found()).toEqual([]);
});
