import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '../../../../src-main/base/scope.ts';
import { type Arrival, WAITING_LIMIT_BYTES } from '../../../../src-main/gateways/xmpp/arrivals.ts';
import type { Element } from '../../../../src-main/gateways/xmpp/element.ts';
import { STEP_TIMEOUT_MS, XmppStream } from '../../../../src-main/gateways/xmpp/xmpp-stream.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { MemoryTransport } from '../../../support/memory-transport.ts';

const named = (name: string) => (element: Element) => element.getName() === name;

let clock: ManualClock;
let transport: MemoryTransport;
let stream: XmppStream;
beforeEach(() => {
  clock = new ManualClock();
  transport = new MemoryTransport();
  const scope = new Scope();
  const place = 'x.org:5222';
  stream = new XmppStream({ transport, domain: 'x.org', place, clock, scope, dropsOversized: false });
  transport.receive("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");
});

describe('while a stream is negotiated', () => {
  it('elements wait in order until somebody asks for them', async () => {
    transport.receive('<a/><b/><c/>');
    const later = stream.next(named('d'));
    transport.receive('<d/><e/>');
    const skipped: Arrival[] = [];

    expect((await later).name).toBe('d');
    expect((await stream.next(named('b'))).name).toBe('b');
    expect((await stream.next(named('e'), skipped)).name).toBe('e');
    expect(skipped.map(({ element }) => element.name)).toEqual(['a', 'c']);
  });

  it('what nobody asked for goes to the receiver first', async () => {
    transport.receive('<a/><b/>');
    await stream.next(named('b'));
    const seen: string[] = [];
    stream.receive({ element: ({ element }) => void seen.push(element.name), ended: () => undefined });
    transport.receive('<c/>');
    expect(seen).toEqual(['a', 'c']);
  });

  it('a step has one time limit, whatever the server sends meanwhile', async () => {
    const answer = stream.next(named('iq'));
    const outcome = expect(answer).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'x.org:5222 did not answer in time.',
    });
    for (let waitedMs = 0; waitedMs < STEP_TIMEOUT_MS; waitedMs += 1_000) {
      transport.receive('<message/>');
      clock.advance(1_000);
    }
    await outcome;
  });

  it.each<[string, Arrival[] | undefined]>([
    ['waits', undefined],
    ['is put aside', []],
  ])('a server that sends more than it should while it %s is told so and given up', async (_, skipped) => {
    const outcome = expect(stream.next(named('iq'), skipped)).rejects.toMatchObject({
      condition: 'policy-violation',
      message: 'x.org:5222 sends too much before the sign-in is done.',
    });
    const message = '<message/>'.repeat(1_000);
    for (let sent = 0; transport.written.length === 0; sent += message.length) {
      expect(sent).toBeLessThan(WAITING_LIMIT_BYTES);
      transport.receive(message);
    }
    await outcome;
    expect(transport.written.join('')).toContain('<policy-violation');
  });
});
