import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import { forwarded } from '../../../../src-main/gateways/xmpp/xep-0297-forwarding.ts';
import {
  isArchiveResult,
  newestArchived,
  queryArchive,
} from '../../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const NS = 'urn:xmpp:mam:2';
const own = bareJid('bot@example.org');
const atMs = Date.UTC(2026, 0, 2);

interface ResultOptions {
  id?: string | undefined;
  from?: string | undefined;
  queryId: string;
  sentMs?: number | undefined;
}

function result({ id = 'a1', from, queryId, sentMs = atMs }: ResultOptions): Element {
  const inner = xml('message', { from: 'you@example.org/x', type: 'chat' }, xml('body', {}, id));
  return xml(
    'message',
    { xmlns: 'jabber:client', from, to: own },
    xml('result', { xmlns: NS, queryid: queryId, id }, forwarded(inner, sentMs)),
  );
}

const fin = (attributes: Record<string, string> = {}, ...parts: Element[]) =>
  xml(
    'iq',
    { type: 'result' },
    xml(
      'fin',
      { xmlns: NS, ...attributes },
      xml('set', { xmlns: 'http://jabber.org/protocol/rsm' }, ...parts),
    ),
  );

/** A session whose archive sends these messages before its answer. */
function archive(messagesOf: (queryId: string) => Element[], answer: Element | StanzaError = fin()) {
  const handlers = new Set<(stanza: Element) => void>();
  const asked: Element[] = [];
  return {
    jid: own,
    asked,
    handlers,
    watchMessages(handler: (stanza: Element) => void) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    async request(iq: Element) {
      asked.push(iq);
      const queryId = String(iq.getChild('query')?.attrs.queryid);
      for (const message of messagesOf(queryId)) {
        for (const handler of handlers) handler(message);
      }
      if (answer instanceof StanzaError) throw answer;
      return answer;
    },
  };
}

describe('a page', () => {
  it('has the messages of the archive in order, and where it ends', async () => {
    const session = archive(
      (queryId) => [result({ queryId }), result({ queryId, id: 'a2', from: own, sentMs: atMs + 1 })],
      fin(
        { complete: 'true' },
        xml('first', { index: '0' }, 'a1'),
        xml('last', {}, 'a2'),
        xml('count', {}, '2'),
      ),
    );

    const page = await queryArchive(session, { max: 10 });

    expect(page).toMatchObject({ isComplete: true, first: 'a1', last: 'a2', count: 2 });
    expect(page.messages.map(({ archiveId, stampMs }) => [archiveId, stampMs])).toEqual([
      ['a1', atMs],
      ['a2', atMs + 1],
    ]);
    expect(page.messages[0]?.message.getChildText('body')).toBe('a1');
    expect(session.handlers.size).toBe(0);
  });

  it('asks for what was wished', async () => {
    const session = archive(() => []);
    const room = bareJid('room@conference.example.org');

    await queryArchive(session, {
      max: 5,
      after: 'a1',
      start: atMs,
      end: atMs + 1_000,
      with: own,
      archive: room,
    });

    const [iq] = session.asked;
    const values = iq
      ?.getChild('query')
      ?.getChild('x')
      ?.getChildren('field')
      .map((field) => [field.attrs.var, field.getChildText('value')]);
    expect(iq?.attrs.to).toBe(room);
    expect(iq?.getChild('query')?.getChild('set')?.getChildText('after')).toBe('a1');
    expect(values).toEqual([
      ['FORM_TYPE', NS],
      ['start', '2026-01-02T00:00:00.000Z'],
      ['end', '2026-01-02T00:00:01.000Z'],
      ['with', own],
    ]);
  });

  it('uses another id for each query', async () => {
    const session = archive(() => []);

    await queryArchive(session, { max: 1 });
    await queryArchive(session, { max: 1 });

    const [first, second] = session.asked.map((iq) => iq.getChild('query')?.attrs.queryid);
    expect(first).not.toBe(second);
  });

  it('takes no more than was asked for, and says that there is more', async () => {
    const session = archive(
      (queryId) => [1, 2, 3].map((n) => result({ queryId, id: `a${n}` })),
      fin({ complete: 'true' }, xml('last', {}, 'a3')),
    );

    expect(await queryArchive(session, { max: 2 })).toMatchObject({
      messages: [{ archiveId: 'a1' }, { archiveId: 'a2' }],
      isComplete: false,
      last: 'a2',
    });
  });

  it('passes on why the archive refuses, and stops listening', async () => {
    const session = archive(() => [], new StanzaError('item-not-found', 'cancel', ''));

    await expect(queryArchive(session, { max: 1, after: 'gone' })).rejects.toMatchObject({
      condition: 'item-not-found',
    });
    expect(session.handlers.size).toBe(0);
  });

  it('survives an answer without an end', async () => {
    const session = archive(() => [], xml('iq', { type: 'result' }));

    expect(await queryArchive(session, { max: 1 })).toEqual({
      messages: [],
      isComplete: false,
      first: undefined,
      last: undefined,
      count: undefined,
    });
  });
});

describe('what is no result', () => {
  it.each<[string, (queryId: string) => Element]>([
    ['one from a stranger', (queryId) => result({ queryId, from: 'evil@example.org' })],
    ['one from a client of ours', (queryId) => result({ queryId, from: `${own}/x` })],
    ['one from the server', (queryId) => result({ queryId, from: 'example.org' })],
    ['one with an empty sender', (queryId) => result({ queryId, from: '' })],
    ['one of another query', () => result({ queryId: 'other' })],
    ['one without an archive id', (queryId) => result({ queryId, id: '' })],
    [
      'one without a time',
      (queryId) => {
        const stanza = result({ queryId });
        stanza.getChild('result')?.getChild('forwarded')?.remove('delay');
        return stanza;
      },
    ],
    [
      'one without a message',
      (queryId) => {
        const stanza = result({ queryId });
        stanza.getChild('result')?.getChild('forwarded')?.remove('message');
        return stanza;
      },
    ],
    ['a message', () => xml('message', { from: own }, xml('body', {}, 'hi'))],
  ])('%s', async (_, forged) => {
    const { messages } = await queryArchive(
      archive((queryId) => [forged(queryId)]),
      { max: 5 },
    );

    expect(messages).toEqual([]);
  });

  it('one of the own archive while a room is asked, and the other way', async () => {
    const room = bareJid('room@conference.example.org');
    const session = archive((queryId) => [
      result({ queryId, id: 'own' }),
      result({ queryId, id: 'occupant', from: `${room}/nick` }),
      result({ queryId, id: 'room', from: room }),
    ]);

    const fromRoom = await queryArchive(session, { max: 5, archive: room });
    const fromOwn = await queryArchive(session, { max: 5 });

    expect(fromRoom.messages.map((one) => one.archiveId)).toEqual(['room']);
    expect(fromOwn.messages.map((one) => one.archiveId)).toEqual(['own']);
  });
});

it('finds the newest', async () => {
  const session = archive((queryId) => [result({ queryId, id: 'a9' })]);

  expect(await newestArchived(session)).toEqual({ archiveId: 'a9', stampMs: atMs });
  expect(session.asked[0]?.getChild('query')?.getChild('set')?.getChild('before')).toBeDefined();
  expect(await newestArchived(archive(() => []))).toBeUndefined();
});

it('knows a result of any query', () => {
  expect(isArchiveResult(result({ queryId: 'any' }))).toBe(true);
  expect(isArchiveResult(xml('message', {}))).toBe(false);
});
