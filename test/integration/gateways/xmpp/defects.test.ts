import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { SessionLost } from '../../../../src-main/gateways/xmpp/session.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';
import { chat, reaching, readied, SessionBench } from '../../../support/xmpp-session.ts';

const NS_SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
const R = "<r xmlns='urn:xmpp:sm:3'/>";
const from = (text: string) => `<message from='you@localhost/x' type='chat'><body>${text}</body></message>`;

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

describe('the login', () => {
  it('asks for no key twice: SCRAM with 4096 iterations costs nothing the second time', async () => {
    await using bench = await SessionBench.start(certificates);
    bench.pool.start(bench.config());
    const proofs: (string | undefined)[] = [];
    for (const round of [1, 2]) {
      const stream = await bench.peer.connection();
      await stream.secure();
      await stream.offer(`<mechanisms xmlns='${NS_SASL}'><mechanism>SCRAM-SHA-256</mechanism></mechanisms>`);
      const first = Buffer.from((await stream.expect('auth')).getText(), 'base64').toString();
      const bare = first.slice(first.indexOf('n='));
      const challenge = `${bare.slice(bare.indexOf('r='))}server${round},s=QSXCR+Q6sek8bf92,i=4096`;
      stream.send(`<challenge xmlns='${NS_SASL}'>${btoa(challenge)}</challenge>`);
      const final = Buffer.from((await stream.expect('response')).getText(), 'base64').toString();
      proofs.push(final);
      expect(final).toContain(`,p=${proofOf('secret', bare, challenge, final)}`);
      stream.cut();
    }
    expect(new Set(proofs).size).toBe(2);
  });

  it.each([
    ['an announced tls-exporter', true, "<channel-binding type='tls-exporter'/>", 'p=tls-exporter,,'],
    ['nothing announced, as by ejabberd 23.01', true, '', 'n,,'],
    ['no -PLUS, as by Prosody 0.12 with TLS 1.3', false, '', 'y,,'],
  ])('with %s says so in SCRAM, and the server can check it', async (_, hasPlus, types, header) => {
    await using bench = await SessionBench.start(certificates);
    bench.pool.start(bench.config());
    const stream = await bench.peer.connection();
    await stream.secure();
    const plus = hasPlus ? '<mechanism>SCRAM-SHA-256-PLUS</mechanism>' : '';
    await stream.offer(
      `<mechanisms xmlns='${NS_SASL}'><mechanism>SCRAM-SHA-256</mechanism>${plus}</mechanisms>` +
        `<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>${types}</sasl-channel-binding>`,
    );
    const auth = await stream.expect('auth');
    const first = Buffer.from(auth.getText(), 'base64').toString();
    const nonce = first.slice(first.indexOf('r=') + 2);
    stream.send(`<challenge xmlns='${NS_SASL}'>${btoa(`r=${nonce}x,s=QSXCR+Q6sek8bf92,i=4096`)}</challenge>`);
    const final = Buffer.from((await stream.expect('response')).getText(), 'base64').toString();
    const bound = header.startsWith('p') ? stream.exporter : Buffer.alloc(0);

    expect(auth.attrs.mechanism).toBe(header.startsWith('p') ? 'SCRAM-SHA-256-PLUS' : 'SCRAM-SHA-256');
    expect(first).toBe(`${header}n=bot,r=${nonce}`);
    expect(final).toContain(`c=${Buffer.concat([Buffer.from(header), bound]).toString('base64')},r=`);
  });
});

it('a server that floods instead of binding ends its own stream only, within 50 MB', async () => {
  await using bench = await SessionBench.start(certificates);
  const session = bench.pool.start(bench.config());
  const isAway = reaching(session, 'backing_off');
  const stream = await bench.peer.connection();
  await stream.secure();
  await stream.authenticate();
  await stream.offer("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>");
  await stream.expect('iq');
  globalThis.gc?.();
  const before = process.memoryUsage();

  const message = Buffer.from(`<message>${'<a/>'.repeat(30_000)}</message>`);
  const writing = (async () => {
    for (let n = 0; n < 80 && !stream.isOver; n += 1) await stream.sendBytes(message);
  })().catch(() => undefined);
  const reason = await isAway;
  const after = process.memoryUsage();
  await writing;
  await stream.closed;

  expect(reason).toMatch(/ sends too much before the sign-in is done\.$/);
  expect(after.rss - before.rss).toBeLessThan(50 * 2 ** 20);
});

/** What a client that knows the password must answer (RFC 5802, 3). */
function proofOf(password: string, bare: string, challenge: string, final: string): string {
  const salt = Buffer.from('QSXCR+Q6sek8bf92', 'base64');
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const clientKey = hmac(pbkdf2Sync(password, salt, 4096, 32, 'sha256'), 'Client Key');
  const message = `${bare},${challenge},${final.slice(0, final.indexOf(',p='))}`;
  const signature = hmac(createHash('sha256').update(clientKey).digest(), message);
  return Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64');
}

describe('bytes', () => {
  it('may be cut anywhere, also within a character', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));
    const bytes = Buffer.from(from('ä🎉'));
    const start = bytes.indexOf('ä');

    for (let at = start; at < bytes.length; at += 1) {
      await stream.sendBytes(bytes.subarray(0, at));
      await new Promise((resolve) => setImmediate(resolve));
      await stream.sendBytes(bytes.subarray(at));
    }
    const count = bytes.length - start;
    await expect.poll(() => bodies.length).toBe(count);

    expect(new Set(bodies)).toEqual(new Set(['ä🎉']));
  });

  it.each<[string, () => Iterable<string>, string]>([
    ['&foo;', () => ['<message><body>&foo;</body></message>'], 'not-well-formed'],
    ['&#0;', () => ['<message><body>&#0;</body></message>'], 'not-well-formed'],
    ['a DOCTYPE', () => ["<!DOCTYPE a [<!ENTITY b 'c'>]><message/>"], 'restricted-xml'],
    ['a stanza 200 000 deep', () => ['<message>', '<a>'.repeat(200_000)], 'policy-violation'],
    ['a stanza of 64 MB', () => long(64, 'x'), 'policy-violation'],
    ['a stanza of 64 MB in small elements', () => long(64, '<a/>'), 'policy-violation'],
    ['a stanza of 64 MB in one attribute', () => long(64, 'x', '<message a="'), 'policy-violation'],
  ])('that are %s end their own stream only, within 50 MB', async (_, pieces, condition) => {
    await using bench = await SessionBench.start(certificates);
    await using other = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const calm = await other.online();
    const isAway = reaching(session, 'backing_off');
    globalThis.gc?.();
    const before = process.memoryUsage();

    const writing = (async () => {
      for (const piece of pieces()) if (!stream.isOver) await stream.sendBytes(Buffer.from(piece));
    })().catch(() => undefined);
    const error = await stream.expect('stream:error');
    await isAway;
    const after = process.memoryUsage();
    stream.cut();
    await writing;

    expect(error.getChild(condition)).toBeDefined();
    expect(after.rss - before.rss).toBeLessThan(50 * 2 ** 20);
    expect(calm.session.state).toBe('online');
    await (await bench.peer.connection()).resuming();
  });
});

const nested = (levels: number) => '<x>'.repeat(levels) + '</x>'.repeat(levels);

describe('a stanza that is too deep, as any stranger can send it', () => {
  it('is dropped and counted, and the stream goes on', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const seen: string[] = [];
    session.onMessage(async (stanza) => void seen.push(stanza.toString()));

    stream.send(`<message id='deep'>${nested(300)}</message>${from('fine')}${R}`);

    expect((await stream.expect('a')).attrs.h).toBe(String(stream.given + 2));
    expect(seen).toEqual(['<message id="deep"/>', expect.stringContaining('fine')]);
    expect(session.state).toBe('online');
  });

  it('is dropped after a resumption too, however often it is delivered again', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const deep = `<message id='deep'>${nested(300)}</message>`;
    session.onMessage((stanza) =>
      stanza.attrs.id === 'deep' ? new Promise(() => undefined) : Promise.resolve(),
    );
    stream.send(deep);
    stream.cut();
    const isReady = readied(session);
    const next = await bench.peer.connection();
    await next.resuming();
    next.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='2'/>${deep}${R}`);

    await isReady;
    expect((await next.expect('a')).attrs.h).toBe(String(stream.given));
    expect(session.state).toBe('online');
  });

  it('is answered with an error where it is a question, and fails ours where it is the answer', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const asked = session.request(xml('iq', { type: 'get', to: 'localhost' }, xml('x', { xmlns: 'y' })));
    const verdict = expect(asked).rejects.toMatchObject({
      name: 'StanzaError',
      condition: 'policy-violation',
    });
    const { id } = (await stream.expect('iq')).attrs;

    stream.send(`<iq type='result' id='${id}' from='localhost'>${nested(300)}</iq>`);
    stream.send(`<iq type='get' id='deep' from='you@localhost/x'>${nested(300)}</iq>`);
    const answer = await stream.expect('iq');

    await verdict;
    expect([answer.attrs.id, answer.attrs.to, answer.attrs.type]).toEqual([
      'deep',
      'you@localhost/x',
      'error',
    ]);
    expect(answer.getChild('error')?.getChild('policy-violation')).toBeDefined();
  });
});

/** So many MB, a quarter at a time. */
function* long(megabytes: number, filling: string, start = '<message><body>'): Iterable<string> {
  yield start;
  const piece = filling.repeat(2 ** 18 / filling.length);
  for (let n = 0; n < megabytes * 4; n += 1) yield piece;
}

describe('stream management', () => {
  it('asks for acknowledgements under steady traffic, so that the queue does not grow', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const sent: Promise<void>[] = [];

    for (let n = 0; n < 200; n += 1) sent.push(session.send(chat(`${n}`)));
    const between: number[] = [];
    for (let seen = 0, since = 0; seen < 200; ) {
      const { name } = await stream.next();
      if (name === 'message') {
        seen += 1;
        since += 1;
      } else if (name === 'r') {
        between.push(since);
        since = 0;
        stream.acknowledge();
      }
    }
    stream.acknowledge();
    await Promise.all(sent);

    expect(between.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...between)).toBeLessThanOrEqual(50);
  });

  it('counts the answers to its own questions', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const answer = session.request(xml('iq', { type: 'get' }, xml('x', { xmlns: 'y' })));
    const { id } = (await stream.expect('iq')).attrs;
    stream.send(`<iq type='result' id='${id}'/>${R}`);

    await answer;
    expect((await stream.expect('a')).attrs.h).toBe(String(stream.given + 1));
  });

  it('writes again after a cut, in order, what was not acknowledged', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const all = Promise.all(['1', '2', '3', '4'].map((text) => session.send(chat(text))));
    for (const _ of [1, 2, 3, 4]) await stream.expect('message');
    const acked = stream.seen - 3;
    stream.cut();

    const next = await bench.peer.connection();
    await next.resuming();
    next.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='${acked}'/>`);
    const again: (string | null)[] = [];
    for (const _ of [1, 2, 3]) again.push((await next.expect('message')).getChildText('body'));
    next.send(`<a xmlns='urn:xmpp:sm:3' h='${acked + 3}'/>`);
    await all;

    expect(again).toEqual(['2', '3', '4']);
  });

  it('may be absent: a cut then loses what no ping confirmed', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online({ hasSm: false });
    const isReady = readied(session);
    const sent = session.send(chat('hello'));
    sent.catch(() => undefined);
    await stream.expect('message');
    stream.cut();

    const next = await bench.peer.connection();
    await next.login({ hasSm: false });

    expect(await isReady).toEqual({ resumed: false });
    await expect(sent).rejects.toBeInstanceOf(SessionLost);
  });
});
