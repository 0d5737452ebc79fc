import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src-main/base/clock.ts';
import { type Element, xml } from '../../src-main/gateways/xmpp/element.ts';
import { NS_CLIENT } from '../../src-main/gateways/xmpp/namespaces.ts';
import { joinRoom } from '../../src-main/gateways/xmpp/xep-0045-joined-room.ts';
import { configureRoom } from '../../src-main/gateways/xmpp/xep-0045-muc.ts';
import { forwarded } from '../../src-main/gateways/xmpp/xep-0297-forwarding.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { resourceOf, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const YOU = 'you@localhost';
const NS_CARBONS = 'urn:xmpp:carbons:2';

const servers = [
  ['ejabberd', startEjabberd],
  ['Prosody', startProsody],
] as const;

async function client(server: XmppServer, jid: string, resource: string): Promise<ChatClient> {
  const found = await chatClient(server, jid, `${jid.split('@')[0]}-pw`, resource);
  onTestFinished(() => found.close());
  return found;
}

async function engineOn(server: XmppServer, dataDir = testFolder()) {
  const engine = await startEngineProcess(dataDir);
  onTestFinished(engine.kill);
  await signInOn(engine, server);
  return engine;
}
type Engine = Awaited<ReturnType<typeof engineOn>>;

const answers = (you: ChatClient, pattern: RegExp) => you.seen(YOU, YOU).filter((text) => pattern.test(text));
const botsOf = async (engine: Engine) =>
  (await engine.call<{ bots: { name: string; token: string }[] }>('GET', '/bot/list')).body.bots;
const textsOf = async (engine: Engine, token: string) => {
  const { body } = await engine.call('GET', '/bot/getUpdates', { token });
  return (body.result as { data: { body: string } }[]).map(({ data }) => data.body);
};
const typed = (text: string, attributes: Record<string, string>, ...more: Element[]) =>
  xml('message', { type: 'chat', ...attributes }, xml('body', {}, text), ...more);

describe.skipIf(lacks('server', 'prosody')).each(servers)('the self-chat on %s', (_name, startServer) => {
  it('obeys its owner alone: no friend, no forger, no room, no correction', async () => {
    await using server = await startServer();
    for (const name of ['you', 'friend']) await server.register(name, `${name}-pw`);
    const engine = await engineOn(server);
    const [you, friend] = [await client(server, YOU, 'phone'), await client(server, 'friend@localhost', 'x')];
    const engineJid = `${YOU}/${resourceOf(engine.dataDir)}`;
    const evil = '/newbot Evil';
    const inner = () =>
      typed(evil, { xmlns: NS_CLIENT, from: `${YOU}/phone`, to: YOU, id: crypto.randomUUID() });
    const room = bareJid('tea@conference.localhost');
    const hers = await joinRoom({ session: you.session, clock: systemClock }, { room, nickname: 'you' });
    await configureRoom(you.session, { room, fields: { 'muc#roomconfig_membersonly': false } });
    const his = await joinRoom({ session: friend.session, clock: systemClock }, { room, nickname: 'friend' });

    for (const to of [YOU, engineJid]) {
      await friend.send(typed(evil, { to, id: crypto.randomUUID() }));
      for (const direction of ['sent', 'received']) {
        const carbon = xml(direction, { xmlns: NS_CARBONS }, forwarded(inner()));
        await friend.send(xml('message', { to, type: 'chat' }, carbon));
      }
      const result = xml('result', { xmlns: 'urn:xmpp:mam:2', id: 'a1' }, forwarded(inner(), Date.now()));
      await friend.send(xml('message', { to }, result));
      await friend.send(typed(evil, { to, type: 'groupchat' }));
      await friend.send(typed(evil, { to, type: 'headline' }));
    }
    for (const one of [friend, you]) await one.send(typed(evil, { to: room, type: 'groupchat' }));
    await you.say('friend@localhost', evil);
    await you.say(YOU, 'a text', 't1');
    await you.send(
      typed(evil, { to: YOU, id: 't2' }, xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id: 't1' })),
    );
    await you.send(typed(evil, { to: YOU, id: 't3' }, xml('reply', { xmlns: 'urn:xmpp:reply:0', id: 't1' })));
    await you.send(typed(evil, { to: YOU, id: 't4' }, xml('generated', { xmlns: 'urn:botmother:0' })));
    await you.say(YOU, '/mybots');
    await until('the answer', () => answers(you, /no bots yet/).length > 0);

    expect(await botsOf(engine)).toEqual([]);
    expect(answers(you, /Bot created/)).toEqual([]);
    expect([hers.isJoined, his.isJoined]).toEqual([true, true]);
  }, 90_000);

  it('answers each command once, whichever client typed it, with and without carbons, at any priority', async () => {
    await using server = await startServer();
    await server.register('you', 'you-pw');
    const engine = await engineOn(server);
    const [phone, tablet] = [await client(server, YOU, 'phone'), await client(server, YOU, 'tablet')];
    const all = (pattern: RegExp) => [phone, tablet].map((one) => answers(one, pattern).length);
    const bothHave = (what: RegExp) => until(String(what), () => all(what).every((count) => count === 1));
    const priority = (one: ChatClient, value: number) =>
      one.send(xml('presence', {}, xml('priority', {}, String(value))));

    await phone.say(YOU, '/newbot First');
    await bothHave(/Name: First/);
    await tablet.session.request(xml('iq', { type: 'set' }, xml('disable', { xmlns: NS_CARBONS })));
    await tablet.say(YOU, '/newbot Second');
    await bothHave(/Name: Second/);
    await phone.say(`${YOU}/${resourceOf(engine.dataDir)}`, '/newbot Third');
    await until('the third', () => answers(phone, /Name: Third/).length === 1);
    await priority(phone, 5);
    await phone.say(YOU, '/newbot Fourth');
    await until('the fourth', () => answers(phone, /Name: Fourth/).length === 1);
    await priority(phone, -1);
    await phone.say(YOU, '/newbot Fifth');
    await until('the fifth', () => answers(phone, /Name: Fifth/).length === 1);
    await phone.say(YOU, '/mybots');
    await until('the list', () => answers(phone, /Your bots/).length === 1);

    const names = (await botsOf(engine)).map(({ name }) => name);
    expect(names).toEqual(['First', 'Second', 'Third', 'Fourth', 'Fifth']);
    for (const name of names) expect(answers(phone, new RegExp(`Name: ${name}`))).toHaveLength(1);
  }, 90_000);

  it('has one engine that acts: another one takes over when it is gone, and gives the turn back', async () => {
    await using server = await startServer({ settings: { resumeSeconds: 5 } });
    await server.register('you', 'you-pw');
    const both = await Promise.all([engineOn(server), engineOn(server)]);
    const [first, second] = both.toSorted((a, b) => (resourceOf(a.dataDir) < resourceOf(b.dataDir) ? -1 : 1));
    if (!first || !second) throw new Error('two engines were started');
    const you = await client(server, YOU, 'phone');
    /** How often an engine gave way to another one. */
    const turns = (engine: Engine) => engine.log().split('this engine stands by').length;
    const names = async (engine: Engine) => (await botsOf(engine)).map(({ name }) => name);

    await you.say(YOU, '/newbot One');
    await until('the first answer', () => answers(you, /Name: One/).length > 0);
    await you.say(YOU, 'for the first');
    const one = (await botsOf(first))[0]?.token ?? '';
    await until('the first update', async () => (await textsOf(first, one)).length === 1);
    const before = [await names(first), await names(second)];
    const elsewhere = `another Botmother acts for it: ${YOU}/${resourceOf(first.dataDir)}`;
    const doctor = async ({ cli }: Engine) => (await cli(['doctor'])).stdout;
    await until('the second one to know that', async () => (await doctor(second)).includes(elsewhere));
    expect(await doctor(first)).toContain(`${YOU} is online\n`);

    await first.kill();
    await you.say(YOU, '/newbot Two');
    await until('the second answer', () => answers(you, /Name: Two/).length > 0, 40_000);
    await you.say(YOU, 'for the second');
    const two = (await botsOf(second))[0]?.token ?? '';
    await until('the second update', async () => (await textsOf(second, two)).includes('for the second'));
    const during = await names(second);

    const turnsBefore = turns(second);
    const again = await startEngineProcess(first.dataDir);
    onTestFinished(again.kill);
    await until('the second engine to give way', () => turns(second) > turnsBefore, 40_000);
    await you.say(YOU, '/newbot Three');
    await until('the third answer', () => answers(you, /Name: Three/).length > 0, 40_000);
    await you.say(YOU, 'for the first again');
    const three = (await botsOf(again)).at(-1)?.token ?? '';
    await until('the last update', async () => (await textsOf(again, three)).length > 0);

    expect(before).toEqual([['One'], []]);
    expect(during).toEqual(['Two']);
    expect([await names(again), await names(second)]).toEqual([['One', 'Three'], ['Two']]);
    for (const name of ['One', 'Two', 'Three']) {
      expect(answers(you, new RegExp(`Name: ${name}`))).toHaveLength(1);
    }
    expect(await textsOf(again, one)).toEqual(['for the first']);
    expect(await textsOf(again, three)).toEqual(['for the first again']);
    expect(await textsOf(second, two)).toEqual(['for the second']);

    expect(await again.stop()).toBe(0);
    await you.say(YOU, '/newbot Four');
    await until('the fourth answer', () => answers(you, /Name: Four/).length > 0, 40_000);
    expect(await names(second)).toEqual(['Two', 'Four']);
    expect(await textsOf(second, two)).toEqual(['for the second']);
  }, 150_000);
});
