import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { AccountSession } from '../../../../src-main/gateways/xmpp/account-session.ts';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import type { SessionExtension } from '../../../../src-main/gateways/xmpp/extension.ts';
import { PENDING_LIMIT } from '../../../../src-main/gateways/xmpp/live-stream.ts';
import { LoginQueue } from '../../../../src-main/gateways/xmpp/login-queue.ts';
import { REQUEST_LIMIT, UNACKED_LIMIT } from '../../../../src-main/gateways/xmpp/send-window.ts';
import { SendQueueFull, SessionLost } from '../../../../src-main/gateways/xmpp/session.ts';
import { WakeUpWatch } from '../../../../src-main/gateways/xmpp/wake-up.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';
import { chat, reaching, readied, SessionBench } from '../../../support/xmpp-session.ts';

const from = (text: string) => `<message from='you@localhost/x' type='chat'><body>${text}</body></message>`;

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

describe('sending', () => {
  it('is refused while a thousand stanzas wait for the server, and goes on when it has them', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const sent: Promise<void>[] = [];
    const fill = () => {
      // The presence may be on its way still, which counts.
      for (let n = 0; n <= UNACKED_LIMIT; n += 1) sent.push(session.send(chat(`${n}`)));
    };

    expect(fill).toThrow(SendQueueFull);
    expect(sent.length).toBeGreaterThan(UNACKED_LIMIT - 3);
    await expect(session.request(xml('iq', { type: 'get' }))).rejects.toBeInstanceOf(SendQueueFull);
    for (let seen = 0; seen < sent.length; ) if ((await stream.next()).name === 'message') seen += 1;
    stream.acknowledge();
    await Promise.all(sent);
    expect(() => session.send(chat('fits'))).not.toThrow();
  });

  it('drops answers to who asks without end and takes none, and goes on when they are taken', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const ask = (id: string) =>
      `<iq type='get' id='${id}' from='localhost'><ping xmlns='urn:xmpp:ping'/></iq>`;
    const total = 3 * UNACKED_LIMIT;
    stream.send(`${Array.from({ length: total }, (_, n) => ask(`${n}`)).join('')}<r xmlns='urn:xmpp:sm:3'/>`);
    let answers = 0;
    for (let isLast = false; !isLast; ) {
      const { name, attrs } = await stream.next();
      if (name === 'iq') answers += 1;
      isLast = name === 'a' && attrs.h === String(stream.given + total);
    }
    stream.acknowledge();
    stream.send(ask('last'));

    let id = '';
    while (id !== 'last') ({ id } = (await stream.expect('iq')).attrs);
    expect(answers).toBeLessThanOrEqual(2 * UNACKED_LIMIT);
    expect(session.state).toBe('online');
  });

  it('lets an acknowledgement overtake what waits for a server that reads slowly', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));
    stream.stopReading();
    const large = 'x'.repeat(150_000);
    for (let n = 0; n < 90; n += 1) session.send(chat(large)).catch(() => undefined);
    stream.send(`${from('hello')}<r xmlns='urn:xmpp:sm:3'/>`);
    await expect.poll(() => bodies).toEqual(['hello']);

    stream.readOn();
    let before = 0;
    while ((await stream.next()).name !== 'a') before += 1;

    expect(before).toBeLessThan(80);
  });

  it('bounds the questions that are open, and ends them with the session', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const ask = () => session.request(xml('iq', { type: 'get' }, xml('x', { xmlns: 'y' })));
    const asked = Array.from({ length: REQUEST_LIMIT }, ask).map((one) => one.catch((reason) => reason));

    await expect(ask()).rejects.toBeInstanceOf(SendQueueFull);
    stream.send("<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");

    for (const outcome of await Promise.all(asked)) expect(outcome).toBeInstanceOf(SessionLost);
    await expect(ask()).rejects.toBeInstanceOf(SessionLost);
  });
});

describe('receiving', () => {
  it('stops reading from a server that floods, and loses nothing', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const total = 40_000;
    const seen: string[] = [];
    const open: (() => void)[] = [];
    let isOpen = false;
    session.onMessage((stanza) => {
      seen.push(stanza.getChildText('body') ?? '');
      return isOpen ? Promise.resolve() : new Promise((resolve) => open.push(resolve));
    });
    const filling = '.'.repeat(500); // 20 MB in all: more than the buffers of the network take
    stream.send(Array.from({ length: total }, (_, n) => from(`${n}${filling}`)).join(''));
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThan(PENDING_LIMIT);
    expect(stream.isDrained).toBe(false);
    const taken = seen.length;

    expect(taken).toBeLessThan(PENDING_LIMIT + 2_000);
    isOpen = true;
    for (const resolve of open) resolve();
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(total);
    expect(seen.every((body, n) => body === `${n}${filling}`)).toBe(true);
    stream.send("<r xmlns='urn:xmpp:sm:3'/>");
    for (;;) if ((await stream.expect('a')).attrs.h === String(total + stream.given)) break;
  });

  it('shows presence to who wants to see it, and counts it', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const seen: unknown[] = [];
    session.onPresence(() => {
      throw new Error('a bad handler');
    });
    const off = session.onPresence(({ attrs }) => seen.push(attrs.from));

    stream.send(
      "<presence from='you@localhost/a'/><presence from='you@localhost/b'/><r xmlns='urn:xmpp:sm:3'/>",
    );
    const { h } = (await stream.expect('a')).attrs;
    off();
    stream.send("<presence from='you@localhost/c'/><r xmlns='urn:xmpp:sm:3'/>");
    await stream.expect('a');

    expect(seen).toEqual(['you@localhost/a', 'you@localhost/b']);
    expect(h).toBe(String(stream.given + 2));
  });
});

describe('an extension', () => {
  it('sees what the server offers and writes what is no stanza', async () => {
    await using bench = await SessionBench.start(certificates);
    const offered: (boolean | undefined)[] = [];
    const extension: SessionExtension = (host, scope) => {
      scope.add(
        host.onReady(() => {
          offered.push(host.streamFeatures?.getChild('sm', 'urn:xmpp:sm:3') !== undefined);
          host.sendNonza(xml('inactive', { xmlns: 'urn:xmpp:csi:0' }));
        }),
      );
    };
    const deps = { clock: systemClock, logger: silentLogger, logins: new LoginQueue(1) };
    const session = new AccountSession(bench.config(), { ...deps, extensions: [extension] });
    session.start();
    const stream = await bench.peer.connection();
    await stream.login();

    expect((await stream.expect('inactive')).attrs.xmlns).toBe('urn:xmpp:csi:0');
    expect(offered).toEqual([true]);
    stream.end();
    await session.stop();
    expect(() => session.sendNonza(xml('active'))).toThrow(SessionLost);
  });
});

describe('after a sleep or on another network', () => {
  /** A watch whose network the test changes, and whose tick it makes. */
  function manualWatch() {
    let network = 'one';
    const ticks: (() => void)[] = [];
    const clock = {
      ...systemClock,
      after: (_: unknown, _ms: number, task: () => void) => {
        ticks.push(task);
        return () => undefined;
      },
    };
    const watch = new WakeUpWatch({ clock, network: () => network });
    const change = () => {
      network += '+';
      for (const tick of ticks.splice(0)) tick();
    };
    return { watch, change };
  }

  it('does not wait for the end of the back-off', async () => {
    await using bench = await SessionBench.start(certificates);
    const { watch, change } = manualWatch();
    const deps = { clock: systemClock, logger: silentLogger, logins: new LoginQueue(1), random: () => 1 };
    const session = new AccountSession(bench.config(), { ...deps, extensions: [], wakeUps: watch });
    const isAway = reaching(session, 'backing_off');
    session.start();
    const first = await bench.peer.connection();
    await first.offer(''); // no encryption: the next attempt is minutes away
    await isAway;
    const isReady = readied(session);

    change();
    const next = await bench.peer.connection();
    await next.login();

    expect(await isReady).toEqual({ resumed: false });
    await bench.peer.close();
    await session.stop();
  });

  it('asks at once for a sign of life', async () => {
    await using bench = await SessionBench.start(certificates);
    const { watch, change } = manualWatch();
    const deps = { clock: systemClock, logger: silentLogger, logins: new LoginQueue(1) };
    const session = new AccountSession(bench.config(), { ...deps, extensions: [], wakeUps: watch });
    const isReady = readied(session);
    session.start();
    const stream = await bench.peer.connection();
    await stream.login();
    await isReady;

    change();

    expect((await stream.next()).name).toBe('r');
    await bench.peer.close();
    await session.stop();
  });
});
