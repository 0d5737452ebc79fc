import { expect, it } from 'vitest';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { dedicatedStage } from '../../support/dedicated-stage.ts';
import { profanityOwner } from '../../support/owner-clients.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';

const missing = (): never => {
  throw new Error('there is no owner');
};
const KEY = 'gsk_abc123mykey-0123456789';
const MODEL = 'llama-3.3-70b-versatile';

it.skipIf(lacks('server', 'client', 'omemo'))(
  'the owner sets the AI of a dedicated bot up in profanity, asks it, and is answered encrypted',
  { timeout: 180_000 },
  async ({ onTestFinished }) => {
    const groq = await startAiStub({ provider: 'groq', key: KEY, models: [MODEL], atEnd: onTestFinished });
    groq.always(({ question }) => ({ text: question.includes('France') ? 'It is Paris.' : 'Sunny.' }));
    const server = await startEjabberd();
    onTestFinished(() => server[Symbol.asyncDispose]());
    const stage = await dedicatedStage(server, [profanityOwner], onTestFinished);
    await stage.newBots();
    const [{ owner, bot } = missing()] = stage.pairs;

    await owner.say(bot, `/ki setup groq ${KEY} ${MODEL} ${groq.baseUrl}`);
    await owner.hears(
      bot,
      /^AI configured!\nProvider: groq\nModel: llama-3\.3-70b-versatile\nAI is now active\./,
    );
    await owner.say(bot, 'What is the capital of France?');
    await owner.hears(bot, 'It is Paris.');
    await owner.say(bot, '/ki ask And the weather there?');
    await owner.hears(bot, 'Sunny.');

    expect(groq.questions().map(({ turns }) => turns)).toEqual([
      ['user: What is the capital of France?'],
      ['user: What is the capital of France?', 'assistant: It is Paris.', 'user: And the weather there?'],
    ]);
    await owner.say(bot, '/ki off');
    await owner.hears(bot, /^AI is off\./);
    expect(owner.heard(bot).filter(({ isEncrypted }) => !isEncrypted)).toEqual([]);
    expect(stage.engine.log()).not.toMatch(/France|Paris|gsk_abc123/);
  },
);
