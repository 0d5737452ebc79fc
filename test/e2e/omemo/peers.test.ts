import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chatClient } from '../../support/chat-client.ts';
import { startOmemoPeer } from '../../support/omemo-peer.ts';
import { startOmemoProfanity } from '../../support/servers/profanity-omemo.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../../support/servers/servers.ts';
import { shared } from '../../support/shared-server.ts';
import { captureStreams } from '../../support/stream-capture.ts';
import { until } from '../../support/until.ts';

const ejabberd = shared(startEjabberd);
const prosody = shared(startProsody);

/** Two accounts that nobody has used yet. */
async function twoAccounts(server: XmppServer) {
  const mark = randomUUID().slice(0, 8);
  const names = [`anna-${mark}`, `bert-${mark}`] as const;
  for (const name of names) await server.register(name, `${name}-pw`);
  const account = (name: string) => ({ server, jid: `${name}@localhost`, password: `${name}-pw` });
  return [account(names[0]), account(names[1])] as const;
}

const servers = [
  { name: 'ejabberd', start: ejabberd, needs: ['server', 'omemo'] as const },
  { name: 'Prosody', start: prosody, needs: ['prosody', 'omemo'] as const },
];
/** A ratchet message of version 0.3 in form, with nothing true in it: version, ratchet key, n, pn, ciphertext, MAC. */
const MADE_UP_KEY = Buffer.concat([
  Buffer.from([0x33, 0x0a, 33, 5]),
  Buffer.alloc(32, 9),
  Buffer.from([0x10, 0, 0x18, 0, 0x22, 16]),
  Buffer.alloc(16 + 8),
]).toString('base64');
/** Six programs start in some of them; a busy machine takes its time for that. */
const timeout = 120_000;

describe.skipIf(lacks('server', 'client', 'omemo'))('profanity and python-omemo', { timeout }, () => {
  it('talk OMEMO 0.3 both ways, and the wire has none of it in clear', async () => {
    const server = await ejabberd();
    const [anna, bert] = await twoAccounts(server);
    const capture = await captureStreams(server);
    const [typist, peer] = await Promise.all([
      startOmemoProfanity({ ...anna, server: capture }),
      startOmemoPeer({ ...bert, server: capture, mode: 'old' }),
    ]);

    await typist.startEncrypted(bert.jid);
    await typist.sayEncrypted('first from <the> "terminal" & ümlaut');
    const came = await peer.waitForMessage('first from <the> "terminal" & ümlaut');
    const sent = await peer.send(anna.jid, 'an answer & more');
    await typist.waitForEncrypted('an answer & more');

    expect(came).toMatchObject({ version: 'old', device: typist.device, how: 'direct' });
    expect(sent.devices).toEqual([
      { jid: anna.jid, device: typist.device, version: 'old', isKeyExchange: false },
    ]);
    expect(await peer.devicesOf(anna.jid)).toMatchObject([{ fingerprint: typist.fingerprint }]);
    expect(await typist.fingerprintsOf(bert.jid)).toEqual([
      { fingerprint: (await peer.ownDevice()).fingerprint, isTrusted: true },
    ]);
    const secrets = ['first from', 'ümlaut', 'an answer'];
    const version = 'eu.siacs.conversations.axolotl';
    expect(capture.seen(...secrets, version)).toEqual([version]);

    // The same capture notices what is not encrypted.
    await peer.sendPlain(anna.jid, 'an answer & <more>');
    expect(capture.seen(...secrets, 'answer & <more>')).toEqual(['an answer', 'answer & <more>']);
  });

  it('meet again after a sign-out, and send nothing to a device that is not trusted', async () => {
    const server = await ejabberd();
    const [anna, bert] = await twoAccounts(server);
    const [typist, peer] = await Promise.all([
      startOmemoProfanity({ ...anna, trustMode: 'manual' }),
      startOmemoPeer({ ...bert, mode: 'old' }),
    ]);
    await typist.startEncrypted(bert.jid);
    await expect(typist.sayEncrypted('too early')).rejects.toThrow('cannot be decrypted for any recipient');
    await typist.trust(bert.jid, (await peer.ownDevice()).fingerprint);
    await typist.sayEncrypted('now');
    await peer.waitForMessage('now');

    await typist.goOffline();
    const sent = await peer.send(anna.jid, 'while you were away');
    await typist.goOnline();
    await typist.waitForEncrypted('while you were away');

    expect(sent.devices.map(({ device }) => device)).toEqual([typist.device]);
    expect(peer.messages().map(({ text }) => text)).not.toContain('too early');
  });
});

describe.each(servers)('python-omemo peers on $name', { timeout }, ({ start, needs }) => {
  it.skipIf(lacks(...needs))(
    'talk OMEMO 2, over a sign-out and a lost store, and the wire has none of it in clear',
    async () => {
      const server = await start();
      const [anna, bert] = await twoAccounts(server);
      const capture = await captureStreams(server);
      const [a, b] = await Promise.all([
        startOmemoPeer({ ...anna, server: capture, mode: 'both' }),
        startOmemoPeer({ ...bert, mode: 'new' }),
      ]);
      const first = b.device;

      await a.send(bert.jid, 'hello <bert> & "co"');
      const came = await b.waitForMessage('hello <bert> & "co"');
      await b.send(anna.jid, 'hello anna', { replaces: 'x1' });
      const corrected = await a.waitForMessage('hello anna');
      await b.goOffline();
      await a.send(bert.jid, 'while you were away');
      await b.goOnline();
      const late = await b.waitForMessage('while you were away');
      await b.startAnew();
      const sent = await a.send(bert.jid, 'to the new device');
      await b.waitForMessage('to the new device');

      expect(came).toMatchObject({ version: 'new', device: a.device, from: a.fullJid });
      expect(corrected).toMatchObject({ replaces: 'x1', version: 'new' });
      expect(late).toMatchObject({ isDelayed: true, version: 'new' });
      const both = new Set([first, b.device]);
      expect(both.size).toBe(2);
      expect(new Set(sent.devices.map(({ device }) => device))).toEqual(both);
      expect(new Set(await a.publishedDevices(bert.jid, 'new'))).toEqual(both);
      expect(await a.publishedDevices(bert.jid, 'old')).toEqual([]);
      expect((await a.publishedBundle(bert.jid, b.device, 'new'))?.getName()).toBe('bundle');
      expect(await a.publishedBundle(bert.jid, 1, 'new')).toBeUndefined();
      expect(capture.seen('hello', 'away', 'new device', 'urn:xmpp:omemo:2')).toEqual(['urn:xmpp:omemo:2']);
    },
  );

  it.skipIf(lacks(...needs))(
    'reach each device in a version that it knows, and no distrusted one',
    async () => {
      const [anna, bert] = await twoAccounts(await start());
      const [a, other, b] = await Promise.all([
        startOmemoPeer({ ...anna, mode: 'both' }),
        startOmemoPeer({ ...anna, mode: 'old', resource: 'other' }),
        startOmemoPeer({ ...bert, mode: 'both', trustsBlindly: false }),
      ]);

      const { devices } = await a.send(bert.jid, 'to all');
      const [to, copy] = [await b.waitForMessage('to all'), await other.waitForMessage('to all')];
      await expect(b.send(anna.jid, 'not yet')).rejects.toThrow('not decided on');
      await b.trust(anna.jid, a.device, 'trusted');
      await b.trust(anna.jid, other.device, 'distrusted');
      const answer = await b.send(anna.jid, 'to one');
      await a.waitForMessage('to one');
      const note = await other.send(anna.jid, 'a note to myself');
      await a.waitForMessage('a note to myself');

      expect(new Map(devices.map(({ device, version }) => [device, version]))).toEqual(
        new Map([
          [b.device, 'new'],
          [other.device, 'old'],
        ]),
      );
      expect([to.version, copy.version, copy.how]).toEqual(['new', 'old', 'carbon-sent']);
      expect(answer.devices.map(({ device }) => device)).toEqual([a.device]);
      expect(note.devices).toMatchObject([{ jid: anna.jid, device: a.device, version: 'old' }]);
    },
  );

  it.skipIf(lacks(...needs))(
    'share the capture with our own session, whose plain text it shows',
    async () => {
      const server = await start();
      const [anna] = await twoAccounts(server);
      const capture = await captureStreams(server);
      const session = await chatClient(capture, anna.jid, anna.password);
      onTestFinished(() => session.close());

      await session.say(anna.jid, `it's <b>clear</b> & "read"`);
      await until('its reflection', () => session.bodies().length > 0);

      const wanted = `it's <b>clear</b> & "read"`;
      expect(capture.seen(wanted, 'something else')).toEqual([wanted]);
      expect([capture.sent(), capture.received()].every((text) => text.includes('clear'))).toBe(true);
      expect(capture.received()).toMatch(/^<\?xml/);
      capture.clear();
      expect(capture.seen(wanted)).toEqual([]);
    },
  );

  it.skipIf(lacks(...needs))('refuse a subscription, and tell what they cannot decrypt', async () => {
    const [anna, bert] = await twoAccounts(await start());
    const [a, b] = await Promise.all([
      startOmemoPeer({ ...anna, mode: 'old' }),
      startOmemoPeer({ ...bert, mode: 'old' }),
    ]);

    await a.sendPresence(bert.jid, 'subscribe');
    await b.waitForStanza(({ attrs }) => attrs.type === 'subscribe');
    await b.sendPresence(anna.jid, 'unsubscribed');
    await a.waitForStanza(({ attrs }) => attrs.type === 'unsubscribed');
    const encrypted = (device: number) =>
      `<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='${a.device}'><key rid='${device}'>${MADE_UP_KEY}</key><iv>AAAA</iv></header><payload>AAAA</payload></encrypted>`;
    for (const [id, device] of [
      ['f1', b.device],
      ['f2', 1],
    ] as const)
      await a.sendXml(`<message to='${bert.jid}' type='chat' id='${id}'>${encrypted(device)}</message>`);
    const forged = await b.waitForMessage(({ id }) => id === 'f1');
    const foreign = await b.waitForMessage(({ id }) => id === 'f2');

    expect(forged).toMatchObject({ kind: 'undecryptable', problem: expect.stringMatching(/^NoSession/) });
    expect(foreign).toMatchObject({
      kind: 'undecryptable',
      problem: expect.stringMatching(/^MessageNotForUs/),
    });
    // Nobody lets anybody in unasked.
    expect(a.presencesOf(bert.jid)).not.toEqual(expect.arrayContaining(['available']));
    expect(a.presencesOf(bert.jid)).not.toEqual(expect.arrayContaining(['subscribed']));
  });
});
