import { expect, it } from 'vitest';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { message, selfChat } from '../../support/self-chat.ts';
import { aBot, signIn, testEngine } from '../../support/test-engine.ts';
import { typedChat } from '../../support/typed-chat.ts';
import { until } from '../../support/until.ts';

const KEY = 'gsk_abc123mykey-0123456789';

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  const groq = await startAiStub({ provider: 'groq', key: KEY });
  const [model = ''] = groq.models;
  return { engine, groq, setup: `/ki setup groq ${KEY} ${model} ${groq.baseUrl}` };
}

it('is about the bot that is selected', async () => {
  const { engine, setup } = await start();
  const { type } = await typedChat(engine);
  expect(await type('/ki')).toContain('No bot is selected.');
  await aBot(engine, 'Rain');
  await aBot(engine, 'Sun');
  expect(await type(setup)).toContain('AI configured!');
  expect(await type('/ki')).toContain('AI of Sun');
  expect(await type('/help')).toContain('AI of Sun: active (groq / ');
  expect(await type('/info')).toContain('AI: active (groq / ');
  await type('/use 1');
  expect(await type('/ki')).toContain('AI of Rain');
  expect(await type('/info')).toContain('AI: not set up');
});

it('takes the message with the key back, also when it is refused', async () => {
  const { engine, setup } = await start();
  const { chat } = { chat: await selfChat(engine) };
  await aBot(engine);
  const retracted = async () =>
    (await chat.stanzas()).flatMap((stanza) => /<retract [^>]*id="([^"]+)"/.exec(stanza)?.[1] ?? []);

  await chat.hear(message({ text: setup, id: 'with-key' }));
  await chat.settled();
  await chat.hear(message({ text: `/ki setup grok ${KEY} x`, id: 'refused' }));
  await chat.settled();
  await chat.hear(message({ text: '/ki model', id: 'open' }));
  await chat.settled();

  expect(await retracted()).toEqual(['with-key', 'refused']);
  expect((await chat.stanzas()).join('\n')).not.toContain(KEY);
});

it('does not let what is typed after it wait for a slow provider', async () => {
  const { engine, groq, setup } = await start();
  const chat = await selfChat(engine);
  await aBot(engine);
  await chat.hear(message({ text: setup, id: 'setup' }));
  await chat.settled();
  const never = Promise.withResolvers<void>();
  groq.next({ after: never.promise });

  await chat.hear(message({ text: '/ki test', id: 'test' }));
  await groq.question(1);
  await chat.hear(message({ text: '/mybots', id: 'list' }));
  await until('the list', async () => (await chat.answers()).some((text) => text.startsWith('Your bots:')));
  const before = await chat.answers();
  never.resolve();
  await chat.settled();

  expect(before.filter((text) => text.startsWith('It works'))).toEqual([]);
  expect((await chat.answers()).filter((text) => text.startsWith('It works'))).toHaveLength(1);
});

it('does not let what is typed after it wait for a list of models', async () => {
  const { engine, groq, setup } = await start();
  const chat = await selfChat(engine);
  await aBot(engine);
  // None is known yet.
  groq.behaviour.listStatus = 404;
  await chat.hear(message({ text: setup, id: 'setup' }));
  await chat.settled();
  groq.behaviour.listStatus = 200;
  const { promise, resolve } = Promise.withResolvers<() => void>();
  groq.behaviour.instead = (_asked, _request, response) => {
    resolve(() => response.end(JSON.stringify({ object: 'list', data: [{ id: 'llama-late' }] })));
    return true;
  };

  await chat.hear(message({ text: '/ki model', id: 'models' }));
  const answer = await promise;
  await chat.hear(message({ text: '/mybots', id: 'list' }));
  await until('the list', async () => (await chat.answers()).some((text) => text.startsWith('Your bots:')));
  const before = await chat.answers();
  answer();
  await chat.settled();

  expect(before.some((text) => text.includes('llama-late'))).toBe(false);
  expect((await chat.answers()).some((text) => text.includes('1. /ki model llama-late'))).toBe(true);
});

it('leaves a slow command open that was not answered, and answers it at the next start', async () => {
  const { engine, groq, setup } = await start();
  const chat = await selfChat(engine);
  await aBot(engine);
  await chat.hear(message({ text: setup, id: 'setup' }));
  await chat.settled();
  const never = Promise.withResolvers<void>();
  groq.next({ after: never.promise });
  await chat.hear(message({ text: '/ki test', id: 'test' }));
  await groq.question(1);

  await chat.close();
  expect(await chat.open()).toBe(1);
  groq.always({ text: 'At last.' });
  const again = await selfChat(engine, chat.clock);
  again.start();
  await again.settled();

  expect((await again.answers()).filter((text) => text.endsWith('At last.'))).toHaveLength(1);
  never.resolve();
});
