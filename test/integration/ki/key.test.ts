import { expect, it } from 'vitest';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { menuChat } from '../../support/menu-chat.ts';
import { signIn, testEngine } from '../../support/test-engine.ts';

const KEY = 'gsk_abc123mykey-0123456789';
const MODEL = 'llama-3.3-70b-versatile';
const REFUSED = 'The provider does not accept this key. Check it, or give another: /ki token KEY';

it('says as soon as a key is given that the provider does not take it or is busy, keeps it, and refuses nothing', async () => {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const { jid } = await aDedicatedBot(engine);
  const { type } = await menuChat(engine, jid);
  const groq = await startAiStub({ provider: 'groq', key: KEY, models: [MODEL] });

  const wrong = await type(`/ki setup groq gsk_wrong_key_0123456789 ${MODEL} ${groq.baseUrl}`);
  expect(wrong).toContain(`AI is now active.\n${REFUSED}`);
  expect(wrong).not.toContain('gsk_wrong_key');
  expect(await type('/ki token gsk_another_0123456789')).toContain(REFUSED);
  groq.behaviour.listStatus = 403;
  expect(await type(`/ki token ${KEY}`)).toContain('does not serve the country, region or network');
  groq.behaviour.instead = (_asked, _request, response) => {
    response.writeHead(503, { 'retry-after': '30' }).end();
    return true;
  };
  expect(await type(`/ki token ${KEY}`)).toContain('The AI is overloaded at the moment.');
  groq.behaviour.instead = undefined;
  groq.behaviour.listStatus = 200;
  expect(await type(`/ki token ${KEY}`)).not.toContain(REFUSED);
});

it('keeps a provider that is off now, and says that it could not be reached', async () => {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const { jid } = await aDedicatedBot(engine);
  const { type } = await menuChat(engine, jid);
  const ollama = await startAiStub({ provider: 'ollama', key: '', models: ['llama3'] });
  ollama.close();
  const why = '(Ollama) could not be reached just now: nothing listens there (connection refused).';

  const said = await type(`/ki setup ollama - llama3 ${ollama.baseUrl}`);

  expect(said).toContain(`AI is now active.\nThe provider ${why} Try again later: /ki test`);
  expect(await type('/ki model other')).toContain(why);
  expect(await type('/ki token some-key-0123456789')).toContain(why);
  expect(await type('/ki status')).toContain('Model: other');
});
