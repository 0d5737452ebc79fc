import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchDeviceLists } from '../../../src-main/gateways/omemo/device-list-node.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { type ChatClient, chatClient } from '../../support/chat-client.ts';
import { allowAccounts, createDedicated } from '../../support/dedicated-bot.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../../support/engine-process.ts';
import { type OmemoPeer, startOmemoPeer } from '../../support/omemo-peer.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd } from '../../support/servers/servers.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const timeout = 180_000;

describe.skipIf(lacks('server', 'omemo'))('a dedicated bot on the command line', { timeout }, () => {
  let server: Ejabberd;
  let engine: EngineProcess;
  let owner: OmemoPeer;
  let reader: ChatClient;

  beforeAll(async () => {
    server = await startEjabberd();
    await server.register('you', 'you-pw');
    engine = await startEngineProcess(testFolder(afterAll));
    await signInOn(engine, server);
    reader = await chatClient(server, 'you@localhost', 'you-pw', 'reader');
  });
  afterAll(async () => {
    await reader?.close();
    await owner?.close();
    await engine?.stop();
    await server?.kill();
  });

  const doctor = async () => (await engine.cli(['doctor'])).stdout;

  it('is not made before it is said how, is told its address, and is shown with it', async () => {
    const create = ['bot', 'create', 'Weather', '--account', 'you@localhost', '--mode', 'dedicated'];
    expect(await engine.cli(create)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('botmother ejabberd set'),
    });
    await allowAccounts(engine, server);

    const { status, stdout } = await engine.cli(create);

    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^Bot created!\nID: 1\nName: Weather\nMode: dedicated\nJID: bot_weather_[0-9a-f]{4}@localhost\nToken: bm_/,
    );
    const jid = /JID: (\S+)/.exec(stdout)?.[1] ?? '';
    await until('the bot to be listed as online', async () =>
      (await engine.cli(['bot', 'list'])).stdout.includes(`[1] Weather (dedicated, active, online) — ${jid}`),
    );
  });

  it('is looked after by the doctor: its device, and whether its owner has one', async () => {
    await until('the device to be there, and no device of the owner', async () =>
      (await doctor()).includes('knows no OMEMO device of you@localhost: it can say nothing'),
    );
    owner = await startOmemoPeer({ server, jid: 'you@localhost', password: 'you-pw', mode: 'both' });
    const [{ jid: bot = '' } = {}] = (await engine.call<{ bots: { jid: string }[] }>('GET', '/bot/list')).body
      .bots;
    // Two who begin at the same moment may lose a word between clients that keep one session only. The bot tells whoever
    // of its owner is there, which the new device may not be yet; where it was, it has heard before it gets this answer.
    await until('the bot to have told of the device', () =>
      reader.stanzas().some((stanza) => String(stanza.attrs.from).startsWith(bot) && stanza.getChild('body')),
    );
    await owner.devicesOf(bot, { isFresh: true });
    await owner.send(bot, '/info');
    const asked = await owner.waitForMessage(
      ({ text }) => text?.includes('is new: its command waits') === true,
    );
    const [, device = ''] = /botmother omemo trust (\d+) --bot 1/.exec(asked.text ?? '') ?? [];
    expect(await doctor()).toContain(`botmother omemo trust ${device} --bot 1`);
    expect(await engine.cli(['omemo', 'trust', device, '--bot', '1'])).toMatchObject({ status: 0 });
    await owner.waitForMessage(({ text }) => text?.includes('Mode: dedicated') === true);

    await until('the doctor to be content', async () => (await doctor()).includes('is online, with OMEMO'));
    expect(await doctor()).toMatch(
      /^ok {4}Bot Weather \(ID: 1, bot_weather_[0-9a-f]{4}@localhost\) is online, with OMEMO$/m,
    );
    expect((await engine.cli(['omemo', 'list', '--bot', '1'])).stdout).toMatch(
      /^\d+ {2}this device {2}bot_weather.*\n.*\n\d+ {2}\w+ {2}you@localhost/,
    );
  });

  it('is found to have failed when its account is gone, and its removal waits while that cannot be done', async () => {
    const bot = await createDedicated(engine, { name: 'Gone' });
    const [local = ''] = bot.jid.split('@');
    await server.api('unregister', { user: local, host: 'localhost' });
    await engine.cli(['bot', 'deactivate', String(bot.id)]);
    await engine.cli(['bot', 'activate', String(bot.id)]);
    await until('the doctor to find it', async () =>
      /^WRONG Bot Gone \(.*\) cannot sign in: .*\n {6}-> .*botmother bot delete/m.test(await doctor()),
    );

    await engine.call('POST', '/bot/ejabberd/settings', { body: { admin_password: 'not-it' } });
    const deleted = await engine.cli(['bot', 'delete', String(bot.id), '--yes']);

    expect(deleted).toMatchObject({ status: 0, stdout: expect.stringContaining('could not be removed yet') });
    expect(await doctor()).toMatch(
      new RegExp(
        `^WRONG The account ${bot.jid} of a deleted bot could not be removed yet: .*\\n {6}-> It is tried again`,
        'm',
      ),
    );
    await allowAccounts(engine, server);
  });

  it('leaves a device of a person only as long as there is consent', async () => {
    const listed = async () => {
      const { legacy = [], omemo2 = [] } = await fetchDeviceLists(reader.session, bareJid('you@localhost'));
      return [...legacy, ...omemo2].map(({ id }) => id);
    };
    const ownDevice = async () =>
      JSON.parse((await engine.cli(['omemo', 'list', '--account', 'you@localhost', '--json'])).stdout)
        .own as {
        device: number;
      } | null;
    expect(await ownDevice()).toBeNull();

    const consent = async (word: string) =>
      expect(await engine.cli(['account', 'omemo', 'you@localhost', word])).toMatchObject({ status: 0 });
    const given = async () => {
      await consent('on');
      await until('the device to be on both lists', async () => {
        const device = (await ownDevice())?.device;
        return device !== undefined && (await listed()).filter((id) => id === device).length === 2;
      });
      return (await ownDevice())?.device ?? 0;
    };

    const first = await given();
    await consent('off');
    await until('its keys to be forgotten', async () => (await ownDevice()) === null);
    expect(await listed()).not.toContain(first);

    // Taken back while no engine runs: the next one does it.
    const second = await given();
    expect(second).not.toBe(first);
    await engine.stop();
    await consent('off');
    expect(await listed()).toContain(second);
    engine = await startEngineProcess(engine.dataDir);
    await until('its keys to be forgotten', async () => (await ownDevice()) === null);
    expect(await listed()).not.toContain(second);
    expect((await listed()).length).toBeGreaterThan(0);
  });
});
