import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { probeLogin } from '../../../../src-main/gateways/xmpp/probe-login.ts';
import { type Session, type SessionConfig, SessionLost } from '../../../../src-main/gateways/xmpp/session.ts';
import { type SessionPool, sessionPool } from '../../../../src-main/gateways/xmpp/session-pool.ts';
import { unwrapCarbon } from '../../../../src-main/gateways/xmpp/xep-0280-carbons.ts';
import type { SessionState } from '../../../../src-shared/events.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { ScriptedPeer } from '../../../support/scripted-peer.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';

const jid = bareJid('bot@localhost');
const deps = { clock: systemClock, logger: silentLogger };

let certificates: Certificates;
let peer: ScriptedPeer;
let pool: SessionPool;

beforeAll(() => {
  certificates = makeCertificates();
});
beforeEach(async () => {
  peer = await ScriptedPeer.listen(certificates);
  pool = sessionPool({ ...deps, random: () => 0 }); // reconnects at once
});
afterEach(async () => {
  await peer.close();
  await pool.stopAll();
});

const config = (changes: Partial<SessionConfig> = {}): SessionConfig => ({
  jid,
  resource: 'botmother-00000000',
  password: () => 'secret',
  service: `xmpp://127.0.0.1:${peer.port}`,
  ca: certificates.ca,
  ...changes,
});
const ready = (session: Session) => new Promise<{ resumed: boolean }>((resolve) => session.onReady(resolve));
const reaches = (session: Session, state: SessionState) =>
  new Promise<string | undefined>((resolve) => {
    session.onState((event) => event.state === state && resolve(event.reason));
  });
const body = (text: string) => xml('message', { to: 'you@localhost', type: 'chat' }, xml('body', {}, text));
const from = (text: string) =>
  `<message from='you@localhost/x' to='bot@localhost' type='chat'><body>${text}</body></message>`;
const R = "<r xmlns='urn:xmpp:sm:3'/>";

async function online(changes: Partial<SessionConfig> = {}) {
  const session = pool.start(config(changes));
  const isReady = ready(session);
  const stream = await peer.connection();
  await stream.login();
  await isReady;
  return { session, stream };
}

describe('signing in', () => {
  it('is online after TLS, SASL, binding, stream management, carbons and presence', async () => {
    const session = pool.start(config());
    const states: SessionState[] = [];
    session.onState(({ state }) => states.push(state));
    const isReady = ready(session);

    const stream = await peer.connection();
    await stream.secure();
    const credentials = await stream.authenticate();
    await stream.bind();
    const presence = await stream.greet();

    expect(credentials).toEqual({ username: 'bot', password: 'secret' });
    expect(await isReady).toEqual({ resumed: false });
    expect([presence.getChildText('show'), presence.getChildText('priority')]).toEqual(['xa', '0']);
    expect(session.boundJid).toBe('bot@localhost/botmother-00000000');
    expect(states).toEqual(['online']);
  });

  it('refuses a certificate of an authority that is not trusted', async () => {
    const probe = probeLogin(config({ ca: undefined }), deps);
    void peer.connection().then((stream) => stream.secure());

    await expect(probe).rejects.toMatchObject({
      name: 'LoginFailed',
      kind: 'insecure',
      message: expect.stringContaining('is signed by nobody that is trusted here'),
    });
  });

  it('refuses a certificate for another name', async () => {
    const probe = probeLogin(config({ jid: bareJid('bot@example.org') }), deps);
    void peer.connection().then((stream) => stream.secure());

    await expect(probe).rejects.toMatchObject({
      kind: 'insecure',
      message: `The certificate of 127.0.0.1:${peer.port} is for another name than example.org.`,
    });
  });

  it('sends nothing to a server without encryption', async () => {
    const probe = probeLogin(config(), deps);
    const stream = await peer.connection();
    void stream.offer(
      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>",
    );

    await expect(probe).rejects.toMatchObject({
      kind: 'insecure',
      message: expect.stringContaining('STARTTLS'),
    });
    await expect(stream.expect('auth')).rejects.toThrow('the connection is over');
  });

  it('says that nothing listens', async () => {
    const closed = config();
    await peer.close();

    await expect(probeLogin(closed, deps)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('refused the connection'),
    });
  });

  it('stops trying when the password is refused', async () => {
    const session = pool.start(config());
    const reason = reaches(session, 'failed');
    const stream = await peer.connection();
    await stream.secure();
    await stream.offer(
      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>",
    );
    await stream.expect('auth');
    stream.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");

    expect(await reason).toBe('The server does not accept this password for bot@localhost.');
    expect(session.state).toBe('failed');
  });

  it('tries a refused password again after an hour, quietly', async () => {
    const clock = new ManualClock();
    const patient = sessionPool({ clock, logger: silentLogger, random: () => 0 });
    const session = patient.start(config());
    const states: string[] = [];
    session.onState(({ state }) => states.push(state));
    for (const round of [1, 2]) {
      const stream = await peer.connection();
      await stream.secure();
      await stream.offer(
        "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>",
      );
      await stream.expect('auth');
      const before = clock.waits;
      stream.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
      await expect.poll(() => clock.waits.includes(60 * 60_000)).toBe(true);
      expect(session.state).toBe('failed');
      expect(before).not.toContain(60 * 60_000);
      clock.advance(60 * 60_000);
      expect([round, session.state]).toEqual([round, 'failed']);
    }
    const stream = await peer.connection();
    stream.login().catch(() => undefined); // its end waits for a question that waits for the clock
    await expect.poll(() => session.state).toBe('online');

    expect(states).toEqual(['failed', 'online']);
    await peer.close();
    await patient.stopAll();
  });

  it('speaks TLS from the start where the service says so', async () => {
    const probe = probeLogin(config({ service: `xmpps://127.0.0.1:${peer.port}` }), deps);
    const stream = await peer.connection();
    await stream.startTls();
    await stream.authenticate();
    await stream.offer('');
    await stream.expect('stream:stream').catch(() => undefined);

    await expect(probe).resolves.toBeUndefined();
  });
});

describe('acknowledging', () => {
  it('does not let h pass a message whose handler has not committed', async () => {
    const { session, stream } = await online();
    const commits: (() => void)[] = [];
    session.onMessage(() => new Promise((resolve) => commits.push(resolve)));
    stream.send(from('one') + from('two') + from('three'));
    stream.send(R); // the answer to carbons is stanza 1

    await expect.poll(() => commits.length).toBe(3);
    commits[1]?.();
    commits[2]?.();
    const before = await stream.expect('a');
    commits[0]?.();
    const after = await stream.expect('a');

    expect([before.attrs.h, after.attrs.h]).toEqual(['1', '4']);
  });

  it('counts what comes in one batch with <enabled/>', async () => {
    const session = pool.start(config());
    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));
    const stream = await peer.connection();
    await stream.secure();
    await stream.authenticate();
    await stream.bind({ after: from('early') + R });

    expect((await stream.expect('a')).attrs.h).toBe('1');
    expect(bodies).toEqual(['early']);
  });

  it('holds messages until there is a handler', async () => {
    const { session, stream } = await online();
    stream.send(from('one') + from('two'));
    stream.send("<iq type='get' id='p' from='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
    await stream.expect('iq');

    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));

    expect(bodies).toEqual(['one', 'two']);
  });

  it('resolves a send when the server acknowledges it', async () => {
    const { session, stream } = await online();
    let isAcked = false;
    const sent = session.send(body('hello')).then(() => {
      isAcked = true;
    });

    await stream.expect('message');
    await stream.expect('r');
    expect(isAcked).toBe(false);
    stream.send("<a xmlns='urn:xmpp:sm:3' h='3'/>"); // carbons, presence, message

    await expect(sent).resolves.toBeUndefined();
  });

  it('ends the stream when the server acknowledges more than was sent', async () => {
    const { stream } = await online();
    stream.send("<a xmlns='urn:xmpp:sm:3' h='99'/>");

    const error = await stream.expect('stream:error');

    expect(error.getChild('handled-count-too-high')?.attrs).toMatchObject({ h: '99', 'send-count': '2' });
  });

  it('delivers again what a handler could not store', async () => {
    const { session, stream } = await online();
    const isResumed = ready(session);
    session.onMessage(() => Promise.reject(new Error('disk full')));
    stream.send(from('one'));

    const next = await peer.connection();
    const resume = await next.resuming();

    expect(resume.attrs).toMatchObject({ previd: 'sm1', h: '1' });
    next.send("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>");
    expect(await isResumed).toEqual({ resumed: true });
  });

  it('confirms by a ping where the server does not count', async () => {
    const session = pool.start(config());
    const isReady = ready(session);
    const stream = await peer.connection();
    await stream.secure();
    await stream.authenticate();
    await stream.bind({ hasSm: false });
    await stream.greet({ hasSm: false });
    await isReady;

    const sent = session.send(body('hello'));
    await stream.expect('message');
    const ping = await stream.expect('iq');
    expect(ping.getChild('ping', 'urn:xmpp:ping')).toBeDefined();
    stream.send(`<iq type='error' id='${ping.attrs.id}' from='localhost'/>`);

    await expect(sent).resolves.toBeUndefined();
  });
});

describe('coming back', () => {
  it('resumes after a cut and writes again what was not acknowledged', async () => {
    const { session, stream } = await online();
    const isResumed = ready(session);
    const sent = session.send(body('hello'));
    await stream.expect('message');
    stream.cut();

    const next = await peer.connection();
    const resume = await next.resuming();
    next.send("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>");
    const again = await next.expect('message');
    next.send("<a xmlns='urn:xmpp:sm:3' h='3'/>");

    expect(resume.attrs).toMatchObject({ previd: 'sm1', h: '1' });
    expect(again.getChildText('body')).toBe('hello');
    expect(await isResumed).toEqual({ resumed: true });
    await expect(sent).resolves.toBeUndefined();
  });

  it('binds anew when the server forgot the session, and says what is lost', async () => {
    const { session, stream } = await online();
    const isReady = ready(session);
    const known = session.send(body('one'));
    const unknown = session.send(body('two'));
    unknown.catch(() => undefined);
    await stream.expect('message');
    stream.cut();

    const next = await peer.connection();
    await next.resuming();
    next.send(
      "<failed xmlns='urn:xmpp:sm:3' h='3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>",
    );
    const bind = await next.expect('iq');
    next.send(
      `<iq type='result' id='${bind.attrs.id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>bot@localhost/botmother-00000000</jid></bind></iq>`,
    );
    await next.expect('enable');
    next.send("<enabled xmlns='urn:xmpp:sm:3' id='sm2' resume='true'/>");
    await next.greet();

    expect(await isReady).toEqual({ resumed: false });
    await expect(known).resolves.toBeUndefined();
    await expect(unknown).rejects.toBeInstanceOf(SessionLost);
  });

  it('reconnects after the server closed the stream', async () => {
    const { session, stream } = await online();
    const isReady = ready(session);
    stream.send(
      "<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
    );
    stream.end();

    const next = await peer.connection();
    await next.resuming();
    next.cut();
    const third = await peer.connection();
    await third.resuming();
    third.send("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>");

    expect(await isReady).toEqual({ resumed: true });
  });

  it('leaves the place to another program that takes the resource, for a while', async () => {
    const { session, stream } = await online();
    const reason = reaches(session, 'backing_off');
    stream.send("<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
    stream.end();

    expect(await reason).toBe('Another program signed in to this account under the same resource.');
    expect(() => session.send(body('x'))).toThrow(SessionLost);
  });

  it.each([
    ['an unknown entity', '<message><body>&foo;</body></message>', 'not-well-formed'],
    ['a forbidden character', '<message><body>&#0;</body></message>', 'not-well-formed'],
    ['a DOCTYPE', '<!DOCTYPE foo>', 'restricted-xml'],
    ['a stanza of endless levels', '<message>'.repeat(20_000), 'policy-violation'],
    ['a stanza without end', `<message><body>${'x'.repeat(1_100_000)}`, 'policy-violation'],
  ])('ends only the stream that brought %s', async (_, text, condition) => {
    const { session, stream } = await online();
    const isAway = reaches(session, 'backing_off');
    stream.send(text);

    const error = await stream.expect('stream:error');
    await isAway;
    const next = await peer.connection();
    await next.resuming();

    expect(error.getChild(condition)).toBeDefined();
  });

  it('drops a stanza that is too large when it is delivered again, also long after', async () => {
    const { session, stream } = await online();
    const seen: string[] = [];
    session.onMessage(async (stanza) => void seen.push(stanza.toString()));
    const large = `<message id='large'><body>${'x'.repeat(1_100_000)}</body></message>`;
    stream.send(large);
    const next = await peer.connection();
    await next.resuming();
    next.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>${large}${from('fine')}${R}`);

    expect((await next.expect('a')).attrs.h).toBe('3');
    next.cut();
    const third = await peer.connection();
    await third.resuming();
    third.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>${large}${R}`);
    expect((await third.expect('a')).attrs.h).toBe('4');
    expect(seen).toEqual(['<message id="large"/>', expect.stringContaining('fine'), '<message id="large"/>']);
  });
});

describe('stanzas', () => {
  it('keeps text whole that comes one byte at a time', async () => {
    const { session, stream } = await online();
    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));

    await stream.sendSlowly(from('Grüße 🎉 & more'.replace('&', '&amp;')));
    stream.send(R);
    await stream.expect('a');

    expect(bodies).toEqual(['Grüße 🎉 & more']);
  });

  it('lets a forged carbon be known', async () => {
    const { session, stream } = await online();
    const verdicts: unknown[] = [];
    session.onMessage(async (stanza) => {
      const carbon = unwrapCarbon(stanza, jid);
      verdicts.push(
        typeof carbon === 'object' ? [carbon.direction, carbon.message.getChildText('body')] : carbon,
      );
    });
    const carbon = (sender: string) =>
      `<message from='${sender}'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='boss@localhost'><body>pay</body></message></forwarded></received></message>`;

    stream.send(
      carbon('bot@localhost') + carbon('evil@localhost') + carbon('bot@localhost/x') + from('hi') + R,
    );
    await stream.expect('a');

    expect(verdicts).toEqual([['received', 'pay'], 'forged', 'forged', undefined]);
  });

  it('answers every iq, and with an error what it does not know', async () => {
    const { stream } = await online();
    stream.send("<iq type='get' id='1' from='you@localhost/x'><query xmlns='jabber:iq:version'/></iq>");
    stream.send("<iq type='set' id='2' from='you@localhost/x'><ping xmlns='urn:xmpp:ping'/></iq>");
    stream.send("<iq type='get' id='3' from='you@localhost/x'/>");

    const answers = [await stream.expect('iq'), await stream.expect('iq'), await stream.expect('iq')];

    expect(
      answers.map(({ attrs, children }) => [
        attrs.id,
        attrs.to,
        attrs.type,
        String(children[0]).match(/<([a-z-]+) xmlns/)?.[1],
      ]),
    ).toEqual([
      ['1', 'you@localhost/x', 'error', 'service-unavailable'],
      ['2', 'you@localhost/x', 'error', 'feature-not-implemented'],
      ['3', 'you@localhost/x', 'error', 'bad-request'],
    ]);
  });

  it('answers with an error what it has no sendable answer to', async () => {
    const { session, stream } = await online();
    session.onIq('get', 'x', 'y', () => xml('x', { xmlns: 'y' }, 'x'.repeat(300_000)));
    stream.send("<iq type='get' id='1' from='you@localhost/x'><x xmlns='y'/></iq>");
    const { attrs, children } = await stream.expect('iq');
    expect([attrs.id, attrs.to, attrs.type]).toEqual(['1', 'you@localhost/x', 'error']);
    expect(String(children[0])).toContain('<internal-server-error');
  });

  it('tells who it is', async () => {
    const { stream } = await online();
    stream.send(
      "<iq type='get' id='1' from='you@localhost/x'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
    );

    const query = (await stream.expect('iq')).getChild('query');

    expect(query?.getChild('identity')?.attrs).toEqual({
      category: 'client',
      type: 'bot',
      name: 'Botmother',
    });
    expect(query?.getChildren('feature').map(({ attrs }) => attrs.var)).toContain('urn:xmpp:ping');
  });

  it('takes an answer only from the address that was asked', async () => {
    const { session, stream } = await online();
    const answer = session.request(
      xml('iq', { type: 'get', to: 'room@conference.localhost' }, xml('x', { xmlns: 'y' })),
    );
    const { id } = (await stream.expect('iq')).attrs;

    stream.send(`<iq type='result' id='${id}' from='evil@localhost'><forged xmlns='y'/></iq>`);
    stream.send(`<iq type='result' id='${id}' from='bot@localhost'><forged xmlns='y'/></iq>`);
    stream.send(`<iq type='result' id='${id}' from='Room@conference.localhost'><real xmlns='y'/></iq>`);

    expect((await answer).getChild('real')).toBeDefined();
  });

  it('refuses a stanza that XML cannot carry, before anything is written', async () => {
    const { session } = await online();

    expect(() => session.send(body('bell \u0007'))).toThrow('The character U+0007 cannot be sent over XMPP.');
    expect(() => session.send(body('\uD800'))).toThrow('U+D800');
    expect(() => session.send(body('x'.repeat(200 * 1024)))).toThrow('is too large');
  });
});

describe('stopping', () => {
  it('acknowledges, closes the stream and is gone', async () => {
    const { session, stream } = await online();

    const stopped = pool.stop(jid);
    const last = await stream.expect('a');
    stream.end();
    await stopped;

    expect(last.attrs.h).toBe('1');
    expect([session.state, pool.get(jid)]).toEqual(['offline', undefined]);
  });
});
