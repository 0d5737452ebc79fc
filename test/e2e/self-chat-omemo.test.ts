import { describe, expect, it, onTestFinished } from 'vitest';
import { xml } from '../../src-main/gateways/xmpp/element.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { type OmemoPeer, type OmemoPeerOptions, startOmemoPeer } from '../support/omemo-peer.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../support/servers/servers.ts';
import { type NewAccount, newAccount, shared } from '../support/shared-server.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const timeout = 150_000;
const servers = [
  { name: 'ejabberd', start: shared(startEjabberd), needs: ['server', 'omemo'] as const },
  { name: 'Prosody', start: shared(startProsody), needs: ['prosody', 'omemo'] as const },
];
const modes = ['old', 'new', 'both'] as const;
type Mode = (typeof modes)[number];

interface Update {
  update_id: number;
  data: { body: string; encrypted?: true };
}

async function engineFor(server: XmppServer, you: NewAccount, dataDir = testFolder()) {
  const engine = await startEngineProcess(dataDir);
  onTestFinished(engine.kill);
  await signInOn(engine, server, { ...you, omemo: true });
  return engine;
}
/** A client of the owner that knows the engine's device. */
async function clientOf(
  server: XmppServer,
  you: NewAccount,
  { mode, resource }: Pick<OmemoPeerOptions, 'mode' | 'resource'>,
  others = 1,
): Promise<OmemoPeer> {
  const client = await startOmemoPeer({ server, ...you, mode, ...(resource && { resource }) });
  const version = mode === 'old' ? 'old' : 'new';
  await until('the other devices to be published', async () => {
    const listed = await client.publishedDevices(you.jid, version);
    return listed.filter((id) => id !== client.device).length >= others;
  });
  return client;
}
/** What a client can read, by words in it. */
const readBy = (client: OmemoPeer, words: RegExp) =>
  client.messages().filter(({ kind, text }) => kind === 'encrypted' && words.test(text ?? ''));
const troubleOf = (client: OmemoPeer) => client.messages().filter(({ text }) => /decrypted/.test(text ?? ''));
const tokenOf = async (engine: EngineProcess) =>
  (await engine.call<{ bots: { token: string }[] }>('GET', '/bot/list')).body.bots.at(-1)?.token ?? '';
const updatesOf = async (engine: EngineProcess, token: string) =>
  (await engine.call('GET', '/bot/getUpdates', { token })).body.result as Update[];

describe.each(servers)('the encrypted self-chat on $name', { timeout }, ({ start, needs }) => {
  it.skipIf(lacks(...needs)).each(modes)('works with clients that know %s', async (mode: Mode) => {
    const server = await start();
    const you = await newAccount(server);
    const engine = await engineFor(server, you);
    const phone = await clientOf(server, you, { mode, resource: 'phone' });
    const tablet = await clientOf(server, you, { mode, resource: 'tablet' }, 2);
    const both = [phone, tablet];
    const bothRead = (words: RegExp) =>
      until(String(words), () => both.every((client) => readBy(client, words).length > 0));

    await phone.send(you.jid, '/newbot Weather');
    await bothRead(/Name: Weather/);
    await tablet.send(you.jid, '/mybots');
    await bothRead(/Your bots:/);
    await phone.request(xml('iq', { type: 'set' }, xml('disable', { xmlns: 'urn:xmpp:carbons:2' })));
    await phone.send(you.jid, '/newbot Sun');
    await bothRead(/Name: Sun/);
    await phone.sendPlain(you.jid, '/status');
    await bothRead(/Bots: 2 of/);
    const token = await tokenOf(engine);
    await tablet.send(you.jid, 'for the bot');
    await until('the update', async () => (await updatesOf(engine, token)).length > 0);

    await engine.stop();
    await phone.send(you.jid, 'while you were away');
    await phone.send(you.jid, '/use 1');
    const again = await startEngineProcess(engine.dataDir);
    onTestFinished(again.kill);
    await bothRead(/goes to Weather/);
    await phone.send(you.jid, '/help');
    await bothRead(/Botmother - your bots/);

    const updates = await updatesOf(again, token);
    expect(updates.map(({ data }) => [data.body, data.encrypted])).toEqual([
      ['for the bot', true],
      ['while you were away', true],
    ]);
    for (const client of both) {
      for (const words of [/Name: Weather/, /Your bots:/, /Name: Sun/, /Bots: 2 of/, /goes to Weather/])
        expect([words, readBy(client, words).map(({ kind }) => kind)]).toEqual([words, ['encrypted']]);
      expect(troubleOf(client)).toEqual([]);
    }
  });
});
