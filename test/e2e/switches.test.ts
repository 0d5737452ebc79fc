import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chatClient } from '../support/chat-client.ts';
import { lacks } from '../support/servers/ready.ts';
import { startProsody } from '../support/servers/servers.ts';
import { aBot, testEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const YOU = 'you@localhost';

describe.skipIf(lacks('prosody'))('while bots are switched off', () => {
  it('nothing is executed or handed out, for the account or for all; what was missed comes when they are on', async () => {
    await using server = await startProsody();
    await server.register('you', 'you-pw');
    const engine = await testEngine();
    await engine.engine.start();
    const ca = readFileSync(server.caFile, 'utf8');
    const account = { jid: YOU, password: 'you-pw', service: server.service, ca };
    expect((await engine.call('POST', '/api/v1/accounts', { body: account })).status).toBe(200);
    const { token } = await aBot(engine);
    const you = await chatClient(server, YOU, 'you-pw');
    onTestFinished(() => you.close());
    const all = (isOn: boolean) =>
      engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: isOn } });
    const own = (enabled: boolean) =>
      engine.call('POST', '/bot/account/status', { body: { account: YOU, enabled } });
    const isGone = () => engine.engine.sessions.of(you.session.jid) === undefined;
    const texts = async () => {
      const { body } = await engine.call('GET', '/bot/getUpdates', { token });
      return (body.result as { data: { body: string } }[]).map(({ data }) => data.body);
    };
    const open = async () =>
      (await engine.engine.store.read.selectFrom('inbox').selectAll().execute()).length;

    for (const flip of [all, own]) {
      await flip(false);
      await until('the session to end', isGone);
      await you.say(YOU, `/newbot ${flip.name}`);
      await you.say(YOU, `text ${flip.name}`);
      if (flip === all) {
        const refused = await engine.call('GET', '/bot/getUpdates', { token });
        expect([refused.status, refused.body.error]).toEqual([503, 'disabled']);
      }
      expect(isGone()).toBe(true);
      expect(await open()).toBe(0);
      expect(you.seen(YOU, YOU).some((text) => text.includes(`Name: ${flip.name}`))).toBe(false);
      await flip(true);
      await until('the missed command', () =>
        you.seen(YOU, YOU).some((text) => text.includes(`Name: ${flip.name}`)),
      );
    }

    // The texts were typed after a command that made a newer bot.
    const names = (await engine.engine.bots.list()).map(({ name }) => name);
    expect(names).toEqual(['Weather', 'all', 'own']);
    expect(await texts()).toEqual([]);
    const tokens = await Promise.all(
      (await engine.engine.bots.list()).map(({ id }) => engine.engine.tokens.of(id)),
    );
    for (const [index, name] of ['all', 'own'].entries()) {
      const { body } = await until('the missed text', async () => {
        const found = await engine.call('GET', '/bot/getUpdates', { token: tokens[index + 1] ?? '' });
        return (found.body.result as unknown[]).length > 0 && found;
      });
      expect(body.result).toMatchObject([{ data: { body: `text ${name}` } }]);
    }
  }, 60_000);
});
