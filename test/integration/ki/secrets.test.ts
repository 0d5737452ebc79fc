import { expect, it } from 'vitest';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { menuChat } from '../../support/menu-chat.ts';
import { signIn, testEngine } from '../../support/test-engine.ts';

const KEY = 'gsk_abc123mykey-0123456789';
/** Of a provider whose keys begin with nothing of their own. */
const PLAIN_KEY = 'q7RtY2uIoPaSdFgHjKlZxCvBnM012345';

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const { id, jid } = await aDedicatedBot(engine);
  const groq = await startAiStub({ provider: 'groq', key: KEY, models: ['llama-a'] });
  const chat = await menuChat(engine, jid);
  const { ai, bots } = engine.engine;
  return { ...chat, groq, shown: async () => ai.shown(await bots.find(id)) };
}

it.each([
  ['before the provider', `/ki setup ${KEY} groq llama-a`],
  ['behind the model', `/ki setup groq llama-a ${KEY}`],
  ['alone behind setup', `/ki setup ${KEY}`],
  ['without the word for it', `/ki ${KEY}`],
  ['as a provider', `/ki provider ${KEY}`],
  ['as a model', `/ki model ${KEY}`],
  ['as an address', `/ki url ${KEY}`],
])('takes back a key that stands %s, says none of it again, and changes nothing', async (_where, line) => {
  const { type, menu, shown, groq } = await start();
  await type(`/ki setup groq ${KEY} llama-a ${groq.baseUrl}`);
  const before = await shown();

  const said = await type(line);

  expect(said).not.toContain('abc123');
  expect(said).not.toBe('');
  expect(menu.holdsSecret(line)).toBe(true);
  expect(await shown()).toEqual(before);
});

it('says nothing again that is as long as a key', async () => {
  const { type } = await start();
  for (const line of [`/ki ${PLAIN_KEY}`, `/ki setup ${PLAIN_KEY} x y`, `/ki url ${PLAIN_KEY}`])
    expect(await type(line)).not.toContain(PLAIN_KEY.slice(4));
});

it('takes nothing back that holds no key', async () => {
  const { menu } = await start();
  const lines = [
    '/ki setup ollama - llama3',
    '/ki model llama-3.3-70b-versatile',
    '/ki url http://localhost:1/v1',
  ];
  for (const line of [...lines, '/ki nonsense with more words', '/ki provider groq'])
    expect([line, menu.holdsSecret(line)]).toEqual([line, false]);
});
