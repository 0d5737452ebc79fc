import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { outOfBand, readOutOfBand } from '../../../../src-main/gateways/xmpp/xep-0066-out-of-band.ts';
import { parseDateTime } from '../../../../src-main/gateways/xmpp/xep-0082-date-time.ts';
import { chatState, readChatState } from '../../../../src-main/gateways/xmpp/xep-0085-chat-states.ts';
import { delay, delayOf } from '../../../../src-main/gateways/xmpp/xep-0203-delay.ts';
import {
  bareSender,
  forwarded,
  readForwarded,
} from '../../../../src-main/gateways/xmpp/xep-0297-forwarding.ts';
import { readReplaced, replaces } from '../../../../src-main/gateways/xmpp/xep-0308-correction.ts';
import {
  displayed,
  isMarkable,
  markable,
  readMarker,
} from '../../../../src-main/gateways/xmpp/xep-0333-markers.ts';
import { hint, readHints } from '../../../../src-main/gateways/xmpp/xep-0334-hints.ts';
import {
  announceClientState,
  clientState,
  offersClientState,
} from '../../../../src-main/gateways/xmpp/xep-0352-client-state.ts';
import {
  originId,
  originIdOf,
  stanzaId,
  stanzaIdBy,
} from '../../../../src-main/gateways/xmpp/xep-0359-stanza-ids.ts';
import { readRetraction, retractionOf } from '../../../../src-main/gateways/xmpp/xep-0424-retraction.ts';
import {
  reactWith,
  readReactions,
  withReactions,
} from '../../../../src-main/gateways/xmpp/xep-0444-reactions.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const own = bareJid('bot@example.org');
const message = (...parts: (Element | undefined)[]) =>
  xml('message', { xmlns: 'jabber:client', from: 'you@example.org/x', type: 'chat' }, ...parts);
const bounced = (...parts: Element[]) => xml('message', { xmlns: 'jabber:client', type: 'error' }, ...parts);
const atMs = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('instants', () => {
  it.each([
    ['2002-09-10T23:08:25Z', Date.UTC(2002, 8, 10, 23, 8, 25)],
    ['2002-09-10T23:08:25.125Z', Date.UTC(2002, 8, 10, 23, 8, 25, 125)],
    ['2002-09-10T23:08:25.123456Z', Date.UTC(2002, 8, 10, 23, 8, 25, 123)],
    ['2002-09-11T01:08:25+02:00', Date.UTC(2002, 8, 10, 23, 8, 25)],
  ])('reads %s', (text, expectedMs) => {
    expect(parseDateTime(text)).toBe(expectedMs);
  });

  it.each([
    undefined,
    '',
    'yesterday',
    '2002-13-10T23:08:25Z',
    '2002-09-10',
    '20020910T23:08:25',
    '1',
    '2002-09-10T23:08:25',
  ])('does not read %s', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});

describe('delay', () => {
  it('reads the first stamp that makes sense', () => {
    const broken = xml('delay', { xmlns: 'urn:xmpp:delay', stamp: 'soon' });

    expect(delayOf(message(broken, delay(atMs, 'example.org'), delay(0)))).toBe(atMs);
    expect(delayOf(message())).toBeUndefined();
  });

  it('believes only who is trusted, whatever the case', () => {
    const stanza = message(delay(1, 'evil.org'), delay(2), delay(atMs, 'Room@Example.org'));

    expect(delayOf(stanza, ['room@example.org'])).toBe(atMs);
    expect(delayOf(stanza, ['room@example.org/x'])).toBeUndefined();
  });
});

describe('forwarding', () => {
  it('opens what it wraps', () => {
    const wrapper = xml('result', {}, forwarded(xml('message', { to: own }, xml('body', {}, 'hi')), atMs));

    expect(readForwarded(wrapper)).toMatchObject({ delayMs: atMs, message: { name: 'message' } });
  });

  it('refuses what is not exactly one stanza of the expected kind', () => {
    const inside = (...parts: Element[]) =>
      xml('w', {}, xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, ...parts));
    const inner = () => xml('message', { xmlns: 'jabber:client' });

    expect(readForwarded(inside())).toBeUndefined();
    expect(readForwarded(inside(inner(), inner()))).toBeUndefined();
    expect(readForwarded(inside(xml('message', {})))).toBeUndefined();
    expect(readForwarded(inside(inner()), 'presence')).toBeUndefined();
    expect(readForwarded(xml('w', {}))).toBeUndefined();
    expect(readForwarded(inside(inner()))?.delayMs).toBeUndefined();
  });

  it.each([
    [undefined, own],
    ['Bot@EXAMPLE.org', own],
    ['bot@example.org/x', undefined],
    ['bot@example.org/', undefined],
    ['example.org', undefined],
    ['', undefined],
  ])('takes %s as sent by %s', (from, sender) => {
    expect(bareSender(xml('message', { from }), own)).toBe(sender);
  });
});

describe('ids', () => {
  it('reads the id of the sender', () => {
    expect(originIdOf(message(originId('o1')))).toBe('o1');
    expect(originIdOf(message(originId('')))).toBeUndefined();
  });

  it('reads the id that one archive gave, and nobody else', () => {
    const stanza = message(stanzaId('theirs', bareJid('you@example.org')), stanzaId('ours', own));

    expect(stanzaIdBy(stanza, own)).toBe('ours');
    expect(stanzaIdBy(message(), own)).toBeUndefined();
    expect(
      stanzaIdBy(message(xml('stanza-id', { xmlns: 'urn:xmpp:sid:0', id: 'a', by: `${own}/x` })), own),
    ).toBeUndefined();
  });

  it('believes none of two that differ', () => {
    expect(stanzaIdBy(message(stanzaId('a', own), stanzaId('b', own)), own)).toBeUndefined();
    expect(stanzaIdBy(message(stanzaId('a', own), stanzaId('a', own)), own)).toBe('a');
  });
});

describe('markers', () => {
  it('reads what it builds', () => {
    expect(readMarker(message(displayed('m1')))).toEqual({ kind: 'displayed', id: 'm1' });
    expect(isMarkable(message(markable()))).toBe(true);
  });

  it('reads none from errors, and none without an id or of another kind', () => {
    expect(readMarker(bounced(displayed('m1')))).toBeUndefined();
    expect(isMarkable(bounced(markable()))).toBe(false);
    expect(readMarker(message(displayed('')))).toBeUndefined();
    expect(readMarker(message(xml('seen', { xmlns: 'urn:xmpp:chat-markers:0', id: 'm1' })))).toBeUndefined();
  });
});

describe('chat states', () => {
  it.each(['active', 'composing', 'paused', 'inactive', 'gone'] as const)('reads %s', (state) => {
    expect(readChatState(message(chatState(state)))).toBe(state);
  });

  it('reads nothing else', () => {
    expect(
      readChatState(message(xml('dancing', { xmlns: 'http://jabber.org/protocol/chatstates' }))),
    ).toBeUndefined();
    expect(readChatState(bounced(chatState('active')))).toBeUndefined();
    expect(readChatState(message())).toBeUndefined();
  });
});

describe('corrections and retractions', () => {
  it('reads what is corrected', () => {
    expect(readReplaced(message(replaces('m1')))).toEqual({ id: 'm1' });
    expect(readReplaced(message(replaces('')))).toBeUndefined();
    expect(readReplaced(bounced(replaces('m1')))).toBeUndefined();
  });

  it('reads what is taken back', () => {
    const parts = retractionOf({ id: 'm1', fallbackText: 'A message was taken back.' });

    expect(readRetraction(message(...parts))).toEqual({ id: 'm1' });
    expect(readRetraction(bounced(...parts))).toBeUndefined();
    expect(parts.map((one) => one.getName())).toEqual(['retract', 'fallback', 'body', 'store']);
  });

  it('reads the version before', () => {
    const earlier = (payload: Element) =>
      message(xml('apply-to', { xmlns: 'urn:xmpp:fasten:0', id: 'o1' }, payload));

    expect(readRetraction(earlier(xml('retract', { xmlns: 'urn:xmpp:message-retract:0' })))).toEqual({
      id: 'o1',
    });
    expect(readRetraction(earlier(xml('external', { name: 'body' })))).toBeUndefined();
    expect(readRetraction(message(xml('retract', { xmlns: 'urn:xmpp:message-retract:1' })))).toBeUndefined();
  });
});

describe('reactions', () => {
  it('reads a set', () => {
    expect(
      readReactions(message(reactWith({ id: 'm1', emojis: ['👋', '❤️', '👋', '🏳️‍🌈', '🇩🇪', '1️⃣'] }))),
    ).toEqual({
      id: 'm1',
      emojis: new Set(['👋', '❤️', '🏳️‍🌈', '🇩🇪', '1️⃣']),
    });
  });

  it('leaves out what is no emoji', () => {
    const hostile = ['a', '', '👋👋', 'hi 👋', '1', `👋${'\u0301'.repeat(500)}`];

    expect(readReactions(message(reactWith({ id: 'm1', emojis: hostile })))?.emojis).toEqual(new Set());
    expect(readReactions(message(xml('reactions', { xmlns: 'urn:xmpp:reactions:0' })))).toBeUndefined();
    expect(readReactions(bounced(reactWith({ id: 'm1', emojis: ['👋'] })))).toBeUndefined();
  });

  it('replaces what the same person said before', () => {
    const before = new Map([
      ['you', new Set(['👋', '❤️'])],
      ['me', new Set(['👋'])],
    ]);

    expect(withReactions(before, 'you', new Set(['🎉'])).get('you')).toEqual(new Set(['🎉']));
    expect([...withReactions(before, 'you', new Set()).keys()]).toEqual(['me']);
  });
});

describe('files and hints', () => {
  it('reads where a file is', () => {
    const url = 'https://example.org/cat.png';

    expect(readOutOfBand(message(outOfBand({ url, description: 'A cat' })))).toEqual([
      { url, description: 'A cat' },
    ]);
    expect(readOutOfBand(bounced(outOfBand({ url })))).toEqual([]);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', '', 'cat.png', 'data:text/html,x'])(
    'leaves out %s',
    (url) => {
      expect(readOutOfBand(message(outOfBand({ url })))).toEqual([]);
    },
  );

  it('reads hints', () => {
    expect(
      readHints(message(hint('store'), hint('no-copy'), xml('other', { xmlns: 'urn:xmpp:hints' }))),
    ).toEqual(new Set(['store', 'no-copy']));
  });

  it('knows a server that wants to hear of inactivity', () => {
    expect(offersClientState(xml('features', {}, xml('csi', { xmlns: 'urn:xmpp:csi:0' })))).toBe(true);
    expect(offersClientState(xml('features', {}))).toBe(false);
    expect(clientState('inactive').toString()).toBe('<inactive xmlns="urn:xmpp:csi:0"/>');
  });

  it.each([
    [xml('features', {}, xml('csi', { xmlns: 'urn:xmpp:csi:0' })), ['inactive']],
    [xml('features', {}), []],
    [undefined, []],
  ])('tells it only a server that offers it (%s)', (streamFeatures, expected) => {
    const written: string[] = [];
    const sendNonza = (element: Element) => void written.push(element.getName());

    expect(announceClientState({ streamFeatures, sendNonza }, 'inactive')).toBe(expected.length > 0);
    expect(written).toEqual(expected);
  });
});
