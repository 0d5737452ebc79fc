import { describe, expect, it, onTestFinished } from 'vitest';
import { type Element, xml } from '../../../src-main/gateways/xmpp/element.ts';
import { NS_CLIENT } from '../../../src-main/gateways/xmpp/namespaces.ts';
import { forwarded } from '../../../src-main/gateways/xmpp/xep-0297-forwarding.ts';
import { en } from '../../../src-shared/text/en.ts';
import { databaseRows } from '../../support/database-rows.ts';
import {
  allowAccounts,
  createDedicated,
  type DedicatedBot,
  hear,
  textsOf,
} from '../../support/dedicated-bot.ts';
import { type EngineProcess, resourceOf, startEngineProcess } from '../../support/engine-process.ts';
import { type OmemoPeer, startOmemoPeer } from '../../support/omemo-peer.ts';
import { clientOf, engineFor, readBy, readInClear, tokenOf } from '../../support/own-clients.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { newAccount, shared } from '../../support/shared-server.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const timeout = 120_000;
const ejabberd = shared(startEjabberd);

async function aBotOf(owner: string, name = 'Weather') {
  const server = await ejabberd();
  const engine = await startEngineProcess(testFolder());
  onTestFinished(engine.kill);
  await allowAccounts(engine, server);
  return { server, engine, bot: await createDedicated(engine, { name, owner }) };
}
const findable = (client: OmemoPeer, { jid }: DedicatedBot) =>
  until('the device of the bot', async () => (await client.publishedDevices(jid, 'new')).length > 0);
const allowPlain = (engine: EngineProcess, { id }: DedicatedBot) =>
  engine.call('POST', `/bot/settings?id=${id}`, { body: { allow_plaintext: true } });

const typed = (text: string, attributes: Record<string, string>, ...more: Element[]) =>
  xml('message', { type: 'chat', id: crypto.randomUUID(), ...attributes }, xml('body', {}, text), ...more);

/** All that somebody may try who is not the owner. */
function attempts(owner: string, to: string): Element[] {
  const evil = '/info evil';
  const inner = () => typed(evil, { xmlns: NS_CLIENT, from: `${owner}/phone`, to });
  const mark = (name: string) => xml(name, { xmlns: 'urn:botmother:0' });
  return [
    typed(evil, { to }),
    typed(evil, { to, type: 'groupchat' }),
    typed(evil, { to, type: 'headline' }),
    typed(evil, { to, type: 'error' }, xml('error', { type: 'cancel' })),
    typed(evil, { to }, xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' })),
    typed(evil, { to }, mark('generated')),
    typed(evil, { to }, mark('decrypted')),
    typed(evil, { to }, xml('request', { xmlns: 'urn:xmpp:receipts' })),
    ...['sent', 'received'].map((direction) =>
      xml(
        'message',
        { to, type: 'chat' },
        xml(direction, { xmlns: 'urn:xmpp:carbons:2' }, forwarded(inner())),
      ),
    ),
    xml(
      'message',
      { to },
      xml('result', { xmlns: 'urn:xmpp:mam:2', id: 'a1' }, forwarded(inner(), Date.now())),
    ),
    xml('message', { to, type: 'chat' }, xml('encrypted', { xmlns: 'urn:xmpp:omemo:2' })),
    xml('presence', { to }, xml('status', {}, evil)),
  ];
}
const questions = (to: string): Element[] =>
  [
    xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }),
    xml('query', {
      xmlns: 'http://jabber.org/protocol/disco#items',
      node: 'http://jabber.org/protocol/commands',
    }),
    xml('ping', { xmlns: 'urn:xmpp:ping' }),
    xml('query', { xmlns: 'jabber:iq:version' }),
    xml('time', { xmlns: 'urn:xmpp:time' }),
  ].map((question) => xml('iq', { to, type: 'get', id: crypto.randomUUID() }, question));

describe.skipIf(lacks('server', 'omemo'))('a stranger at a dedicated bot', { timeout }, () => {
  it('gets nothing but `unsubscribed`, and leaves no trace', async () => {
    const [owner, stranger] = [
      await newAccount(await ejabberd()),
      await newAccount(await ejabberd(), 'evil'),
    ];
    const { server, engine, bot } = await aBotOf(owner.jid);
    await allowPlain(engine, bot);
    // Nobody can read it yet, so what the owner is told of that does not come in between.
    await until('the notice to be held', () => engine.log().includes('an owner could not be told yet'));
    const hers = await startOmemoPeer({ server, ...owner, mode: 'both' });
    const his = await startOmemoPeer({ server, ...stranger, mode: 'both' });
    await findable(his, bot);
    await hers.send(bot.jid, 'before');
    await hear(engine, bot, 'before');
    const full = `${bot.jid}/${resourceOf(engine.dataDir)}`;
    const refused = () => his.presencesOf(bot.jid).filter((type) => type === 'unsubscribed').length;
    const ask = async (count: number) => {
      await his.sendPresence(bot.jid, 'subscribe');
      await until('the refusal', () => refused() >= count);
    };
    await ask(1);
    const before = databaseRows(engine.dataDir);
    const log = engine.log().length;

    for (const to of [bot.jid, full]) {
      for (const stanza of attempts(owner.jid, to)) await his.sendXml(stanza);
    }
    await his.send(bot.jid, '/info evil');
    for (const question of questions(full)) expect((await his.request(question)).attrs.type).toBe('error');
    await ask(2);
    await ask(3);

    expect(databaseRows(engine.dataDir)).toEqual(before);
    expect(engine.log().slice(log)).not.toMatch(/evil/);
    const got = his
      .stanzas()
      .filter(({ name, attrs }) => name !== 'iq' && String(attrs.from).startsWith(bot.jid));
    const said = got.filter(({ name, attrs }) => name !== 'presence' || attrs.type !== 'unsubscribed');
    // Its own headlines and errors come back from the server, and the published lists are for all.
    expect(said.filter((one) => one.getChild('event') === undefined && one.attrs.type !== 'error')).toEqual(
      [],
    );
    await hers.send(bot.jid, 'after');
    await hear(engine, bot, 'after');
    expect(await textsOf(engine, bot)).toEqual(['before', 'after']);
    expect(hers.messages().filter(({ text }) => text?.includes('Mode: dedicated'))).toEqual([]);
  });
});

describe.skipIf(lacks('server', 'omemo'))('plain text of the owner', { timeout }, () => {
  it('is not executed and hinted at once, unless that is allowed: then the answer is encrypted', async () => {
    const owner = await newAccount(await ejabberd());
    const { server, engine, bot } = await aBotOf(owner.jid);
    const hers = await startOmemoPeer({ server, ...owner, mode: 'both' });
    await findable(hers, bot);
    for (const text of ['/info', 'in clear', '/info']) await hers.sendPlain(bot.jid, text);
    await hers.send(bot.jid, 'encrypted');
    await hear(engine, bot, 'encrypted');
    const hints = hers.messages().filter(({ text }) => text === en['omemo.wanted']);
    expect(hints).toHaveLength(1);
    expect(await textsOf(engine, bot)).toEqual(['encrypted']);
    expect(readBy(hers, /Mode: dedicated/)).toEqual([]);

    await allowPlain(engine, bot);
    await hers.sendPlain(bot.jid, 'in clear now');
    await hear(engine, bot, 'in clear now');
    await hers.sendPlain(bot.jid, '/info');
    await until('the answer', () => readBy(hers, /Mode: dedicated/).length === 1);
    expect(readInClear(hers, /Mode: dedicated/)).toEqual([]);
  });
});

describe.skipIf(lacks('server', 'omemo'))('a stolen token of a personal bot', { timeout }, () => {
  it('commands no dedicated bot of this installation: every way to it is closed', async () => {
    const server = await ejabberd();
    const owner = await newAccount(server);
    const engine = await engineFor(server, owner);
    await allowAccounts(engine, server);
    await engine.call('POST', '/bot/create', { body: { name: 'Mine', account: owner.jid } });
    const token = await tokenOf(engine);
    const hers = await clientOf(server, owner, { mode: 'both' });
    const bot = await createDedicated(engine, { owner: owner.jid });
    await findable(hers, bot);
    await allowPlain(engine, bot);
    const tries = [bot.jid, bot.jid.toUpperCase()].flatMap((to) => [
      ['sendMessage', { to, text: '/info' }],
      ['sendReaction', { to, message_id: 'x', reaction: '👍' }],
      ['sendChatState', { to, state: 'composing' }],
    ]);
    for (const [path, body] of tries) {
      const { status } = await engine.call('POST', `/bot/${path}`, { token, body });
      expect([path, body, status]).toEqual([path, body, 403]);
    }
    const { status } = await engine.call('POST', '/bot/sendMessage', {
      token,
      body: { to: `${bot.jid}/${resourceOf(engine.dataDir)}`, text: '/info' },
    });
    expect([400, 403]).toContain(status);
    await hers.send(bot.jid, '/omemo');
    await until('the answer', () => readBy(hers, /My device:/).length === 1);
    expect(readBy(hers, /Mode: dedicated/)).toEqual([]);
  });

  it('commands none of another installation: what an engine sent is no command, in clear and encrypted', async () => {
    const server = await ejabberd();
    const owner = await newAccount(server);
    const theirs = await engineFor(server, owner);
    await theirs.call('POST', '/bot/create', { body: { name: 'Mine', account: owner.jid } });
    const token = await tokenOf(theirs);
    const hers = await clientOf(server, owner, { mode: 'both' });
    const { engine, bot } = await aBotOf(owner.jid);
    await findable(hers, bot);
    await allowPlain(engine, bot);
    const say = (text: string) =>
      theirs.call('POST', '/bot/sendMessage', { token, body: { to: bot.jid, text } });

    expect((await say('/info')).status).toBe(200);
    await hers.waitForMessage(({ text }) => text === '/info');
    await engine.call('POST', '/bot/sendMessage', {
      token: bot.token,
      body: { to: owner.jid, text: 'now it is encrypted' },
    });
    await hers.waitForMessage('now it is encrypted');
    await until('an encrypted one', async () => {
      await say('/info encrypted');
      return readBy(hers, /^\/info encrypted/).length > 0;
    });
    await hers.send(bot.jid, '/omemo');
    await until('the answer', () => readBy(hers, /My device:/).length === 1);

    expect(readBy(hers, /Mode: dedicated/)).toEqual([]);
    expect(await textsOf(engine, bot)).toEqual([]);
  });
});
