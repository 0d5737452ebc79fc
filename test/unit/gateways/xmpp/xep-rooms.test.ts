import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import type { Element } from '../../../../src-main/gateways/xmpp/element.ts';
import { RequestTimeout, SessionLost, StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import {
  discoverRoom,
  isNoRoom,
  listAffiliated,
} from '../../../../src-main/gateways/xmpp/xep-0045-room-info.ts';
import { readInvitation } from '../../../../src-main/gateways/xmpp/xep-0249-invitation.ts';
import { mentionsIn } from '../../../../src-main/gateways/xmpp/xep-0372-references.ts';
import { selfPing } from '../../../../src-main/gateways/xmpp/xep-0410-self-ping.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const room = bareJid('tea@conference.localhost');

describe('invitations (XEP-0249, XEP-0045)', () => {
  const direct = (more = '') =>
    parse(
      `<message from='boss@localhost/phone' to='bot@localhost'><body>come</body><x xmlns='jabber:x:conference' jid='${room}' ${more}/></message>`,
    );
  const mediated = (from: string, inner: string) =>
    parse(`<message from='${from}'><x xmlns='http://jabber.org/protocol/muc#user'>${inner}</x></message>`);

  it('come directly, from who sent them', () => {
    expect(readInvitation(direct(`password='sesame' reason='tea time'`))).toEqual({
      room,
      from: 'boss@localhost',
      isDirect: true,
      password: 'sesame',
      reason: 'tea time',
    });
  });
  it('come through the room, which says from whom', () => {
    const invite = `<invite from='boss@localhost/x'><reason>tea</reason></invite><password>sesame</password>`;
    expect(readInvitation(mediated(room, invite))).toEqual({
      room,
      from: 'boss@localhost',
      isDirect: false,
      password: 'sesame',
      reason: 'tea',
    });
  });
  it.each([
    ['an occupant', mediated(`${room}/mallory`, `<invite from='boss@localhost'/>`)],
    ['a private message', mediated(room, '')],
    [
      'an error',
      parse(`<message type='error' from='${room}'><x xmlns='jabber:x:conference' jid='${room}'/></message>`),
    ],
    ['a broken address', parse(`<message from='a@b'><x xmlns='jabber:x:conference' jid='@'/></message>`)],
  ])('do not come from %s', (_, message) => {
    expect(readInvitation(message)).toBeUndefined();
  });
});

describe('a ping of oneself (XEP-0410)', () => {
  const answered = (outcome: Error | undefined) =>
    selfPing(
      { request: async () => (outcome ? Promise.reject(outcome) : parse('<iq/>')) },
      { room, nickname: 'bot' },
    );
  const error = (condition: string) => new StanzaError(condition, 'cancel', '');
  it.each([
    [undefined, 'inside'],
    [error('service-unavailable'), 'inside'],
    [error('feature-not-implemented'), 'inside'],
    [error('not-acceptable'), 'outside'],
    [error('item-not-found'), 'outside'],
    [error('remote-server-timeout'), 'unknown'],
    [new RequestTimeout('it', 1), 'unknown'],
    [new SessionLost('gone'), 'unknown'],
  ])('%s: %s', async (outcome, presence) => {
    expect(await answered(outcome)).toBe(presence);
  });
});

describe('what a room is', () => {
  const asking = (answer: string) => {
    const asked: Element[] = [];
    return {
      asked,
      session: {
        request: async (iq: Element) => {
          asked.push(iq);
          return parse(answer);
        },
      },
    };
  };
  it('is said by its features', async () => {
    const features = ['muc_membersonly', 'muc_nonanonymous', 'urn:xmpp:mam:2']
      .map((one) => `<feature var='${one}'/>`)
      .join('');
    const { session } = asking(
      `<iq><query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' type='text' name='Tea'/>${features}</query></iq>`,
    );
    expect(await discoverRoom(session, room)).toEqual({
      name: 'Tea',
      isMembersOnly: true,
      isNonAnonymous: true,
      hasArchive: true,
      hasStanzaIds: false,
      hasOccupantIds: false,
    });
  });
  it('has lists', async () => {
    const { session, asked } = asking(
      `<iq><query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='member' jid='anna@localhost'/><item affiliation='member' jid='@'/></query></iq>`,
    );
    expect(await listAffiliated(session, room, 'member')).toEqual(['anna@localhost']);
    expect(String(asked[0])).toContain('<item affiliation="member"/>');
  });
});

it('reads what is mentioned, and nothing else (XEP-0372)', () => {
  const reference = (type: string, uri: string) =>
    `<reference xmlns='urn:xmpp:reference:0' type='${type}' uri='${uri}'/>`;
  const message = parse(
    `<message>${reference('mention', 'xmpp:anna@localhost?message')}${reference('data', 'xmpp:bert@localhost')}${reference('mention', 'https://x/')}</message>`,
  );
  expect(mentionsIn(message)).toEqual(['anna@localhost']);
});

describe('an address that somebody wants to join', () => {
  type Said = Record<string, string[] | Error>;
  /** What each address says it is: `category/type`. */
  async function isNone(said: Said): Promise<boolean> {
    const session = {
      async request(iq: Element) {
        const answer = said[iq.attrs.to];
        if (!answer || answer instanceof Error) throw answer ?? new Error(`asked ${iq.attrs.to}`);
        const identities = answer
          .map((one) => one.split('/'))
          .map(([category, type]) => `<identity category='${category}' type='${type}'/>`)
          .join('');
        return parse(
          `<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'>${identities}</query></iq>`,
        );
      },
    };
    return isNoRoom(session, room);
  }
  const no = (condition: string) => new StanzaError(condition, 'cancel', '');
  const domain = 'conference.localhost';

  it.each<[string, Said]>([
    ['says that it is an account', { [room]: ['account/registered', 'pubsub/pep'] }],
    [
      'says nothing, at a server of accounts',
      { [room]: no('subscription-required'), [domain]: ['pubsub/pep', 'server/im'] },
    ],
  ])('is none of a room where it %s', async (_, said) => {
    expect(await isNone(said)).toBe(true);
  });

  it.each<[string, Said]>([
    ['says that it is a room', { [room]: ['conference/text'] }],
    ['says that it is a room of a gateway', { [room]: ['conference/irc'] }],
    ['does not say what it is', { [room]: [] }],
    ['is not there yet', { [room]: no('item-not-found'), [domain]: ['conference/text'] }],
    ['is at a server that has both', { [room]: no('forbidden'), [domain]: ['server/im', 'conference/text'] }],
    ['is at another service', { [room]: no('forbidden'), [domain]: ['gateway/xmpp'] }],
    ['cannot be asked, nor its server', { [room]: no('forbidden'), [domain]: no('forbidden') }],
    ['does not answer', { [room]: new RequestTimeout(room, 1) }],
    ['cannot be asked without a session', { [room]: new SessionLost('gone') }],
  ])('may be one of a room where it %s', async (_, said) => {
    expect(await isNone(said)).toBe(false);
  });
});
