import { expect, it } from 'vitest';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { message, newestUpdates, selfChat, setScope } from '../../support/self-chat.ts';
import { aBot, signIn, testEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const KEY = 'gsk_abc123mykey-0123456789';

/** A provider that keeps everybody waiting who asks for its models, until `answer`. */
async function start() {
  const engine = await testEngine();
  await signIn(engine);
  const groq = await startAiStub({ provider: 'groq', key: KEY });
  const [model = ''] = groq.models;
  const chat = await selfChat(engine);
  await aBot(engine);
  await setScope(engine, 1, 'direct');
  const held: (() => void)[] = [];
  groq.behaviour.instead = (asked, _request, response) => {
    if (asked.isQuestion) return false;
    held.push(() => response.end(JSON.stringify({ object: 'list', data: [{ id: model }] })));
    return true;
  };
  const setup = `/ki setup groq ${KEY} ${model} ${groq.baseUrl}`;
  return {
    engine,
    groq,
    chat,
    said: (text: string) =>
      until(`"${text}"`, async () => (await chat.answers()).some((one) => one.startsWith(text))),
    updates: (count: number) =>
      until(`${count} updates`, async () => {
        const texts = await newestUpdates(engine);
        return texts.length === count ? texts : undefined;
      }),
    /** Sends the set-up, and resolves when it waits for the provider. */
    async begin() {
      await chat.hear(message({ text: setup, id: 'setup' }));
      await until('the provider to be asked', () => held.length === 1);
    },
    answer() {
      groq.behaviour.instead = undefined;
      for (const one of held) one();
    },
  };
}

it('lets nothing but commands wait for a set-up whose provider is slow', async () => {
  const { chat, begin, updates, answer, said } = await start();
  await begin();

  await chat.hear(message({ text: 'from a friend', id: 'friend', from: 'friend@localhost/phone' }));
  await chat.hear(message({ text: 'for my program', id: 'own' }));

  expect(await updates(2)).toEqual(['from a friend', 'for my program']);
  expect(await chat.answers()).toEqual([]);
  answer();
  await said('AI configured!');
});

it('keeps the order of commands, and of what is typed after one that waits', async () => {
  const { engine, chat, begin, updates, answer, said } = await start();
  await aBot(engine, 'Sun');
  await setScope(engine, 2, 'self');
  await chat.hear(message({ text: '/use 1', id: 'use' }));
  await chat.settled();
  await begin();

  await chat.hear(message({ text: '/ki off', id: 'off' }));
  await chat.hear(message({ text: '/use 2', id: 'use-2' }));
  await chat.hear(message({ text: 'for the second', id: 'text' }));
  await chat.hear(message({ text: 'from a friend', id: 'friend', from: 'friend@localhost/phone' }));
  await until('the friend', async () => (await chat.open()) === 4);
  const before = await chat.answers();
  answer();

  expect(await updates(1)).toEqual(['for the second']);
  await said('What you write here goes to Sun');
  expect(before).toHaveLength(1);
  const answers = (await chat.answers()).slice(1).map((text) => text.split('\n')[0]);
  expect(answers).toEqual(['AI configured!', expect.stringMatching(/off/), expect.stringMatching(/Sun/)]);
  expect(await engine.engine.ai.shown(await engine.engine.bots.find(1))).toMatchObject({ enabled: false });
});

it('answers with the AI what is asked while it is set up', async () => {
  const rig = await aiRig();
  await rig.start();
  await rig.engine.store.write((tx) => rig.engine.ai.setEnabled(tx, rig.bot, false, rig.caller));
  const list = Promise.withResolvers<void>();
  rig.ai.state.models = ['mistral-small'];
  rig.ai.state.listing = list.promise;
  rig.write('/ki setup mistral key-0123456789 mistral-small');
  await until('the provider to be asked', () => rig.ai.state.listed === 2);
  rig.write('Are you there?');
  await until('the question', async () => (await rig.waiting()) === 1);
  const before = rig.texts();
  list.resolve();

  await rig.said('answer to Are you there?');
  expect(before).toEqual([]);
  expect(rig.ai.opened.at(-1)).toMatchObject({ provider: 'mistral' });
});

it('leaves a set-up open whose account signs off, with all that waits for it', async () => {
  const { engine, begin, chat, answer } = await start();
  await begin();
  await chat.hear(message({ text: '/ki status', id: 'status' }));
  await until('both to wait', async () => (await chat.open()) === 2);

  await chat.close();

  expect([await chat.open(), await chat.answers()]).toEqual([2, []]);
  expect((await engine.engine.ai.shown(await engine.engine.bots.find(1))).configured).toBe(false);
  answer();
  const again = await selfChat(engine, chat.clock);
  again.start();
  await again.settled();
  const [first, second] = await again.answers();
  expect([first, second]).toEqual([
    expect.stringContaining('AI configured!'),
    expect.stringContaining('groq'),
  ]);
});
