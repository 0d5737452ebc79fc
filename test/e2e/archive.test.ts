import { describe, expect, it, onTestFinished } from 'vitest';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { signInOn, startEngineProcess } from '../support/engine-process.ts';
import { lastUpdateId } from '../support/registry.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

// More than one page of the archive, in which each message to oneself stands twice.
const MISSED = Array.from({ length: 60 }, (_, index) => `missed ${index}`);

async function say(you: ChatClient, texts: readonly string[]): Promise<void> {
  for (const text of texts) await you.say('you@localhost', text);
}

describe.skipIf(lacks('server', 'prosody')).each([
  ['ejabberd', startEjabberd],
  ['Prosody', startProsody],
] as const)('an engine that was away from %s', (_name, startServer) => {
  it('hears from the archive what it missed, once and in order, and nothing from before its first sign-in', async () => {
    await using server = await startServer();
    await server.register('you', 'you-pw');
    const dataDir = testFolder();
    const you = await chatClient(server, 'you@localhost', 'you-pw');
    onTestFinished(() => you.close());
    await say(you, ['before the first sign-in']);
    const engine = await startEngineProcess(dataDir);
    onTestFinished(engine.kill);
    await signInOn(engine, server);
    const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Reader', account: 'you@localhost' },
    });
    await say(you, ['while it is there']);
    await until('the first update', () => lastUpdateId(dataDir) === 2);

    await engine.kill();
    await say(you, MISSED);
    const again = await startEngineProcess(dataDir);
    onTestFinished(again.kill);
    await until('the archive to be read', () => lastUpdateId(dataDir) >= 2 * (MISSED.length + 1), 40_000);
    await say(you, ['after']);
    await until('the last update', () => lastUpdateId(dataDir) >= 2 * (MISSED.length + 2));

    const { body } = await again.call('GET', '/bot/getUpdates', { token: bot.token });
    const texts = (body.result as { data: { body: string } }[]).map(({ data }) => data.body);
    expect(texts).toEqual(['while it is there', ...MISSED, 'after']);
  }, 90_000);
});
