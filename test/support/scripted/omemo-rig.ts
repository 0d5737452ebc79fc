import { randomBytes } from 'node:crypto';
import { parse } from 'ltx';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { type SecretBox, secretBox } from '../../../src-main/base/secret-box.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import type { EngineDeps } from '../../../src-main/engine/engine-deps.ts';
import { legacyBackend } from '../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import type { OmemoVersion } from '../../../src-main/gateways/omemo/ratchet-backend.ts';
import { DEVICES_NODE } from '../../../src-main/gateways/omemo/wire-names.ts';
import { type Account, accountRepository } from '../../../src-main/store/account-repository.ts';
import type { Bot } from '../../../src-main/store/bot-repository.ts';
import { updateRepository } from '../../../src-main/store/update-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { ManualClock } from '../manual-clock.ts';
import { testFolder } from '../test-folder.ts';
import { until } from '../until.ts';
import { BOT, insertBot, OWNER, scriptedEngine } from './scripted-bot.ts';
import { type ScriptedDevice, scriptedDevice } from './scripted-device.ts';
import { ScriptedServer } from './scripted-server.ts';

export interface OmemoRig {
  dataDir: string;
  box: SecretBox;
  clock: ManualClock;
  server: ScriptedServer;
  engine: Engine;
  bot: Bot;
  account: Account;
  /** What was asked for over the line, as `items NODE of JID`, since the start. */
  asked: string[];
  /** A device of the owner, or of somebody else, that talks to the bot. */
  device(version?: OmemoVersion, options?: { jid?: string; isListed?: boolean }): Promise<ScriptedDevice>;
  /** Tells the bot of the owner's list as it is on the server now. */
  announce(version: OmemoVersion): void;
  /** Waits until nothing lies between two units. */
  settled(): Promise<void>;
  /** The texts that wait for the bot's program. */
  updates(): Promise<string[]>;
  /** Sends a message as the bot's program; resolves when it has left. */
  send(text: string): Promise<string>;
  /** What the bot has sent to its owner. */
  stanzas(): string[];
  /** The texts among these that a device reads and has not read before. */
  heardBy(device: ScriptedDevice): Promise<string[]>;
  online(): Promise<void>;
  stop(): Promise<void>;
}

/** An engine with one dedicated bot, whose server is in memory and whose time stands still until it is told to go on. */
export async function omemoRig({
  server = new ScriptedServer(),
  dataDir = testFolder(),
  box = secretBox(randomBytes(32)),
  clock = new ManualClock(Date.now()),
  prepare = async (_: ScriptedServer): Promise<void> => undefined,
  openAi = undefined as EngineDeps['openAi'] | undefined,
  logger = silentLogger,
} = {}): Promise<OmemoRig> {
  await prepare(server);
  const asked: string[] = [];
  const line = {
    connect: (jid: string, deliver: (stanza: string) => Promise<void>) => server.connect(jid, deliver),
    disconnect: (jid: string) => server.disconnect(jid),
    async request(jid: string, text: string) {
      const iq = parse(text);
      const what = iq.getChildElements()[0]?.getChildElements()[0];
      asked.push(`${what?.name} ${what?.attrs.node} of ${iq.attrs.to ?? jid}`);
      return server.answer(jid, text);
    },
    send: async (jid: string, stanza: string) => server.take(jid, stanza),
  };
  const engine = await scriptedEngine({ dataDir, box, line, clock, logger, ...(openAi && { openAi }) });
  const stop = () => engine.stop();
  onTestFinished(stop);
  const rows = accountRepository(engine.store, box, LOCAL_TENANT);
  const [known] = await engine.bots.list(bareJid(OWNER));
  const bot = known ?? (await insertBot(engine, box));
  const account = await rows.ofBot(bot.id);
  if (!account) throw new Error('the bot has no account');
  const backends = { legacy: await legacyBackend(), omemo2: omemo2Backend() };
  const heard = new Map<ScriptedDevice, Set<string>>();
  const online = async () => {
    await until('the bot to be online', () => engine.sessions.stateOf(account.jid) === 'online');
    await engine.omemo.published(account.id);
  };
  await engine.start();
  await online();

  const stanzas = () =>
    server.sent.filter(({ from, to }) => from === BOT && to === OWNER).map(({ stanza }) => stanza);
  return {
    dataDir,
    box,
    clock,
    server,
    engine,
    bot,
    account,
    asked,
    device: async (version = 'omemo2', { jid = OWNER, isListed = true } = {}) =>
      scriptedDevice(server, backends[version], { jid, bot: BOT, isListed }),
    announce(version) {
      const payload = server.item(OWNER, DEVICES_NODE[version]);
      server.tell(
        BOT,
        `<message from='${OWNER}' to='${BOT}/engine'><event xmlns='http://jabber.org/protocol/pubsub#event'>` +
          `<items node='${DEVICES_NODE[version]}'><item id='current'>${payload}</item></items></event></message>`,
      );
    },
    async settled() {
      await until('the inbox to be empty', async () => {
        return server.isAllHandled(BOT) && (await engine.inbox.count(account.id)) === 0;
      });
      // What was answered is stored by then, and leaves after the commit.
      await until('the outbox to be empty', async () => {
        const isOnline = engine.sessions.stateOf(account.jid) === 'online';
        return !isOnline || (await engine.outbox.waiting(account.id, 0, 1)).length === 0;
      });
    },
    async updates() {
      const page = await updateRepository(engine.store, box).page(bot.id, { after: 0, limit: 1_000 });
      return page.map(({ data }) => String((JSON.parse(data) as { body: string }).body));
    },
    async send(text) {
      const id = await engine.outgoing.messages.send(await engine.bots.find(bot.id), { to: OWNER, text });
      await until('the message to leave', () => stanzas().some((one) => one.includes(id)));
      return id;
    },
    stanzas,
    async heardBy(device) {
      const texts: string[] = [];
      const known = heard.get(device) ?? new Set<string>();
      heard.set(device, known);
      for (const stanza of stanzas()) {
        // As clients do: what was not acknowledged comes again, under the same id and with the same bytes.
        if (known.has(stanza)) continue;
        known.add(stanza);
        const text = device.isMeant(stanza) ? await device.read(stanza) : undefined;
        if (text !== undefined) texts.push(text);
      }
      return texts;
    },
    online,
    stop,
  };
}

/** A device of the owner that was there before the bot was. */
export async function ownerDevice(
  server: ScriptedServer,
  version: OmemoVersion = 'omemo2',
): Promise<ScriptedDevice> {
  const backend = version === 'legacy' ? await legacyBackend() : omemo2Backend();
  return scriptedDevice(server, backend, { jid: OWNER, bot: BOT });
}
