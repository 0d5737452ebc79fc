import { describe, expect, it } from 'vitest';
import { allowAccounts, createDedicated, hear, say } from '../../support/dedicated-bot.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { startOmemoPeer } from '../../support/omemo-peer.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { testFolder } from '../../support/test-folder.ts';

const timeout = 120_000;

describe.skipIf(lacks('server', 'omemo'))('a dedicated bot made over HTTP', { timeout }, () => {
  it.each(['old', 'new', 'both'] as const)(
    'talks OMEMO both ways with a client that knows %s',
    async (mode) => {
      await using server = await startEjabberd();
      await server.register('you', 'you-pw');
      const owner = await startOmemoPeer({ server, jid: 'you@localhost', password: 'you-pw', mode });
      const engine = await startEngineProcess(testFolder());
      try {
        await allowAccounts(engine, server);
        const bot = await createDedicated(engine);
        expect(bot.jid).toMatch(/^bot_weather_[0-9a-f]{4}@localhost$/);

        await say(engine, bot, 'you@localhost', 'It is going to rain.');
        await owner.waitForMessage('It is going to rain.');

        await owner.send(bot.jid, 'And tomorrow?');
        expect(await hear(engine, bot)).toEqual(['And tomorrow?']);

        await owner.send(bot.jid, '/info');
        const info = await owner.waitForMessage(({ text }) => text?.includes('Mode: dedicated') === true);
        expect(info.kind).toBe('encrypted');
      } finally {
        console.log(
          engine
            .log()
            .split('\n')
            .filter((l) => !l.includes('"level":20'))
            .join('\n'),
        );
        await engine.stop();
      }
    },
  );
});
