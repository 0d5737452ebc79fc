import { describe, expect, it } from 'vitest';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { openEnvelope, sealEnvelope } from '../../../../src-main/gateways/omemo/sce-envelope.ts';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { replaces } from '../../../../src-main/gateways/xmpp/xep-0308-correction.ts';
import { hint } from '../../../../src-main/gateways/xmpp/xep-0334-hints.ts';
import { readReply, replyTo } from '../../../../src-main/gateways/xmpp/xep-0461-reply.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const anna = bareJid('anna@example.org');
const bot = bareJid('bot@example.org');
const room = bareJid('tea@conference.example.org');
const direct = { from: anna, to: bot, isRoom: false };

const open = (text: string | Uint8Array, place: Parameters<typeof openEnvelope>[1] = direct) => {
  try {
    return openEnvelope(typeof text === 'string' ? Buffer.from(text) : text, place);
  } catch (error) {
    return error instanceof OmemoTrouble ? error.kind : error;
  }
};
const envelope = (content: string, affixes = `<from jid='${anna}'/>`) =>
  `<envelope xmlns='urn:xmpp:sce:1'><content>${content}</content>${affixes}</envelope>`;
const BODY = "<body xmlns='jabber:client'>hi</body>";
const contentOf = (text: string) => {
  const opened = open(text);
  return typeof opened === 'object' && opened && 'content' in opened
    ? (opened.content as { toString(): string }[]).map(String)
    : opened;
};

describe('an envelope', () => {
  it('gives back what was put in, as elements of a message', () => {
    const content = [xml('body', {}, 'Grüße & <mehr>'), replyTo({ id: 'r1', to: anna }), replaces('m1')];
    const timeMs = Date.UTC(2026, 0, 2, 3, 4, 5);

    const opened = openEnvelope(sealEnvelope({ content, from: anna, to: bot, timeMs }), direct);

    expect(opened.timeMs).toBe(timeMs);
    expect(opened.content.map(String)).toEqual([
      '<body xmlns="jabber:client">Grüße &amp; &lt;mehr&gt;</body>',
      '<reply xmlns="urn:xmpp:reply:0" id="r1" to="anna@example.org"/>',
      '<replace xmlns="urn:xmpp:message-correct:0" id="m1"/>',
    ]);
    const message = xml('message', { xmlns: 'jabber:client' }, ...opened.content);
    expect(readReply(message)).toEqual({ id: 'r1', to: anna, text: 'Grüße & <mehr>' });
    // What was given is not changed.
    expect(content.map((one) => one.parent)).toEqual([null, null, null]);
  });

  it('is of another length each time', () => {
    const content = [xml('body', {}, 'yes')];
    const lengths = Array.from({ length: 50 }, () => sealEnvelope({ content, from: anna }).length);

    expect(new Set(lengths).size).toBeGreaterThan(10);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(200);
  });

  it('takes nothing that is for servers', () => {
    expect(() => sealEnvelope({ content: [hint('store')], from: anna })).toThrow(TypeError);
  });

  it('is read with any prefixes', () => {
    const text = `<s:envelope xmlns:s='urn:xmpp:sce:1' xmlns:c='jabber:client'><s:content>
      <c:body xml:lang='de' c:x='1'>hi</c:body><o:x xmlns:o='jabber:x:oob'><o:url>https://a/</o:url></o:x></s:content>
      <s:rpad>..</s:rpad><s:from jid='Anna@Example.org/phone'/></s:envelope>`;

    expect(contentOf(text)).toEqual([
      '<body xmlns="jabber:client" xml:lang="de">hi</body>',
      '<x xmlns="jabber:x:oob"><url>https://a/</url></x>',
    ]);
  });

  it.each([
    ["<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='bot@example.org'/>"],
    ["<origin-id xmlns='urn:xmpp:sid:0' id='1'/>"],
    ["<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>"],
    ["<addresses xmlns='http://jabber.org/protocol/address'/>"],
    ["<result xmlns='urn:xmpp:mam:2'/>"],
    ["<received xmlns='urn:xmpp:carbons:2'/>"],
    ["<encrypted xmlns='urn:xmpp:omemo:2'/>"],
    ["<store xmlns='urn:xmpp:hints'/>"],
    ["<x xmlns='http://jabber.org/protocol/muc#user'/>"],
    ["<event xmlns='http://jabber.org/protocol/pubsub#event'/>"],
    ["<message xmlns='jabber:client' from='bot@example.org'/>"],
    ["<error xmlns='jabber:client' type='cancel'/>"],
    ["<body xmlns='urn:example'>no</body>"],
    ['<body>no</body>'],
    ["<toString xmlns='constructor'/>"],
  ])('has its content without %s', (smuggled) => {
    expect(contentOf(envelope(smuggled + BODY))).toEqual(['<body xmlns="jabber:client">hi</body>']);
  });

  it.each([
    ['no sender', envelope(BODY, '')],
    ['another sender', envelope(BODY, "<from jid='mallory@example.org'/>")],
    ['a sender that is none', envelope(BODY, "<from jid='@'/>")],
    ['a sender without address', envelope(BODY, '<from/>')],
    ['two senders', envelope(BODY, `<from jid='${anna}'/><from jid='mallory@example.org'/>`)],
    ['a sender of another namespace', envelope(BODY, `<from xmlns='urn:example' jid='${anna}'/>`)],
    ['another addressee', envelope(BODY, `<from jid='${anna}'/><to jid='${room}'/>`)],
    ['no content', `<envelope xmlns='urn:xmpp:sce:1'><from jid='${anna}'/></envelope>`],
    ['two contents', `<envelope xmlns='urn:xmpp:sce:1'><content/><content/><from jid='${anna}'/></envelope>`],
    ['another root', envelope(BODY).replaceAll('envelope', 'envelop')],
    ['another namespace', envelope(BODY).replace('sce:1', 'sce:0')],
    ['something behind it', `${envelope(BODY)}<a/>`],
    ['no end', envelope(BODY).slice(0, -5)],
    ['an entity of its own', `<!DOCTYPE a [<!ENTITY b "c">]>${envelope('&b;')}`],
    ['a comment', envelope(`<!-- x -->${BODY}`)],
    ['too many levels', envelope(`${'<a>'.repeat(40)}${'</a>'.repeat(40)}`)],
    ['too many elements', envelope('<a/>'.repeat(3_000))],
    ['too many bytes', envelope(`<body xmlns='jabber:client'>${'a'.repeat(300_000)}</body>`)],
    ['nothing', ''],
    ['a body and no XML', 'hello'],
  ])('is refused with %s', (_name, text) => {
    expect(open(text)).toBe('malformed');
  });

  it('is refused where it is no UTF-8', () => {
    expect(open(Buffer.concat([Buffer.from(envelope(BODY)), Buffer.from([0xff])]))).toBe('malformed');
  });

  it('names the room it is for', () => {
    const place = { from: anna, to: room, isRoom: true };
    const content = [xml('body', {}, 'hi')];

    expect(open(sealEnvelope({ content, from: anna, to: room }), place)).toMatchObject({ timeMs: undefined });
    expect(open(sealEnvelope({ content, from: anna }), place)).toBe('malformed');
    expect(open(sealEnvelope({ content, from: anna, to: bot }), place)).toBe('malformed');
    expect(open(sealEnvelope({ content, from: anna, to: room }))).toBe('malformed');
  });
});
