import { beforeAll, describe, expect, it } from 'vitest';
import { atEndOfSuite } from '../../support/at-end.ts';
import { startProsodyForBots } from '../../support/dedicated-bot.ts';
import { type DedicatedStage, dedicatedStage } from '../../support/dedicated-stage.ts';
import { PEER_MODES, peerOwner, profanityOwner } from '../../support/owner-clients.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const peers = PEER_MODES.map((mode) => (place: Parameters<typeof peerOwner>[1]) => peerOwner(mode, place));
const servers = [
  {
    name: 'ejabberd',
    start: () => startEjabberd(),
    owners: [...peers, profanityOwner],
    needs: ['server', 'client', 'omemo'] as const,
  },
  { name: 'Prosody', start: startProsodyForBots, owners: peers, needs: ['prosody', 'omemo'] as const },
];
const timeout = 120_000;

// One story: each test goes on where the one before ended.
describe.each(servers)('dedicated bots on $name', { timeout }, ({ start, owners, needs }) => {
  const isMissing = lacks(...needs);
  const atEnd = atEndOfSuite();
  let stage: DedicatedStage;

  beforeAll(async () => {
    if (isMissing) return;
    const server = await start();
    atEnd(async () => server[Symbol.asyncDispose]());
    stage = await dedicatedStage(server, owners, atEnd);
  }, timeout);

  it.skipIf(isMissing)('are written to first by their owners', async () => {
    await stage.newBots();
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      expect(bot.jid).toMatch(/^bot_weather_[0-9a-f]{4}@localhost$/);
      await owner.say(bot, 'Anybody there?');
      await stage.hear(pair, 'Anybody there?');
      await stage.say(pair, 'Who is it?');
      await owner.hears(bot, 'Who is it?');
    });
  });

  it.skipIf(isMissing)('write first, and answer their menu', async () => {
    await stage.newBots();
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      await stage.say(pair, 'It is going to rain.');
      await owner.hears(bot, 'It is going to rain.');
      await owner.say(bot, 'And tomorrow?');
      await stage.hear(pair, 'And tomorrow?');
      await owner.say(bot, '/info');
      await owner.hears(bot, /Mode: dedicated/);
    });
  });

  it.skipIf(isMissing)('send what their owners find when they are back', async () => {
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      await owner.goOffline();
      await stage.say(pair, 'While you were away.');
      await owner.goOnline();
      await owner.hears(bot, 'While you were away.');
      await owner.say(bot, 'I am back.');
      await stage.hear(pair, 'I am back.');
    });
  });

  it.skipIf(isMissing).each(['stopped', 'killed'] as const)(
    'get what was written while the engine was %s, once, and go on in their sessions',
    async (how) => {
      const devices = await stage.each(stage.deviceOf);
      if (how === 'stopped') await stage.stop();
      else await stage.kill();
      await stage.each(async ({ owner, bot }) => {
        await owner.say(bot, `First while ${how}.`);
        await owner.say(bot, '/help');
        await owner.say(bot, `Second while ${how}.`);
      });
      await stage.start();

      await stage.each(async (pair) => {
        await stage.hear(pair, `Second while ${how}.`);
        await stage.say(pair, `Back after being ${how}.`);
        await pair.owner.hears(pair.bot, `Back after being ${how}.`);
        await pair.owner.say(pair.bot, `Good that you are not ${how}.`);
        await stage.hear(pair, `Good that you are not ${how}.`);
        const texts = (await stage.texts(pair)).filter((text) => text.endsWith(`while ${how}.`));
        expect(texts).toEqual([`First while ${how}.`, `Second while ${how}.`]);
      });
      expect(await stage.each(stage.deviceOf)).toEqual(devices);
    },
  );

  it.skipIf(isMissing)('have said nothing in clear, and lost nothing', async () => {
    await stage.each(async ({ owner, bot }) => {
      const isHelp = ({ text }: { text: string }) => text.split('\n')[0] === 'Weather';
      await until('both answers to /help', () => owner.heard(bot).filter(isHelp).length >= 2);
      const heard = owner.heard(bot);
      expect(heard.filter(({ isEncrypted }) => !isEncrypted)).toEqual([]);
      expect(heard.filter(isHelp)).toHaveLength(2);
      const others = heard.filter((one) => !isHelp(one)).map(({ text }) => text.split('\n')[0]);
      expect(new Set(others).size).toBe(others.length);
    });
  });
});
