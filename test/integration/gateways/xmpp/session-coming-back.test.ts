import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SessionLost } from '../../../../src-main/gateways/xmpp/session.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';
import { chat, reaching, readied, SessionBench } from '../../../support/xmpp-session.ts';

const jid = bareJid('bot@localhost');
const from = (text: string) =>
  `<message from='you@localhost/x' to='bot@localhost' type='chat'><body>${text}</body></message>`;
const R = "<r xmlns='urn:xmpp:sm:3'/>";

let certificates: Certificates;
let bench: SessionBench;
beforeAll(() => {
  certificates = makeCertificates();
});
beforeEach(async () => {
  bench = await SessionBench.start(certificates);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('coming back', () => {
  it('resumes after a cut and writes again what was not acknowledged', async () => {
    const { session, stream } = await bench.online();
    const isResumed = readied(session);
    const sent = session.send(chat('hello'));
    await stream.expect('message');
    stream.cut();

    const next = await bench.peer.connection();
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
    const { session, stream } = await bench.online();
    const isReady = readied(session);
    const known = session.send(chat('one'));
    const unknown = session.send(chat('two'));
    unknown.catch(() => undefined);
    await stream.expect('message');
    stream.cut();

    const next = await bench.peer.connection();
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
    const { session, stream } = await bench.online();
    const isReady = readied(session);
    stream.send(
      "<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
    );
    stream.end();

    const next = await bench.peer.connection();
    await next.resuming();
    next.cut();
    const third = await bench.peer.connection();
    await third.resuming();
    third.send("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>");

    expect(await isReady).toEqual({ resumed: true });
  });

  it('leaves the place to another program that takes the resource, for a while', async () => {
    const { session, stream } = await bench.online();
    const reason = reaching(session, 'backing_off');
    stream.send("<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
    stream.end();

    expect(await reason).toBe('Another program signed in to this account under the same resource.');
    expect(() => session.send(chat('x'))).toThrow(SessionLost);
  });

  it.each([
    ['an unknown entity', '<message><body>&foo;</body></message>', 'not-well-formed'],
    ['a forbidden character', '<message><body>&#0;</body></message>', 'not-well-formed'],
    ['a DOCTYPE', '<!DOCTYPE foo>', 'restricted-xml'],
    ['a stanza of endless levels', '<message>'.repeat(20_000), 'policy-violation'],
    ['a stanza without end', `<message><body>${'x'.repeat(1_100_000)}`, 'policy-violation'],
  ])('ends only the stream that brought %s', async (_, text, condition) => {
    const { session, stream } = await bench.online();
    const isAway = reaching(session, 'backing_off');
    stream.send(text);

    const error = await stream.expect('stream:error');
    await isAway;
    const next = await bench.peer.connection();
    await next.resuming();

    expect(error.getChild(condition)).toBeDefined();
  });

  it('drops a stanza that is too large when it is delivered again, also long after', async () => {
    const { session, stream } = await bench.online();
    const seen: string[] = [];
    session.onMessage(async (stanza) => void seen.push(stanza.toString()));
    const large = `<message id='large'><body>${'x'.repeat(1_100_000)}</body></message>`;
    stream.send(large);
    const next = await bench.peer.connection();
    await next.resuming();
    next.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>${large}${from('fine')}${R}`);

    expect((await next.expect('a')).attrs.h).toBe('3');
    next.cut();
    const third = await bench.peer.connection();
    await third.resuming();
    third.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>${large}${R}`);
    expect((await third.expect('a')).attrs.h).toBe('4');
    expect(seen).toEqual(['<message id="large"/>', expect.stringContaining('fine'), '<message id="large"/>']);
  });
});

describe('stopping', () => {
  it('acknowledges, closes the stream and is gone', async () => {
    const { session, stream } = await bench.online();

    const stopped = bench.pool.stop(jid);
    const last = await stream.expect('a');
    stream.end();
    await stopped;

    expect(last.attrs.h).toBe('1');
    expect([session.state, bench.pool.get(jid)]).toEqual(['offline', undefined]);
  });
});
