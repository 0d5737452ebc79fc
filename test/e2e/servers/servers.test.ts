import { describe, expect, it, onTestFinished } from 'vitest';
import { chatClient } from '../../support/chat-client.ts';
import { startProfanity } from '../../support/servers/profanity.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd, startProsody } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const servers = [
  { name: 'ejabberd', start: startEjabberd, needs: ['server', 'client'] as const },
  { name: 'Prosody', start: startProsody, needs: ['prosody', 'client'] as const },
];

describe.each(servers)('a real $name', ({ start, needs }) => {
  it.skipIf(lacks(...needs))('carries a message that a real client sends to itself', async () => {
    await using server = await start();
    await server.register('anna', 'first-secret');
    await server.register('bert', 'second-secret');
    await using anna = await startProfanity({ server, jid: 'anna@localhost', password: 'first-secret' });

    const words = `-- "Grüße", said 日本 & 'me': ${'a long text '.repeat(30)}end;`;

    await anna.type('/msg anna@localhost');
    await anna.type(words);

    const logged = await anna.waitForMessage(({ text }) => text === words);
    expect(logged).toMatchObject({ from: 'anna@localhost', to: 'anna@localhost', encryption: 'none' });
    expect(await server.hasAccount('bert')).toBe(true);
  });

  it.skipIf(lacks(...needs))(
    'keeps accounts over a restart, and forgets the ones that are removed',
    async () => {
      await using server = await start({ domains: ['one.test', 'two.test'] });
      await server.register('anna', 'secret', 'two.test');
      await server.stop();
      await server.restart();

      const before = await server.hasAccount('anna', 'two.test');
      await server.unregister('anna', 'two.test');
      const after = await server.hasAccount('anna', 'two.test');

      expect({ before, after }).toEqual({ before: true, after: false });
      await expect(server.hasAccount('anna', 'one.test')).resolves.toBe(false);
    },
  );
});

describe.skipIf(lacks('server', 'client'))('the log of profanity', () => {
  it('lacks nothing, however often it is read meanwhile', async () => {
    await using server = await startEjabberd();
    await server.register('anna', 'first-secret');
    await server.register('bert', 'second-secret');
    await using anna = await startProfanity({ server, jid: 'anna@localhost', password: 'first-secret' });
    const bert = await chatClient(server, 'bert@localhost', 'second-secret');
    onTestFinished(() => bert.close());
    const texts = Array.from({ length: 40 }, (_, index) => `message ${index}`);
    const logged = () => anna.messages().map(({ text }) => text);
    const sent = (async () => {
      for (const text of texts) {
        await bert.say('anna@localhost', text);
        // Its own moment for each one.
        for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      }
      return true;
    })();
    let isSent = false;
    void sent.then(() => {
      isSent = true;
    });

    while (!isSent) {
      logged();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until('the last one', () => logged().includes('message 39'));

    expect(logged().filter((text) => text.startsWith('message'))).toEqual(texts);
  });
});

describe.skipIf(lacks('server'))('the admin API of ejabberd', () => {
  it('lets the provisioner manage accounts and nothing else', async () => {
    await using server = await startEjabberd();
    const call = (command: string, args: object) =>
      fetch(`${server.apiUrl}/${command}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${server.provisionerJid}:${server.provisionerPassword}`)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(args),
      });

    const registered = await call('register', {
      user: 'bot',
      host: 'localhost',
      password: 'long-and-random',
    });
    const stopped = await call('stop', {});

    expect([registered.status, stopped.status]).toEqual([200, 403]);
  });
});
