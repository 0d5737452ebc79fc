import { describe, expect, it } from 'vitest';
import { type OmemoPeerOptions, startOmemoPeer } from '../../support/omemo-peer.ts';
import { startOmemoProfanity } from '../../support/servers/profanity-omemo.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../../support/servers/servers.ts';
import { captureStreams } from '../../support/stream-capture.ts';

const ANNA = 'anna@localhost';
const BERT = 'bert@localhost';

async function withAccounts<Server extends XmppServer>(server: Server): Promise<Server> {
  for (const name of ['anna', 'bert']) await server.register(name, `${name}-pw`);
  return server;
}
type Rest = Omit<OmemoPeerOptions, 'jid' | 'password'>;
const anna = (options: Rest) => startOmemoPeer({ jid: ANNA, password: 'anna-pw', ...options });
const bert = (options: Rest) => startOmemoPeer({ jid: BERT, password: 'bert-pw', ...options });

const servers = [
  { name: 'ejabberd', start: startEjabberd, needs: ['server', 'omemo'] as const },
  { name: 'Prosody', start: startProsody, needs: ['prosody', 'omemo'] as const },
];

describe.skipIf(lacks('server', 'client', 'omemo'))('profanity and python-omemo on ejabberd', () => {
  it('talk OMEMO 0.3 both ways, and the wire has none of it in clear', async () => {
    await using server = await withAccounts(await startEjabberd());
    const capture = await captureStreams(server);
    const [typist, peer] = await Promise.all([
      startOmemoProfanity({ server: capture, jid: ANNA, password: 'anna-pw' }),
      bert({ server: capture, mode: 'old' }),
    ]);

    await typist.startEncrypted(BERT);
    await typist.sayEncrypted('first from <the> "terminal" & ümlaut');
    const came = await peer.waitForMessage('first from <the> "terminal" & ümlaut');
    const sent = await peer.send(ANNA, 'an answer & more');
    await typist.waitForEncrypted('an answer & more');

    expect(came).toMatchObject({ version: 'old', device: typist.device, how: 'direct' });
    expect(sent.devices).toEqual([
      { jid: ANNA, device: typist.device, version: 'old', isKeyExchange: false },
    ]);
    expect(await peer.devicesOf(ANNA)).toMatchObject([{ fingerprint: typist.fingerprint }]);
    expect(await typist.fingerprintsOf(BERT)).toEqual([
      { fingerprint: (await peer.ownDevice()).fingerprint, isTrusted: true },
    ]);
    const secrets = ['first from', 'ümlaut', 'an answer'];
    expect(capture.seen(...secrets, 'eu.siacs.conversations.axolotl')).toEqual([
      'eu.siacs.conversations.axolotl',
    ]);

    // The same capture would have noticed.
    await peer.sendPlain(ANNA, 'an answer & <more>');
    expect(capture.seen(...secrets, 'an answer & <more>')).toEqual(['an answer', 'an answer & <more>']);
  });

  it('profanity keeps its device over a sign-out, and says so when a device is not trusted', async () => {
    await using server = await withAccounts(await startEjabberd());
    const [typist, peer] = await Promise.all([
      startOmemoProfanity({ server, jid: ANNA, password: 'anna-pw', trustMode: 'manual' }),
      bert({ server, mode: 'old' }),
    ]);
    await typist.startEncrypted(BERT);
    await expect(typist.sayEncrypted('too early')).rejects.toThrow('cannot be decrypted for any recipient');
    await typist.trust(BERT, (await peer.ownDevice()).fingerprint);
    await typist.sayEncrypted('now');
    await peer.waitForMessage('now');

    await typist.goOffline();
    const sent = await peer.send(ANNA, 'while you were away');
    await typist.goOnline();
    await typist.waitForEncrypted('while you were away');

    expect(sent.devices.map(({ device }) => device)).toEqual([typist.device]);
    expect(peer.messages().some(({ text }) => text === 'too early')).toBe(false);
  });
});

describe.each(servers)('python-omemo peers on $name', ({ start, needs }) => {
  it.skipIf(lacks(...needs))(
    'talk OMEMO 2, over a sign-out and a lost store, and the wire has none of it in clear',
    async () => {
      await using server = await withAccounts<XmppServer & AsyncDisposable>(await start());
      const capture = await captureStreams(server);
      const a = await anna({ server: capture, mode: 'both' });
      const b = await bert({ server, mode: 'new' });
      const first = b.device;

      await a.send(BERT, 'hello <bert> & "co"');
      const came = await b.waitForMessage('hello <bert> & "co"');
      await b.send(ANNA, 'hello anna', { replaces: 'x1' });
      const corrected = await a.waitForMessage('hello anna');
      await b.goOffline();
      await a.send(BERT, 'while you were away');
      await b.goOnline();
      const late = await b.waitForMessage('while you were away');
      await b.startAnew();
      const sent = await a.send(BERT, 'to the new device');
      await b.waitForMessage('to the new device');

      expect(came).toMatchObject({ version: 'new', device: a.device, from: a.fullJid });
      expect(corrected).toMatchObject({ replaces: 'x1', version: 'new' });
      expect(late).toMatchObject({ isDelayed: true, version: 'new' });
      expect(new Set(sent.devices.map(({ device }) => device))).toEqual(new Set([first, b.device]));
      expect(new Set(await a.publishedDevices(BERT, 'new'))).toEqual(new Set([first, b.device]));
      expect(await a.publishedDevices(BERT, 'old')).toEqual([]);
      expect((await a.publishedBundle(BERT, b.device, 'new'))?.getName()).toBe('bundle');
      expect(await a.publishedBundle(BERT, 1, 'new')).toBeUndefined();
      expect(capture.seen('hello', 'away', 'new device', 'urn:xmpp:omemo:2')).toEqual(['urn:xmpp:omemo:2']);
    },
  );

  it.skipIf(lacks(...needs))(
    'reach each device in a version that it knows, and the own other ones',
    async () => {
      await using server = await withAccounts<XmppServer & AsyncDisposable>(await start());
      const a = await anna({ server, mode: 'both' });
      const other = await anna({ server, mode: 'old', resource: 'other' });
      const b = await bert({ server, mode: 'both', trustsBlindly: false });

      const { devices } = await a.send(BERT, 'to all');
      const [to, copy] = [await b.waitForMessage('to all'), await other.waitForMessage('to all')];
      await expect(b.send(ANNA, 'not yet')).rejects.toThrow('not decided on');
      await b.trust(ANNA, a.device, 'trusted');
      await b.trust(ANNA, other.device, 'distrusted');
      const answer = await b.send(ANNA, 'to one');
      await a.waitForMessage('to one');
      const unreadable = await other.waitForMessage(({ kind }) => kind === 'undecryptable');

      expect(new Map(devices.map(({ device, version }) => [device, version]))).toEqual(
        new Map([
          [b.device, 'new'],
          [other.device, 'old'],
        ]),
      );
      expect([to.version, copy.version, copy.how]).toEqual(['new', 'old', 'carbon-sent']);
      expect(answer.devices.map(({ device }) => device)).toEqual([a.device]);
      expect(unreadable.problem).toMatch(/MessageNotForUs/);
    },
  );

  it.skipIf(lacks(...needs))('ask for subscriptions and send stanzas as they are', async () => {
    await using server = await withAccounts<XmppServer & AsyncDisposable>(await start());
    const a = await anna({ server, mode: 'old' });
    const b = await bert({ server, mode: 'old' });

    await a.sendPresence(BERT, 'subscribe');
    await b.waitForStanza(({ attrs }) => attrs.type === 'subscribe');
    await b.sendPresence(ANNA, 'unsubscribed');
    await a.waitForStanza(({ attrs }) => attrs.type === 'unsubscribed');
    const forged = `<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'><key rid='${b.device}'>AAAA</key><iv>AAAA</iv></header><payload>AAAA</payload></encrypted>`;
    await a.sendXml(`<message to='${BERT}' type='chat' id='f1'><body>x</body>${forged}</message>`);
    const failed = await b.waitForMessage(({ id }) => id === 'f1');

    expect(failed).toMatchObject({ kind: 'undecryptable', problem: expect.stringMatching(/\w+:/) });
    expect(a.presencesOf(BERT)).toContain('unsubscribed');
    // Nobody lets anybody in unasked.
    expect(b.presencesOf(ANNA)).not.toContain('subscribed');
  });
});
