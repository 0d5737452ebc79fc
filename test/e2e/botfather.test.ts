import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import xml from '@xmpp/xml';
import { parse } from 'ltx';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type AdHocAsk, commandXml, readShown } from '../support/ad-hoc-client.ts';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { startProfanity } from '../support/servers/profanity.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const ITEMS = 'http://jabber.org/protocol/disco#items';
const COMMANDS = 'http://jabber.org/protocol/commands';
const NAMES =
  'help newbot mybots deletebot token showtoken revoke activate deactivate setcommands setdescription status use scope info ki telegram api clear omemo';

/** The engine's resource, as the account's other clients see it. */
const engineJid = (client: ChatClient) =>
  until('the resource of the engine', () => client.resources().find((jid) => jid.includes('/botmother-')));
const run = async (client: ChatClient, to: string, request: AdHocAsk) =>
  readShown(await client.request(xml('iq', { type: 'set', to }, parse(commandXml(request)))));

describe.skipIf(lacks('server', 'client'))('the Botfather on ejabberd', () => {
  let server: Awaited<ReturnType<typeof startEjabberd>>;
  let engine: EngineProcess;
  let you: ChatClient;
  const dataDir = mkdtempSync(join(tmpdir(), 'botmother-botfather-'));

  beforeAll(async () => {
    server = await startEjabberd();
    await server.register('you', 'you-pw');
    await server.register('evil', 'evil-pw');
    engine = await startEngineProcess(dataDir);
    await signInOn(engine, server);
    you = await chatClient(server, 'you@localhost', 'you-pw');
  });
  afterAll(async () => {
    await you?.close();
    await engine?.stop();
    await server?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Types a line to oneself and resolves with what the engine answers. */
  async function type(line: string): Promise<string> {
    const sent = new Set<string>();
    const answers = () => {
      const ids = you.ids();
      return you.bodies().filter((_, index) => !sent.has(ids[index] ?? ''));
    };
    for (const id of you.ids()) sent.add(id);
    const id = crypto.randomUUID();
    sent.add(id);
    await you.say('you@localhost', line, id);
    return until(`the answer to ${line}`, () => answers()[0]);
  }

  const bots = async () => (await engine.call<{ bots: { id: number }[] }>('GET', '/bot/list')).body.bots;

  it('answers every command, in English', async () => {
    const token = /Token: (bm_[0-9a-f]{64})/.exec(await type('/newbot Weather'))?.[1] ?? '';
    const lines = [
      ['/start', 'Commands:'],
      ['/help', 'Examples:'],
      ['/mybots', 'Your bots:\n[1] Weather (personal, active)'],
      ['/showtoken 1', `Token for Weather (ID: 1):\n${token}`],
      ['/token 1', '(Old token is now invalid)'],
      ['/setcommands 1 /weather - Report, for today, /time - Time', 'Commands set: 2'],
      ['/setdescription 1 Tells the weather', 'Description updated'],
      ['/use 1', 'goes to Weather'],
      ['/scope 1 direct', 'Scope: direct'],
      ['/status', 'Account: you@localhost (online)\nBots: 1 of 20, active: 1'],
      ['/status 1', 'Commands: /weather, /time'],
      ['/deactivate 1', 'deactivated'],
      ['/activate 1', 'activated'],
      ['/revoke 1', 'Token revoked. Bot "Weather" is now disabled.'],
      ['/deletebot 1', 'To do it: /deletebot 1 yes'],
      ['/deletebot 1 yes', 'Bot "Weather" (ID: 1) deleted.'],
      ['/delete 1', 'Did you mean /deletebot?'],
    ] as const;
    for (const [line, words] of lines)
      expect([line, await type(line)]).toEqual([line, expect.stringContaining(words)]);
    expect(await bots()).toEqual([]);
  });

  it('answers every command, in German', async () => {
    await engine.cli(['settings', 'set', 'language', 'de']);
    const lines = [
      ['/newbot Wetter', 'Bot erstellt!\nID: 2\nName: Wetter\nModus: personal\nToken: bm_'],
      ['/start', 'Befehle:'],
      ['/help', 'Beispiele:'],
      ['/mybots', 'Deine Bots:\n[2] Wetter (personal, aktiv)'],
      ['/showtoken 2', 'Token für Wetter (ID: 2):\nbm_'],
      ['/token 2', '(Das alte Token gilt nicht mehr)'],
      ['/setcommands 2 /wetter - Bericht', 'Anzahl Befehle: 1'],
      ['/setdescription 2 Sagt das Wetter an', 'Beschreibung aktualisiert'],
      ['/use 2', 'geht jetzt an Wetter'],
      ['/scope 2 all', 'Scope: all'],
      ['/status', 'Konto: you@localhost (online)'],
      ['/status 2', 'Befehle: /wetter'],
      ['/deactivate 2', 'deaktiviert'],
      ['/activate 2', 'aktiviert'],
      ['/revoke 2', 'Token widerrufen'],
      ['/deletebot 2', 'Wenn ja, schreib: /deletebot 2 ja'],
      ['/deletebot 2 ja', 'gelöscht'],
      ['/token 99', 'Es gibt keinen Bot mit der ID 99.'],
    ] as const;
    for (const [line, words] of lines)
      expect([line, await type(line)]).toEqual([line, expect.stringContaining(words)]);
    const menu = await run(you, await engineJid(you), { node: 'mybots' });
    expect(menu.note).toContain('Du hast noch keine Bots');
    await engine.cli(['settings', 'set', 'language', 'en']);
  });

  it('offers its commands as a menu to another client of the account, and to nobody else', async () => {
    const jid = await engineJid(you);
    const query = () => xml('iq', { type: 'get', to: jid }, xml('query', { xmlns: ITEMS, node: COMMANDS }));

    const list = await you.request(query());
    const items = list.getChild('query')?.getChildren('item') ?? [];
    expect(items.map(({ attrs }) => attrs.node)).toEqual(NAMES.split(' '));
    expect(items.every(({ attrs }) => attrs.jid === jid)).toBe(true);

    const form = await run(you, jid, { node: 'newbot', action: 'execute' });
    const made = await run(you, jid, { node: 'newbot', sessionid: form.id, values: { name: 'From a menu' } });
    expect(made).toMatchObject({ status: 'completed', note: expect.stringContaining('Name: From a menu\n') });
    const [bot] = await bots();
    const asked = await run(you, jid, { node: 'deletebot', values: { id: String(bot?.id) } });
    expect(asked.actions).toEqual(['prev', 'complete']);
    await run(you, jid, { node: 'deletebot', sessionid: asked.id, action: 'cancel' });
    expect(await bots()).toHaveLength(1);

    const evil = await chatClient(server, 'evil@localhost', 'evil-pw');
    try {
      await expect(evil.request(query())).rejects.toMatchObject({ condition: 'forbidden' });
      await expect(run(evil, jid, { node: 'newbot', values: { name: 'Evil' } })).rejects.toMatchObject({
        condition: 'forbidden',
      });
    } finally {
      await evil.close();
    }
    expect(await bots()).toHaveLength(1);
  });

  it('can be used from the menus of profanity', async () => {
    const jid = await engineJid(you);
    await using profanity = await startProfanity({ server, jid: 'you@localhost', password: 'you-pw' });
    // Until it has heard what the server can do, it says that it can nothing.
    await until('the commands to be listed', async () => {
      await profanity.type(`/cmd list ${jid}`);
      const listed = profanity.waitForScreen(/Ad hoc commands:[\s\S]*setdescription/, 3_000);
      return listed.catch(() => undefined);
    });

    await profanity.type(`/cmd exec newbot ${jid}`);
    await profanity.waitForScreen(/\[field1\] Name of the new bot \(required\)/);
    await profanity.type('/field1 Typed');
    await profanity.type('/form submit');
    await profanity.type('/win 1');
    const [, id = ''] = await profanity.waitForScreen(/newbot completed[\s\S]*ID: (\d+)\s+Name: Typed/);

    await profanity.type(`/cmd exec deletebot ${jid}`);
    await profanity.waitForScreen(/\[field1\] Bot \(required\)/);
    await profanity.type(`/field1 ${id}`);
    await profanity.type('/form submit');
    await profanity.waitForScreen(/\[field1\] Yes, do it/);
    await profanity.type('/field1 on');
    await profanity.type('/form submit');
    await profanity.type('/win 1');
    await profanity.waitForScreen(/Bot "Typed" \(ID: \d+\) deleted\./);
    expect((await bots()).map((bot) => String(bot.id))).not.toContain(id);
  });
});

describe.skipIf(lacks('prosody'))('the Botfather on Prosody', () => {
  it('offers its commands as a menu to another client of the account, and to nobody else', async () => {
    await using server = await startProsody();
    await server.register('you', 'you-pw');
    await server.register('evil', 'evil-pw');
    const dataDir = testFolder();
    const engine = await startEngineProcess(dataDir);
    onTestFinished(engine.kill);
    await signInOn(engine, server);
    const you = await chatClient(server, 'you@localhost', 'you-pw');
    onTestFinished(() => you.close());
    const evil = await chatClient(server, 'evil@localhost', 'evil-pw');
    onTestFinished(() => evil.close());
    const to = await engineJid(you);

    expect(await run(you, to, { node: 'newbot', values: { name: 'Weather' } })).toMatchObject({
      status: 'completed',
      note: expect.stringContaining('ID: 1\n'),
    });
    await expect(run(evil, to, { node: 'deletebot', values: { id: '1' } })).rejects.toMatchObject({
      condition: 'forbidden',
    });
    expect(await run(you, to, { node: 'mybots' })).toMatchObject({
      note: 'Your bots:\n[1] Weather (personal, active)',
    });
  });
});
