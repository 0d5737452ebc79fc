import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';
import { chat, readied, SessionBench } from '../../../support/xmpp-session.ts';

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

describe('acknowledging', () => {
  it('does not let h pass a message whose handler has not committed', async () => {
    const { session, stream } = await bench.online();
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
    const session = bench.pool.start(bench.config());
    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));
    const stream = await bench.peer.connection();
    await stream.secure();
    await stream.authenticate();
    await stream.bind({ after: from('early') + R });

    expect((await stream.expect('a')).attrs.h).toBe('1');
    expect(bodies).toEqual(['early']);
  });

  it('holds messages until there is a handler', async () => {
    const { session, stream } = await bench.online();
    stream.send(from('one') + from('two'));
    stream.send("<iq type='get' id='p' from='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
    await stream.expect('iq');

    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));

    expect(bodies).toEqual(['one', 'two']);
  });

  it('resolves a send when the server acknowledges it', async () => {
    const { session, stream } = await bench.online();
    let isAcked = false;
    const sent = session.send(chat('hello')).then(() => {
      isAcked = true;
    });

    await stream.expect('message');
    await stream.expect('r');
    expect(isAcked).toBe(false);
    stream.send("<a xmlns='urn:xmpp:sm:3' h='3'/>"); // carbons, presence, message

    await expect(sent).resolves.toBeUndefined();
  });

  it('ends the stream when the server acknowledges more than was sent', async () => {
    const { stream } = await bench.online();
    stream.send("<a xmlns='urn:xmpp:sm:3' h='99'/>");

    const error = await stream.expect('stream:error');

    expect(error.getChild('handled-count-too-high')?.attrs).toMatchObject({ h: '99', 'send-count': '2' });
  });

  it('delivers again what a handler could not store', async () => {
    const { session, stream } = await bench.online();
    const isResumed = readied(session);
    session.onMessage(() => Promise.reject(new Error('disk full')));
    stream.send(from('one'));

    const next = await bench.peer.connection();
    const resume = await next.resuming();

    expect(resume.attrs).toMatchObject({ previd: 'sm1', h: '1' });
    next.send("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>");
    expect(await isResumed).toEqual({ resumed: true });
  });

  it('confirms by a ping where the server does not count', async () => {
    const session = bench.pool.start(bench.config());
    const isReady = readied(session);
    const stream = await bench.peer.connection();
    await stream.secure();
    await stream.authenticate();
    await stream.bind({ hasSm: false });
    await stream.greet({ hasSm: false });
    await isReady;

    const sent = session.send(chat('hello'));
    await stream.expect('message');
    const ping = await stream.expect('iq');
    expect(ping.getChild('ping', 'urn:xmpp:ping')).toBeDefined();
    stream.send(`<iq type='error' id='${ping.attrs.id}' from='localhost'/>`);

    await expect(sent).resolves.toBeUndefined();
  });
});
