import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '../../../../src-main/base/scope.ts';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import {
  IDLE_MS,
  LiveStream,
  PENDING_LIMIT,
  PENDING_LIMIT_BYTES,
  PENDING_RESUME,
  PROBE_TIMEOUT_MS,
  QUICK_PROBE_TIMEOUT_MS,
} from '../../../../src-main/gateways/xmpp/live-stream.ts';
import type { ConnectionProblem } from '../../../../src-main/gateways/xmpp/problem.ts';
import { StanzaBlame } from '../../../../src-main/gateways/xmpp/stanza-blame.ts';
import { StreamManagement } from '../../../../src-main/gateways/xmpp/xep-0198-stream-management.ts';
import { XmppStream } from '../../../../src-main/gateways/xmpp/xmpp-stream.ts';
import { fullJid } from '../../../../src-shared/jid.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { MemoryTransport } from '../../../support/memory-transport.ts';

let clock: ManualClock;
let transport: MemoryTransport;
let management: StreamManagement;
let stanzas: { stanza: Element; done: () => void }[];
let problem: ConnectionProblem | undefined;
let live: LiveStream;
const R = "<r xmlns='urn:xmpp:sm:3'/>";
const ask = '<r xmlns="urn:xmpp:sm:3"/>';
const answer = (h: number) => `<a xmlns="urn:xmpp:sm:3" h="${h}"/>`;

function begin({ hasManagement = true, isResumed = false } = {}) {
  clock = new ManualClock();
  transport = new MemoryTransport();
  management = new StreamManagement();
  management.resumption = { id: 'sm', maxMs: undefined };
  stanzas = [];
  problem = undefined;
  const scope = new Scope();
  const stream = new XmppStream({
    transport,
    domain: 'x.org',
    place: 'x.org:5222',
    clock,
    scope,
    dropsOversized: false,
  });
  const boundJid = fullJid('bot@x.org/r');
  live = new LiveStream(
    {
      stream,
      endpoint: { kind: 'tls', host: 'x.org', port: 5223 },
      features: xml('features'),
      boundJid,
      isResumed,
      hasManagement,
      early: [],
    },
    {
      clock,
      scope,
      domain: 'x.org',
      management,
      blame: new StanzaBlame(),
      onStanza: (stanza, done) => stanzas.push({ stanza, done }),
      onEnd: (end) => {
        problem = end;
      },
    },
  );
  live.begin();
  transport.receive("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");
}
beforeEach(() => begin());

describe('answering the server', () => {
  it('waits for the handlers of what came before the question', () => {
    transport.receive(`<message/><message/>${R}<message/>`);
    stanzas[1]?.done();
    expect(transport.written).toEqual([]);
    stanzas[0]?.done();
    expect(transport.written).toEqual([answer(2)]);
  });

  it('tells after a second how far it is, and again when the rest is done', () => {
    transport.receive(`<message/><message/>${R}`);
    stanzas[0]?.done();
    clock.advance(1_000);
    expect(transport.written).toEqual([answer(1)]);
    stanzas[1]?.done();
    expect(transport.written).toEqual([answer(1), answer(2)]);
  });

  it('counts presence and iq too', () => {
    transport.receive('<presence/><iq/><message/>');
    for (const { done } of stanzas) done();
    transport.receive(R);
    expect(transport.written).toEqual([answer(3)]);
  });

  it('does not count what is no stanza', () => {
    transport.receive(`<features xmlns='other'/><message xmlns='other'/>${R}`);
    expect(stanzas).toEqual([]);
    expect(transport.written).toEqual([answer(0)]);
  });
});

describe('a silent server', () => {
  it('is asked for a sign of life and given up within 90 s', () => {
    clock.advance(IDLE_MS);
    expect(transport.written).toEqual([ask]);
    expect(problem).toBeUndefined();
    clock.advance(PROBE_TIMEOUT_MS);
    expect(problem?.message).toBe('x.org no longer answers.');
    expect(IDLE_MS + PROBE_TIMEOUT_MS).toBeLessThanOrEqual(90_000);
  });

  it('is asked by a ping where it does not count', () => {
    begin({ hasManagement: false });
    clock.advance(IDLE_MS);
    expect(transport.written).toEqual([
      '<iq type="get" to="x.org" id="ack-1"><ping xmlns="urn:xmpp:ping"/></iq>',
    ]);
  });

  it('may answer pings in any order', () => {
    begin({ hasManagement: false });
    const sent = [live.send('<message/>')];
    clock.advance(IDLE_MS);
    sent.push(live.send('<message/>'));
    clock.advance(1_000);
    const pong = (id: string) => `<iq type='result' id='${id}' from='x.org'/>`;
    const pings = transport.written.filter((text) => text.includes('urn:xmpp:ping'));
    expect(pings.length).toBeGreaterThan(1);

    for (let number = pings.length; number > 0; number -= 1) transport.receive(pong(`ack-${number}`));

    expect(transport.written.join('')).not.toContain('</stream:stream>');
    expect(management.unackedCount).toBe(0);
    return expect(Promise.all(sent)).resolves.toBeDefined();
  });

  it('is asked to resume again, but not when it never answered since it resumed', () => {
    begin({ isResumed: true });
    clock.advance(IDLE_MS);
    transport.receive(`<a xmlns='urn:xmpp:sm:3' h='0'/>`);
    clock.advance(PROBE_TIMEOUT_MS + IDLE_MS + PROBE_TIMEOUT_MS);
    expect(problem?.message).toBe('x.org no longer answers.');
    expect(management.resumption?.id).toBe('sm');

    begin({ isResumed: true });
    transport.receive(R);
    clock.advance(IDLE_MS + PROBE_TIMEOUT_MS);
    expect(problem?.message).toBe('x.org no longer answers.');
    expect(management.resumption).toBeUndefined();
  });

  it('is alive when it answers', () => {
    clock.advance(IDLE_MS);
    transport.receive("<a xmlns='urn:xmpp:sm:3' h='0'/>");
    clock.advance(PROBE_TIMEOUT_MS + IDLE_MS - PROBE_TIMEOUT_MS - 1);
    expect(problem).toBeUndefined();
    expect(transport.written).toEqual([ask]);
  });
});

describe('more than can be handled at once', () => {
  const flood = (count: number) => transport.receive('<message/>'.repeat(count));
  const finish = (count: number) => {
    for (const { done } of stanzas.splice(0, count)) done();
  };

  it('is left to wait at the server, until half of it is done', () => {
    flood(PENDING_LIMIT);
    expect(transport.isPaused).toBe(false);
    flood(1);
    expect(transport.isPaused).toBe(true);

    finish(PENDING_LIMIT - PENDING_RESUME);
    expect(transport.isPaused).toBe(true);
    finish(1);

    expect(transport.isPaused).toBe(false);
    expect(transport.written).toEqual([answer(PENDING_LIMIT - PENDING_RESUME + 1)]);
  });

  it('is held back where the server does not count, too', () => {
    begin({ hasManagement: false });
    flood(PENDING_LIMIT + 1);
    expect(transport.isPaused).toBe(true);
    finish(PENDING_LIMIT + 1);
    expect(transport.isPaused).toBe(false);
  });

  it('is measured in memory, too: a few large stanzas are as much as many small ones', () => {
    const large = `<message>${'<a/>'.repeat(30_000)}</message>`;
    transport.receive(large);
    expect(transport.isPaused).toBe(false);
    for (let taken = 1; !transport.isPaused; taken += 1) {
      expect(taken * large.length).toBeLessThan(PENDING_LIMIT_BYTES);
      transport.receive(large);
    }
    finish(stanzas.length);
    expect(transport.isPaused).toBe(false);
  });

  it('is not taken for a dead connection', () => {
    flood(PENDING_LIMIT + 1);
    clock.advance(10 * IDLE_MS);
    expect(problem).toBeUndefined();
    expect(transport.written).toEqual([]);
  });

  it('does not keep the question of the server from its answer', () => {
    transport.receive(`<message/>${R}${'<message/>'.repeat(PENDING_LIMIT)}`);
    finish(1);
    expect(transport.written).toEqual([answer(1)]);
  });
});

describe('after a wake-up', () => {
  it('gives up a connection that does not answer soon', () => {
    live.probe();
    expect(transport.written).toEqual([ask]);
    clock.advance(QUICK_PROBE_TIMEOUT_MS);
    expect(problem?.message).toBe('x.org no longer answers.');
  });

  it('keeps one that does', () => {
    live.probe();
    transport.receive("<a xmlns='urn:xmpp:sm:3' h='0'/>");
    clock.advance(QUICK_PROBE_TIMEOUT_MS);
    expect(problem).toBeUndefined();
  });
});

describe('closing', () => {
  it('waits for handlers, so that the last h is exact', async () => {
    transport.receive('<message/>');
    const closed = live.close();
    expect(transport.written).toEqual([]);

    stanzas[0]?.done();
    await new Promise((resolve) => setImmediate(resolve));
    transport.destroy();
    await closed;

    expect(transport.written).toEqual([answer(1), '</stream:stream>']);
  });

  it('asks what the server got, so that nothing is sent twice, and waits for the answer', async () => {
    const sent = live.send('<message/>');
    const closed = live.close();
    expect(transport.written.at(-1)).toBe(ask);
    expect(transport.written).not.toContain('</stream:stream>');

    transport.receive("<a xmlns='urn:xmpp:sm:3' h='1'/>");
    await expect(sent).resolves.toBeUndefined();
    await new Promise((resolve) => setImmediate(resolve));
    transport.destroy();
    await closed;

    expect(transport.written.slice(-2)).toEqual([answer(0), '</stream:stream>']);
  });

  it('does not wait for handlers when the connection breaks meanwhile', async () => {
    transport.receive('<message/>');
    const closed = live.close();

    transport.destroy();

    await expect(closed).resolves.toBeUndefined();
  });
});
