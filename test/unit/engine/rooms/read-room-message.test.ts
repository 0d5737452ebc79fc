import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import {
  type RoomView,
  readRoomStanza,
  readSaying,
} from '../../../../src-main/engine/rooms/read-room-message.ts';
import type { Occupant } from '../../../../src-main/gateways/xmpp/xep-0045-muc.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const room = bareJid('tea@conference.localhost');
const account = bareJid('bot@localhost');
const NOW = Date.parse('2026-11-21T12:00:00Z');
const occupant = (nickname: string, jid?: string, occupantId?: string): Occupant => ({
  nickname,
  jid: jid === undefined ? undefined : bareJid(jid),
  affiliation: 'member',
  role: 'participant',
  occupantId,
});
const view = (changes: Partial<RoomView> = {}): RoomView => ({
  room,
  nick: 'Weather',
  account,
  occupants: new Map(),
  personOf: () => 'person',
  hasStanzaIds: true,
  hasOccupantIds: false,
  ...changes,
});
const message = (inner: string, { from = `${room}/anna`, id = 'm1' } = {}) =>
  parse(`<message xmlns='jabber:client' type='groupchat' from='${from}' id='${id}'>${inner}</message>`);
const read = (inner: string, changes: Partial<RoomView> = {}, options: { from?: string; id?: string } = {}) =>
  readRoomStanza(message(inner, options), view(changes), { receivedAt: NOW });
const say = (inner: string) => {
  const known = view();
  const stanza = message(inner);
  return readSaying(stanza, readRoomStanza(stanza, known, { receivedAt: NOW }), known);
};

describe('the id of a message in a room', () => {
  const ids = (by: string) => `<body>hi</body><stanza-id xmlns='urn:xmpp:sid:0' by='${by}' id='s1'/>`;

  it('is the one that the room gave', () => {
    expect(read(ids(room))).toMatchObject({ stanzaId: 's1', name: 's1', sentAs: 'm1' });
  });
  it.each([
    ['somebody else wrote', ids('anna@localhost'), {}],
    ['the room does not vouch for', ids(room), { hasStanzaIds: false }],
    ['is there twice', ids(room) + ids(room).replace('s1', 's2'), {}],
  ])('is not one that %s', (_, inner, changes) => {
    const found = read(inner, changes);
    expect(found.stanzaId).toBeUndefined();
    expect(found.name).toMatch(/^~/);
  });
  it('is otherwise the same for each copy, and another for another message', () => {
    const late = `<body>hi</body><delay xmlns='urn:xmpp:delay' from='${room}' stamp='2026-11-21T11:00:00Z'/>`;
    const [first, copy, other] = [read('<body>hi</body>'), read(late), read('<body>ho</body>')];
    expect(copy.name).toBe(first.name);
    expect(other.name).not.toBe(first.name);
  });
});

describe('who wrote it', () => {
  it('is an address where the room shows it, whatever the message claims', () => {
    const claim = `<body>hi</body><x xmlns='http://jabber.org/protocol/muc#user'><item jid='boss@localhost'/></x>`;
    const occupants = new Map([['anna', occupant('anna', 'anna@localhost')]]);
    expect(read(claim, { occupants })).toMatchObject({
      jid: 'anna@localhost',
      author: 'address anna@localhost',
    });
    expect(read(claim)).toMatchObject({ jid: undefined, author: 'nick anna person' });
  });
  it('is what the archive says', () => {
    const told = `<body>hi</body><x xmlns='http://jabber.org/protocol/muc#user'><item jid='anna@localhost/x'/></x>`;
    const occupants = new Map([['anna', occupant('anna', 'mallory@localhost')]]);
    const found = readRoomStanza(message(told), view({ occupants }), {
      receivedAt: NOW,
      stampMs: NOW - 1_000,
      archiveId: 'a1',
    });
    expect(found).toMatchObject({ jid: 'anna@localhost', name: 'a1', sentAt: NOW - 1_000, isOld: true });
  });
  it('is an occupant id, only where the room announces these', () => {
    const inner = `<body>hi</body><occupant-id xmlns='urn:xmpp:occupant-id:0' id='o1'/>`;
    expect(read(inner, { hasOccupantIds: true }).author).toBe('occupant o1');
    expect(read(inner).author).toBe('nick anna person');
  });
  it('is nobody who could change it, for what was said under a nickname before', () => {
    const late = `<body>hi</body><delay xmlns='urn:xmpp:delay' from='${room}' stamp='2026-11-21T11:00:00Z'/>`;
    expect(read(late)).toMatchObject({ author: '', isOld: true, sentAt: NOW - 3_600_000 });
  });
  it('is us by nickname, or by address where that is shown', () => {
    const from = `${room}/Weather`;
    expect(read('<body>hi</body>', {}, { from }).isOwn).toBe(true);
    const occupants = new Map([['Weather', occupant('Weather', 'mallory@localhost')]]);
    expect(read('<body>hi</body>', { occupants }, { from }).isOwn).toBe(false);
  });
  it('does not come from the future', () => {
    const late = `<body>hi</body><delay xmlns='urn:xmpp:delay' from='${room}' stamp='2027-11-21T11:00:00Z'/>`;
    expect(read(late).sentAt).toBe(NOW);
  });
});

describe('what it says', () => {
  it.each([
    ['Weather: hello', true],
    ['weather, hello', true],
    ['@Weather hello', true],
    ['hello @weather!', true],
    ['Weatherman: hello', false],
    ['the Weather is fine', false],
    ['you@weather.example', false],
  ])('mentions us: %s (%s)', (text, isMention) => {
    expect(say(`<body>${text}</body>`)).toMatchObject({ kind: 'message', text, isMention });
  });
  it.each([`xmpp:${room}/Weather`, `xmpp:${account}`, 'xmpp:tea%40conference.localhost/Weather'])(
    'mentions us by reference: %s',
    (uri) => {
      const reference = `<reference xmlns='urn:xmpp:reference:0' type='mention' uri='${uri}'/>`;
      expect(say(`<body>hi you</body>${reference}`)).toMatchObject({ isMention: true });
    },
  );
  it('is a subject, a reaction, a correction, a retraction, or nothing', () => {
    const reaction = `<reactions xmlns='urn:xmpp:reactions:0' id='s1'><reaction>👍</reaction></reactions>`;
    expect(say('<subject>Cake</subject>')).toEqual({ kind: 'subject', subject: 'Cake' });
    expect(say(reaction)).toMatchObject({ kind: 'reaction', target: 's1', emojis: ['👍'] });
    expect(say(`<body>b</body><replace xmlns='urn:xmpp:message-correct:0' id='m0'/>`)).toMatchObject({
      kind: 'edited_message',
      target: 'm0',
    });
    expect(say(`<retract xmlns='urn:xmpp:message-retract:1' id='s1'/>`)).toMatchObject({
      kind: 'deleted_message',
      target: 's1',
    });
    expect(say(`<composing xmlns='http://jabber.org/protocol/chatstates'/>`)).toBeUndefined();
  });
});
