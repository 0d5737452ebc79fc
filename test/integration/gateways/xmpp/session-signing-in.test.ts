import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { probeLogin } from '../../../../src-main/gateways/xmpp/probe-login.ts';
import { sessionPool } from '../../../../src-main/gateways/xmpp/session-pool.ts';
import type { SessionState } from '../../../../src-shared/events.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';
import { chat, reaching, readied, SessionBench } from '../../../support/xmpp-session.ts';

const deps = { clock: systemClock, logger: silentLogger };

let certificates: Certificates;
let bench: SessionBench;
beforeAll(() => {
  certificates = makeCertificates();
});
beforeEach(async () => {
  bench = await SessionBench.start(certificates);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('signing in', () => {
  it('is online after TLS, SASL, binding, stream management, carbons and presence', async () => {
    const session = bench.pool.start(bench.config());
    const states: SessionState[] = [];
    session.onState(({ state }) => states.push(state));
    const isReady = readied(session);

    const stream = await bench.peer.connection();
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

  it('asks again for stream management where the server looked at that before it bound the resource', async () => {
    const session = bench.pool.start(bench.config());
    const isReady = readied(session);
    const stream = await bench.peer.connection();
    await stream.secure();
    await stream.authenticate();
    await stream.offer("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>");
    const bind = await stream.expect('iq');
    await stream.expect('enable');
    stream.send(
      `<failed xmlns='urn:xmpp:sm:3'><unexpected-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed><iq type='result' id='${bind.attrs.id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>bot@localhost/x</jid></bind></iq>`,
    );
    await stream.expect('enable');
    stream.send("<enabled xmlns='urn:xmpp:sm:3' id='s' resume='true'/>");
    await stream.greet();
    await isReady;

    const sent = session.send(chat('counted'));
    await stream.expect('message');
    stream.acknowledge();
    await sent;
  });

  it('is online without waiting for the answer about carbons, and gives up a session that gets none', async () => {
    const clock = new ManualClock();
    await using patient = await SessionBench.start(certificates, { clock });
    const session = patient.pool.start(patient.config());
    const isReady = readied(session);
    const stream = await patient.peer.connection();
    await stream.secure();
    await stream.authenticate();
    await stream.bind();
    const asked = await stream.expect('iq');
    await stream.expect('presence');
    await isReady;
    expect(asked.getChild('enable', 'urn:xmpp:carbons:2')).toBeDefined();

    // It lives, and is only behind: that is no reason to send everything once more.
    const isAway = reaching(session, 'backing_off');
    const live = async (forMs: number) => {
      for (const end = clock.monotonic() + forMs; clock.monotonic() < end && session.state === 'online'; ) {
        stream.send(`<iq type='get' id='alive' from='localhost'><ping xmlns='urn:xmpp:ping'/></iq>`);
        await stream.expect('iq');
        clock.advance(20_000);
      }
    };
    await live(4 * 60_000);
    expect(session.state).toBe('online');

    await live(60_000);
    await isAway;
    clock.advance(1);
    const next = await patient.peer.connection();
    await next.secure();
    await next.authenticate();
    // Bound anew, not resumed.
    await next.bind();
    await next.expect('presence');
  });

  it('refuses a certificate of an authority that is not trusted', async () => {
    const probe = probeLogin(bench.config({ ca: undefined }), deps);
    void bench.peer.connection().then((stream) => stream.secure());

    await expect(probe).rejects.toMatchObject({
      name: 'LoginFailed',
      kind: 'insecure',
      message: expect.stringContaining('is signed by nobody that is trusted here'),
    });
  });

  it('refuses a certificate for another name', async () => {
    const probe = probeLogin(bench.config({ jid: bareJid('bot@example.org') }), deps);
    void bench.peer.connection().then((stream) => stream.secure());

    await expect(probe).rejects.toMatchObject({
      kind: 'insecure',
      message: `The certificate of 127.0.0.1:${bench.peer.port} is for another name than example.org.`,
    });
  });

  it('sends nothing to a server without encryption', async () => {
    const probe = probeLogin(bench.config(), deps);
    const stream = await bench.peer.connection();
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
    const closed = bench.config();
    await bench.peer.close();

    await expect(probeLogin(closed, deps)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('refused the connection'),
    });
  });

  it('stops trying when the password is refused', async () => {
    const session = bench.pool.start(bench.config());
    const reason = reaching(session, 'failed');
    const stream = await bench.peer.connection();
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
    const session = patient.start(bench.config());
    const states: string[] = [];
    session.onState(({ state }) => states.push(state));
    for (const round of [1, 2]) {
      const stream = await bench.peer.connection();
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
    const stream = await bench.peer.connection();
    stream.login().catch(() => undefined); // its end waits for a question that waits for the clock
    await expect.poll(() => session.state).toBe('online');

    expect(states).toEqual(['failed', 'online']);
    await bench.peer.close();
    await patient.stopAll();
  });

  it('speaks TLS from the start where the service says so', async () => {
    const probe = probeLogin(bench.config({ service: `xmpps://127.0.0.1:${bench.peer.port}` }), deps);
    const stream = await bench.peer.connection();
    await stream.startTls();
    await stream.authenticate();
    await stream.offer('');
    await stream.expect('stream:stream').catch(() => undefined);

    await expect(probe).resolves.toBeUndefined();
  });
});
