import { join } from 'node:path';
import { expect, it } from 'vitest';
import { textsOf } from '../../support/dedicated-bot.ts';
import { dedicatedStage } from '../../support/dedicated-stage.ts';
import { signInOn } from '../../support/engine-process.ts';
import { profanityOwner } from '../../support/owner-clients.ts';
import { curl } from '../../support/public-api.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';

const missing = (): never => {
  throw new Error('there is no owner');
};

it.skipIf(lacks('server', 'client', 'omemo'))(
  'the operator manages the server from an encrypted chat with a bot, in profanity',
  { timeout: 180_000 },
  async ({ onTestFinished }) => {
    const server = await startEjabberd();
    onTestFinished(() => server[Symbol.asyncDispose]());
    const stage = await dedicatedStage(server, [profanityOwner], onTestFinished);
    await stage.newBots();
    const [{ owner, bot } = missing()] = stage.pairs;
    const { engine } = stage;
    const ca = join(engine.dataDir, 'api-tls', 'server.crt');
    const isReached = async (scheme: 'http' | 'https') =>
      (await curl(`${scheme}://localhost:${engine.port}/health`, scheme === 'https' ? { ca } : {})).status ===
      200;

    await owner.say(bot, '/help');
    await owner.hears(bot, /^Weather\n[\s\S]*3\. \/api \[page\] - HTTP API and webhook documentation/);
    await owner.say(bot, '3');
    await owner.hears(bot, new RegExp(`Base URL: http://localhost:${engine.port}/bot/`));
    await owner.say(bot, '/api server');
    await owner.hears(bot, /^Only the operator/);
    await signInOn(engine, server, { jid: owner.jid });
    await owner.say(bot, '/api server status');
    await owner.hears(bot, /State of the API server[\s\S]*Mode: local/);

    await owner.say(bot, '/api server network');
    await owner.hears(bot, /To do it: \/api server network yes/);
    expect(await isReached('http')).toBe(true);
    await owner.say(bot, '/api server network yes');
    const { text } = await owner.hears(bot, /^Done\.[\s\S]*Mode: network/);
    expect([await isReached('https'), await isReached('http')]).toEqual([true, false]);
    const { stdout } = await engine.cli(['server', 'status']);
    expect(stdout).toContain(/SHA-256: (\S+)/.exec(text)?.[1]);

    await owner.say(bot, '/api server lokal');
    await owner.hears(bot, /^Done\.[\s\S]*Mode: local/);
    expect([await isReached('https'), await isReached('http')]).toEqual([false, true]);
    expect(owner.heard(bot).filter(({ isEncrypted }) => !isEncrypted)).toEqual([]);
    expect(await textsOf(engine, bot)).toEqual([]);
  },
);
