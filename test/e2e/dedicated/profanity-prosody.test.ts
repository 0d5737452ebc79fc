import { expect, it, onTestFinished } from 'vitest';
import { fetchDeviceLists, publishDeviceList } from '../../../src-main/gateways/omemo/device-list-node.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { chatClient } from '../../support/chat-client.ts';
import {
  allowAccounts,
  createDedicated,
  hear,
  say,
  startProsodyForBots,
} from '../../support/dedicated-bot.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { profanityOwner } from '../../support/owner-clients.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const OWNER = { jid: 'you@localhost', password: 'you-pw' };

it.skipIf(lacks('prosody', 'client', 'omemo'))(
  'profanity on Prosody and dedicated bots read each other, whoever writes first',
  async () => {
    const server = await startProsodyForBots();
    onTestFinished(() => server[Symbol.asyncDispose]());
    await server.register('you', OWNER.password);
    // Profanity 0.13 publishes no device on Prosody until there is a list: Prosody's answer names no sender.
    const other = await chatClient(server, OWNER.jid, OWNER.password, 'other');
    await publishDeviceList(other.session, 'legacy', []);
    onTestFinished(() => other.close());
    const owner = await profanityOwner({ server, ...OWNER, atEnd: onTestFinished });
    const engine = await startEngineProcess(testFolder());
    onTestFinished(engine.kill);
    await allowAccounts(engine, server);

    const aBot = async (name: string) => {
      const bot = await createDedicated(engine, { name, owner: OWNER.jid });
      await until('its device to be published', async () => {
        const lists = await fetchDeviceLists(other.session, bareJid(bot.jid)).catch(() => undefined);
        return (lists?.legacy ?? []).length > 0;
      });
      return bot;
    };

    const asked = await aBot('Asked');
    await owner.say(asked, 'Anybody there?');
    await hear(engine, asked, 'Anybody there?');
    await say(engine, asked, OWNER.jid, 'Who is it?');
    await owner.hears(asked, 'Who is it?');
    await owner.say(asked, '/info');
    await owner.hears(asked, /Mode: dedicated/);

    const asking = await aBot('Asking');
    await say(engine, asking, OWNER.jid, 'It is going to rain.');
    await owner.hears(asking, 'It is going to rain.');
    await owner.say(asking, 'And tomorrow?');
    await hear(engine, asking, 'And tomorrow?');

    for (const bot of [asked, asking])
      expect(owner.heard(bot).every(({ isEncrypted }) => isEncrypted)).toBe(true);
  },
  150_000,
);
