import { expect, it } from 'vitest';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { menuChat } from '../../support/menu-chat.ts';
import { signIn, testEngine } from '../../support/test-engine.ts';

const KEY = 'gsk_abc123mykey-0123456789';
const MODEL = 'llama-3.3-70b-versatile';
const REFUSED = 'The provider does not accept this key. Check it, or give another: /ki token KEY';

it('says that the provider does not take a key as soon as it is given, keeps it, and refuses nothing', async () => {
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
  groq.behaviour.listStatus = 200;
  expect(await type(`/ki token ${KEY}`)).not.toContain(REFUSED);
  // Nobody knows while it cannot be reached.
  groq.close();
  expect(await type('/ki token gsk_unknown_0123456789')).not.toContain(REFUSED);
});
