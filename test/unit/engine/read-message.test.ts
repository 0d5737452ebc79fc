import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src-main/engine/messages/read-message.ts';
import type { BareJid } from '../../../src-shared/jid.ts';

const own = 'you@localhost' as BareJid;
const RECEIVED = Date.UTC(2026, 0, 1);
const read = (text: string) => readMessage(parse(text), own, RECEIVED);

const inner = (attrs = "from='you@localhost/phone' to='you@localhost'", more = '') =>
  `<message xmlns='jabber:client' ${attrs} id='m1' type='chat'><body>/help</body>${more}</message>`;
const carbon = (from: string, message: string, kind = 'sent') =>
  `<message xmlns='jabber:client' ${from}><${kind} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>${message}</forwarded></${kind}></message>`;

describe('reading a message', () => {
  it('takes the direct copy and both carbons as one message', () => {
    const copies = [
      read(inner()),
      read(carbon("from='you@localhost'", inner())),
      read(carbon("from='you@localhost'", inner(), 'received')),
      read(carbon('', inner("from='you@localhost/phone'"))),
    ];

    for (const copy of copies) {
      expect(copy).toMatchObject({
        kind: 'message',
        message: { from: own, to: own, text: '/help', resource: 'phone' },
      });
    }
    const names = copies.map((copy) => (copy.kind === 'message' ? copy.message.names[0] : copy));
    expect(new Set(names).size).toBe(1);
  });

  it('does not believe a carbon that somebody else sent', () => {
    expect(read(carbon("from='evil@localhost'", inner()))).toEqual({ kind: 'ignored', why: 'forged' });
    expect(read(carbon("from='you@localhost/phone'", inner()))).toEqual({ kind: 'ignored', why: 'forged' });
  });

  it('does not take a stranger for the owner', () => {
    expect(read(inner("from='evil@localhost/x' to='you@localhost'"))).toMatchObject({
      kind: 'message',
      message: { from: 'evil@localhost' },
    });
  });

  it.each([
    ['room', "<message from='you@localhost/x' type='groupchat'><body>/help</body></message>"],
    ['encrypted', inner(undefined, "<openpgp xmlns='urn:xmpp:openpgp:0'/>")],
    ['room', inner(undefined, "<x xmlns='http://jabber.org/protocol/muc#user'/>")],
    ['no-text', "<message from='you@localhost/x'/>"],
  ])('leaves alone: %s', (why, stanza) => {
    expect(read(stanza)).toEqual({ kind: 'ignored', why });
  });

  it.each([
    [
      'edited_message',
      "<body>/help</body><replace xmlns='urn:xmpp:message-correct:0' id='m0'/>",
      { text: '/help', stanzaId: 'm0' },
    ],
    [
      'deleted_message',
      "<body>This client cannot delete.</body><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>" +
        "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>",
      { text: '', stanzaId: 'm0' },
    ],
    [
      'deleted_message',
      "<body>x</body><apply-to xmlns='urn:xmpp:fasten:0' id='m0'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>",
      { text: '', stanzaId: 'm0' },
    ],
    [
      'reaction',
      "<reactions xmlns='urn:xmpp:reactions:0' id='m0'><reaction>👍</reaction><reaction>no</reaction></reactions>",
      { text: '', stanzaId: 'm0', emojis: ['👍'] },
    ],
    [
      'message',
      "<body>> Hi there\nMe too</body><reply xmlns='urn:xmpp:reply:0' id='m0' to='you@localhost/phone'/>" +
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='11'/></fallback>",
      { text: 'Me too', stanzaId: 'm1', replyTo: 'm0' },
    ],
  ])('tells what kind it is: %s', (kind, content, expected) => {
    const stanza = `<message xmlns='jabber:client' from='you@localhost/phone' to='you@localhost' id='m1' type='chat'>${content.replace('> Hi', '&gt; Hi')}</message>`;

    expect(read(stanza)).toMatchObject({ kind: 'message', message: { kind, ...expected } });
  });

  it('knows what an engine sent by its mark, and what that answers', () => {
    expect(read(inner(undefined, "<generated xmlns='urn:botmother:0' for='abc'/>"))).toMatchObject({
      message: { isGenerated: true, answers: 'abc' },
    });
    expect(read(inner(undefined, "<generated xmlns='urn:botmother:0'/>"))).toMatchObject({
      message: { isGenerated: true },
    });
  });

  it('takes the time of a delayed message from its stamp', () => {
    const delay = "<delay xmlns='urn:xmpp:delay' from='localhost' stamp='2025-12-31T23:00:00Z'/>";
    const claimed = "<delay xmlns='urn:xmpp:delay' from='evil.example' stamp='2025-12-31T23:00:00Z'/>";

    expect(read(inner(undefined, delay))).toMatchObject({ message: { sentAt: RECEIVED - 3_600_000 } });
    expect(read(inner())).toMatchObject({ message: { sentAt: RECEIVED } });
    expect(read(inner(undefined, claimed))).toMatchObject({ message: { sentAt: RECEIVED } });
  });

  it('names a message by the own archive only, not by what a sender claims', () => {
    const ids = "<stanza-id xmlns='urn:xmpp:sid:0' by='you@localhost' id='a1'/>";
    const claimed = "<stanza-id xmlns='urn:xmpp:sid:0' by='evil@localhost' id='a1'/>";
    const count = (stanza: string) => {
      const reading = read(stanza);
      return reading.kind === 'message' ? reading.message.names.length : 0;
    };

    expect(count(inner(undefined, ids))).toBe(2);
    expect(count(inner(undefined, claimed))).toBe(1);
  });

  it('tells a bounce with its reason', () => {
    const bounce =
      "<message type='error' id='m9' from='gone@localhost'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>";

    expect(read(bounce)).toEqual({
      kind: 'bounce',
      id: 'm9',
      reason: 'service-unavailable',
      from: 'gone@localhost',
    });
  });
});
