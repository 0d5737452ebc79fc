import { expect, it, onTestFinished } from 'vitest';
import { readRetraction } from '../../src-main/gateways/xmpp/xep-0424-retraction.ts';
import { startAiStub } from '../support/ai/ai-stub.ts';
import { chatClient } from '../support/chat-client.ts';
import { signInOn, startEngineProcess } from '../support/engine-process.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const YOU = 'you@localhost';
const KEY = 'gsk_abc123mykey-0123456789';

it.skipIf(lacks('server'))(
  'a personal bot answers with its AI in the chat with oneself, and the key is taken back',
  { timeout: 120_000 },
  async () => {
    await using server = await startEjabberd();
    await server.register('you', 'you-pw');
    const groq = await startAiStub({ provider: 'groq', key: KEY });
    groq.always({ text: 'It is Paris.' });
    const engine = await startEngineProcess(testFolder());
    onTestFinished(engine.kill);
    await signInOn(engine, server);
    const you = await chatClient(server, YOU, 'you-pw', 'phone');
    onTestFinished(() => you.close());
    const hears = (words: RegExp) =>
      until(String(words), () => you.seen(YOU, YOU).find((text) => words.test(text)));

    await you.say(YOU, '/newbot Weather');
    await hears(/^Bot created!/);
    await you.say(YOU, `/ki setup groq ${KEY} ${groq.models[0]} ${groq.baseUrl}`, 'with-key');
    const said = await hears(/^AI configured!/);
    expect(said).not.toContain(KEY);
    const retractions = () => you.stanzas().flatMap((stanza) => readRetraction(stanza)?.id ?? []);
    await until('the key to be taken back', () => retractions().includes('with-key'));
    await you.say(YOU, 'What is the capital of France?');
    await hears(/^It is Paris\.$/);

    expect(groq.questions()).toMatchObject([{ question: 'What is the capital of France?', key: KEY }]);
    expect(retractions()).toEqual(['with-key']);
    expect(engine.log()).not.toMatch(/France|Paris|gsk_abc123/);
  },
);
