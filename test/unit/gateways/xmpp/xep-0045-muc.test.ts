import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { joinRoom, leaveRoom } from '../../../../src-main/gateways/xmpp/xep-0045-joined-room.ts';
import {
  configureRoom,
  readRoomPresence,
  readSubject,
} from '../../../../src-main/gateways/xmpp/xep-0045-muc.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const NS_USER = 'http://jabber.org/protocol/muc#user';
const room = bareJid('room@conference.example.org');

interface PresenceOptions {
  type?: string;
  codes?: number[];
  from?: string;
  item?: Record<string, string>;
  parts?: Element[];
}
function presence(
  nickname: string,
  { type, codes = [], from = room, item = {}, parts = [] }: PresenceOptions = {},
) {
  return xml(
    'presence',
    { xmlns: 'jabber:client', from: `${from}/${nickname}`, type },
    xml(
      'x',
      { xmlns: NS_USER },
      xml('item', { affiliation: 'member', role: 'participant', ...item }),
      ...codes.map((code) => xml('status', { code: String(code) })),
      ...parts,
    ),
  );
}
const refusal = (condition: string, attributes: Record<string, string | undefined> = {}) =>
  xml(
    'presence',
    { from: `${room}/bot`, type: 'error', ...attributes },
    xml('error', { type: 'cancel' }, xml(condition, { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' })),
  );

/** A session that does what the test says. */
function scripted() {
  const presences = new Set<(stanza: Element) => void>();
  const messages = new Set<(stanza: Element) => void>();
  const readies = new Set<(event: { resumed: boolean }) => void>();
  const add = <T>(set: Set<T>, one: T) => {
    set.add(one);
    return () => void set.delete(one);
  };
  const sent: Element[] = [];
  const clock = new ManualClock();
  const session = {
    jid: bareJid('bot@example.org'),
    send: async (stanza: Element) => void sent.push(stanza),
    onPresence: (handler: (stanza: Element) => void) => add(presences, handler),
    watchMessages: (handler: (stanza: Element) => void) => add(messages, handler),
    onReady: (listener: (event: { resumed: boolean }) => void) => add(readies, listener),
  };
  return {
    session,
    clock,
    sent,
    handlers: () => presences.size + messages.size + readies.size,
    show: (...stanzas: Element[]) => {
      for (const one of stanzas) for (const handler of [...presences]) handler(one);
    },
    say: (stanza: Element) => Promise.all([...messages].map((handler) => handler(stanza))),
    ready: (resumed: boolean) => {
      for (const listener of [...readies]) listener({ resumed });
    },
  };
}

async function inside() {
  const peer = scripted();
  const departures: unknown[] = [];
  const joining = joinRoom(
    peer,
    { room, nickname: 'bot' },
    { onDeparture: (event) => departures.push(event) },
  );
  peer.show(presence('anna', { item: { jid: 'anna@example.org/x' } }), presence('bot', { codes: [110] }));
  return { ...peer, departures, joined: await joining };
}

describe('entering', () => {
  it('is done when the room shows us ourselves, and knows the others then', async () => {
    const { joined, sent } = await inside();

    expect([...joined.occupants.keys()]).toEqual(['anna', 'bot']);
    expect(joined.occupants.get('anna')?.jid).toBe('anna@example.org');
    expect([joined.nickname, joined.isNew, joined.isJoined]).toEqual(['bot', false, true]);
    expect(sent[0]?.attrs.to).toBe(`${room}/bot`);
    expect(sent[0]?.getChild('x')?.getChild('history')?.attrs.maxstanzas).toBe('0');
  });

  it('says the password', async () => {
    const { session, clock, sent, show } = scripted();
    const joining = joinRoom({ session, clock }, { room, nickname: 'bot', password: 'open sesame' });
    show(presence('bot', { codes: [110, 201, 210] }));

    expect((await joining).isNew).toBe(true);
    expect(sent[0]?.getChild('x')?.getChildText('password')).toBe('open sesame');
  });

  it('goes by the name that the room gives', async () => {
    const { session, clock, show } = scripted();
    const joining = joinRoom({ session, clock }, { room, nickname: 'bot' });
    show(presence('bot2', { codes: [110, 210] }));

    expect((await joining).nickname).toBe('bot2');
  });

  it.each(['conflict', 'not-authorized', 'registration-required', 'forbidden'])(
    'passes on why it is refused (%s)',
    async (condition) => {
      const { session, clock, show, handlers } = scripted();
      const joining = joinRoom({ session, clock }, { room, nickname: 'bot' });
      show(refusal(condition));

      await expect(joining).rejects.toMatchObject({ name: 'StanzaError', condition });
      expect(handlers()).toBe(0);
    },
  );

  it('is not disturbed by others', async () => {
    const { session, clock, show } = scripted();
    const joining = joinRoom({ session, clock }, { room, nickname: 'bot' });
    show(
      presence('bot', { codes: [110], from: 'other@conference.example.org' }),
      refusal('conflict', { from: 'evil@example.org/x' }),
      refusal('conflict', { id: 'another' }),
      xml('presence', { from: `${room}/bot` }),
    );
    show(presence('bot', { codes: [110] }));

    expect([...(await joining).occupants.keys()]).toEqual(['bot']);
  });

  it('gives up after a while, and leaves in case it is let in after all', async () => {
    const { session, clock, sent, handlers } = scripted();
    const joining = joinRoom({ session, clock }, { room, nickname: 'bot', timeoutMs: 5_000 });
    clock.advance(5_000);

    await expect(joining).rejects.toThrow('room@conference.example.org did not answer within 5 s');
    expect([sent.at(-1)?.attrs.type, handlers(), clock.waits]).toEqual(['unavailable', 0, []]);
  });

  it('ends with the session', async () => {
    const { session, clock, ready } = scripted();
    const joining = joinRoom({ session, clock }, { room, nickname: 'bot' });
    ready(false);

    await expect(joining).rejects.toMatchObject({ name: 'SessionLost' });
  });

  it('says at once that the session is not online', async () => {
    const { session, clock, handlers } = scripted();
    const offline = { ...session, send: () => Promise.reject(new Error('not online')) };

    await expect(joinRoom({ session: offline, clock }, { room, nickname: 'bot' })).rejects.toThrow(
      'not online',
    );
    expect(handlers()).toBe(0);
  });
});

describe('inside', () => {
  it('follows who comes, goes and takes another name', async () => {
    const { joined, show } = await inside();
    show(
      presence('carl'),
      presence('anna', { type: 'unavailable', codes: [303], item: { nick: 'annie' } }),
      presence('annie'),
      presence('carl', { type: 'unavailable' }),
    );

    expect([...joined.occupants.keys()].sort()).toEqual(['annie', 'bot']);
  });

  it('stays when we take another name', async () => {
    const { joined, show, departures } = await inside();
    show(
      presence('bot', { type: 'unavailable', codes: [110, 303], item: { nick: 'robot' } }),
      presence('robot', { codes: [110] }),
    );

    expect([joined.nickname, joined.isJoined, departures]).toEqual(['robot', true, []]);
  });

  it('hears the subject, of this room only', async () => {
    const { joined, say } = await inside();
    const subject = (from: string, text: string, ...more: Element[]) =>
      xml('message', { xmlns: 'jabber:client', from, type: 'groupchat' }, xml('subject', {}, text), ...more);
    await say(subject(`${room}/anna`, 'Cake'));
    await say(subject('other@conference.example.org/x', 'Pie'));
    await say(subject(`${room}/anna`, 'no subject', xml('body', {}, 'hi')));

    expect(joined.subject).toBe('Cake');
  });

  it.each([
    ['kicked', [307], {}],
    ['dropped', [307, 333], {}],
    ['dropped', [333], {}],
    ['banned', [301], {}],
    ['removed', [321], {}],
    ['removed', [322], {}],
    ['shutdown', [332], {}],
    ['destroyed', [], { parts: [xml('destroy', {}, xml('reason', {}, 'because'))] }],
  ])('is told once that it is %s (%j)', async (why, codes, more) => {
    const { joined, show, departures, handlers } = await inside();
    const gone = () => presence('bot', { type: 'unavailable', codes: [110, ...codes], ...more });
    show(gone());
    show(gone());

    expect(departures).toEqual([{ why, reason: why === 'destroyed' ? 'because' : undefined }]);
    expect([joined.isJoined, joined.occupants.size]).toEqual([false, 0]);
    await expect.poll(handlers).toBe(0);
  });

  it('is over with the session, not with the stream', async () => {
    const { joined, ready, departures } = await inside();
    ready(true);
    expect(joined.isJoined).toBe(true);
    ready(false);

    expect(departures).toEqual([{ why: 'session-lost', reason: undefined }]);
  });
});

describe('leaving', () => {
  it('is done when the room says so', async () => {
    const { joined, show, sent, departures, clock } = await inside();
    const leaving = leaveRoom(joined);
    show(presence('bot', { type: 'unavailable', codes: [110] }));
    await leaving;

    expect(sent.at(-1)?.attrs).toMatchObject({ to: `${room}/bot`, type: 'unavailable' });
    expect(departures).toEqual([{ why: 'left', reason: undefined }]);
    expect(clock.waits).toEqual([]);
    await expect(leaveRoom(joined)).resolves.toBeUndefined();
  });

  it('does not wait for ever', async () => {
    const { joined, clock } = await inside();
    const leaving = leaveRoom(joined, 1_000);
    clock.advance(1_000);

    await expect(leaving).rejects.toThrow('did not answer within 1 s');
  });
});

describe('reading', () => {
  it.each([
    xml('presence', { from: room }, xml('x', { xmlns: NS_USER })),
    xml('presence', { from: `${room}/` }, xml('x', { xmlns: NS_USER })),
    xml('presence', { from: 'conference.example.org/x' }, xml('x', { xmlns: NS_USER })),
    xml('presence', {}, xml('x', { xmlns: NS_USER })),
    xml('presence', { from: `${room}/a` }),
    xml('presence', { from: `${room}/a`, type: 'subscribe' }, xml('x', { xmlns: NS_USER })),
  ])('finds no occupant in %s', (stanza) => {
    expect(readRoomPresence(stanza)).toBeUndefined();
  });

  it('takes what it does not know as nothing', () => {
    const strange = presence('a/b', {
      item: { affiliation: 'king', role: 'fool', jid: '@' },
      parts: [xml('status', { code: 'x' })],
    });

    expect(readRoomPresence(strange)).toMatchObject({
      occupant: { nickname: 'a/b', jid: undefined, affiliation: 'none', role: 'none' },
      statuses: new Set(),
    });
  });

  it('tells an empty subject from none', () => {
    const message = (type: string, ...parts: Element[]) =>
      xml('message', { xmlns: 'jabber:client', type }, ...parts);

    expect(readSubject(message('groupchat', xml('subject', {})))).toBe('');
    expect(readSubject(message('groupchat', xml('body', {}, 'a')))).toBeUndefined();
    expect(readSubject(message('chat', xml('subject', {}, 'a')))).toBeUndefined();
  });
});

it('opens a new room as the service suggests, or as it is told', async () => {
  const asked: Element[] = [];
  const session = {
    request: async (iq: Element) => {
      asked.push(iq);
      return xml('iq', {});
    },
  };

  await configureRoom(session, { room });
  await configureRoom(session, { room, fields: { 'muc#roomconfig_membersonly': false } });

  const fields = asked.map((iq) =>
    iq
      .getChild('query')
      ?.getChild('x')
      ?.getChildren('field')
      .map((field) => field.attrs.var),
  );
  expect(fields).toEqual([[], ['FORM_TYPE', 'muc#roomconfig_membersonly']]);
});
