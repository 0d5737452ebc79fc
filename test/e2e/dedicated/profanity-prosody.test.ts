import { expect, it, onTestFinished } from 'vitest';
import { publishDeviceList } from '../../../src-main/gateways/omemo/device-list-node.ts';
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
    await other.close();
    const owner = await profanityOwner({ server, ...OWNER, atEnd: onTestFinished });
    const engine = await startEngineProcess(testFolder());
    onTestFinished(engine.kill);
    await allowAccounts(engine, server);

    const asked = await createDedicated(engine, { name: 'Asked', owner: OWNER.jid });
    await owner.say(asked, 'Anybody there?');
    await hear(engine, asked, 'Anybody there?');
    await say(engine, asked, OWNER.jid, 'Who is it?');
    await owner.hears(asked, 'Who is it?');
    await owner.say(asked, '/info');
    await owner.hears(asked, /Mode: dedicated/);

    const asking = await createDedicated(engine, { name: 'Asking', owner: OWNER.jid });
    await say(engine, asking, OWNER.jid, 'It is going to rain.');
    await owner.hears(asking, 'It is going to rain.');
    await owner.say(asking, 'And tomorrow?');
    await hear(engine, asking, 'And tomorrow?');

    for (const bot of [asked, asking])
      expect(owner.heard(bot).every(({ isEncrypted }) => isEncrypted)).toBe(true);
  },
  150_000,
);
