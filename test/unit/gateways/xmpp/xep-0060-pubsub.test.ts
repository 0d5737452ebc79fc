import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import {
  publishItem,
  readEvent,
  readItems,
  retractItem,
} from '../../../../src-main/gateways/xmpp/xep-0060-pubsub.ts';
import {
  avatarId,
  publishAvatar,
  readAvatar,
  readAvatarInfo,
} from '../../../../src-main/gateways/xmpp/xep-0084-avatar.ts';
import { hasPep, onEvent, type PepEvent, readPep } from '../../../../src-main/gateways/xmpp/xep-0163-pep.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const NS = 'http://jabber.org/protocol/pubsub';
const NS_EVENT = `${NS}#event`;
const own = bareJid('bot@example.org');
const friend = bareJid('you@example.org');

/** Answers in the given order; what was asked is kept in short words. */
function service(...answers: (Element | string)[]) {
  const asked: string[] = [];
  const iqs: Element[] = [];
  return {
    asked,
    iqs,
    jid: own,
    async request(iq: Element) {
      const pubsub = iq.getChild('pubsub');
      iqs.push(iq);
      asked.push((pubsub?.getChildElements() ?? []).map((one) => describeRequest(one)).join(' '));
      const answer = answers.shift() ?? xml('iq', { type: 'result' });
      if (typeof answer === 'string') throw new StanzaError(answer, 'cancel', '');
      return answer;
    },
  };
}

function describeRequest(element: Element): string {
  const options = (element.getChild('x')?.getChildren('field') ?? [])
    .filter((field) => field.attrs.var !== 'FORM_TYPE')
    .map((field) => `${String(field.attrs.var).replace('pubsub#', '')}=${field.getChildText('value')}`);
  return [element.getName(), ...options].join(':');
}

const pubsub = (...parts: Element[]) => xml('iq', { type: 'result' }, xml('pubsub', { xmlns: NS }, ...parts));
const item = (id: string, payload?: Element) => xml('item', { id }, payload);
const options = { access: 'open', persist: true, maxItems: 'max' } as const;
const payload = () => xml('data', { xmlns: 'urn:example' });
const WISHED = 'access_model=open:persist_items=1:max_items=max';
const SAFE = 'publish publish-options:access_model=open:persist_items=1';

describe('publishing', () => {
  it('is one request where the service takes the options', async () => {
    const session = service(pubsub(xml('publish', { node: 'n' }, item('given'))));

    expect(await publishItem(session, { node: 'n', payload: payload(), options })).toBe('given');
    expect(session.asked).toEqual([`publish publish-options:${WISHED}`]);
  });

  it('makes the node first where the options are refused', async () => {
    const session = service('resource-constraint');

    expect(await publishItem(session, { node: 'n', id: 'current', payload: payload(), options })).toBe(
      'current',
    );
    expect(session.asked).toEqual([`publish publish-options:${WISHED}`, `create configure:${WISHED}`, SAFE]);
  });

  it.each(['conflict', 'precondition-not-met', 'resource-constraint', 'item-not-found'])(
    'configures the node that is there (%s)',
    async (condition) => {
      const session = service(condition, 'conflict');

      await publishItem(session, { node: 'n', payload: payload(), options });

      expect(session.asked).toEqual([
        `publish publish-options:${WISHED}`,
        `create configure:${WISHED}`,
        `configure:${WISHED}`,
        SAFE,
      ]);
      expect(session.iqs[2]?.getChild('pubsub')?.attrs.xmlns).toBe(`${NS}#owner`);
      expect(session.iqs[2]?.getChild('pubsub')?.getChild('configure')?.attrs.node).toBe('n');
    },
  );

  it('gives up where it is not allowed', async () => {
    const session = service('forbidden');

    await expect(publishItem(session, { node: 'n', payload: payload(), options })).rejects.toMatchObject({
      condition: 'forbidden',
    });
    expect(session.asked).toHaveLength(1);
  });

  it('never publishes where the options could not be set', async () => {
    const session = service('conflict', 'conflict', 'not-allowed');

    await expect(publishItem(session, { node: 'n', payload: payload(), options })).rejects.toMatchObject({
      condition: 'not-allowed',
    });
    expect(session.asked).toHaveLength(3);
  });

  it('asks for no options where none are wished', async () => {
    const session = service('conflict');

    await expect(publishItem(session, { node: 'n', payload: payload() })).rejects.toThrow('conflict');
    expect(session.asked).toEqual(['publish']);
  });
});

describe('reading', () => {
  it('gives the items of the node, and only those that were asked for', async () => {
    const answer = () =>
      pubsub(xml('items', { node: 'n' }, item('a', payload()), item('b'), xml('item', {}), xml('x', {})));

    expect(await readItems(service(answer()), { node: 'n' })).toMatchObject([
      { id: 'a', payload: { name: 'data' } },
      { id: 'b', payload: undefined },
    ]);
    expect(await readItems(service(answer()), { node: 'n', ids: ['b'] })).toHaveLength(1);
    expect(await readItems(service(answer()), { node: 'other' })).toEqual([]);
    expect(await readItems(service(), { node: 'n' })).toEqual([]);
  });

  it('finds nothing on a node that is not there, and says where it may not look', async () => {
    expect(await readPep(service('item-not-found'), { owner: friend, node: 'n' })).toEqual([]);
    await expect(readPep(service('forbidden'), { owner: friend, node: 'n' })).rejects.toThrow('forbidden');
  });

  it('tells others when it takes an item back', async () => {
    const session = service();

    await retractItem(session, { node: 'n', id: 'a' });

    expect(session.iqs[0]?.getChild('pubsub')?.getChild('retract')?.attrs).toEqual({
      node: 'n',
      notify: 'true',
    });
  });
});

describe('events', () => {
  const event = (from: string | undefined, ...parts: Element[]) =>
    xml('message', { xmlns: 'jabber:client', from }, xml('event', { xmlns: NS_EVENT }, ...parts));
  const items = (node = 'n') => xml('items', { node }, item('a', payload()), xml('retract', { id: 'b' }));

  async function heard(message: Element, filter: { owner?: typeof own } = {}) {
    const handlers: ((stanza: Element) => void)[] = [];
    const features = new Set<string>();
    const seen: PepEvent[] = [];
    const session = {
      jid: own,
      advertise: (feature: string) => {
        features.add(feature);
        return () => void features.delete(feature);
      },
      watchMessages: (handler: (stanza: Element) => void) => {
        handlers.push(handler);
        return () => void handlers.splice(0);
      },
    };
    const stop = onEvent(session, { node: 'n', ...filter }, (one) => void seen.push(one));
    const announced = [...features];
    for (const handler of handlers) handler(message);
    stop();
    return { seen, announced, isOff: features.size === 0 && handlers.length === 0 };
  }

  it('come from the owner, are asked for, and stop', async () => {
    const { seen, announced, isOff } = await heard(event(friend, items()));

    expect(seen).toMatchObject([{ owner: friend, node: 'n', items: [{ id: 'a' }], retractedIds: ['b'] }]);
    expect([announced, isOff]).toEqual([['n+notify'], true]);
  });

  it('of the own account may come without a sender', async () => {
    expect((await heard(event(undefined, items()))).seen).toMatchObject([{ owner: own }]);
  });

  it.each([
    ['from a client', event(`${friend}/x`, items())],
    ['from a client of ours', event(`${own}/x`, items())],
    ['from nobody', event('', items())],
    ['of another node', event(friend, items('m'))],
    ['without a node', event(friend, xml('items', {}, item('a')))],
    [
      'that came back',
      xml('message', { type: 'error', from: friend }, xml('event', { xmlns: NS_EVENT }, items())),
    ],
    ['that is none', xml('message', { from: friend }, xml('event', { xmlns: 'urn:other' }, items()))],
  ])('one %s is not heard', async (_, message) => {
    expect((await heard(message)).seen).toEqual([]);
  });

  it('of others are not heard where one owner is asked for', async () => {
    expect((await heard(event(friend, items()), { owner: own })).seen).toEqual([]);
    expect((await heard(event(own, items()), { owner: own })).seen).toHaveLength(1);
  });

  it.each([
    ['purge', 'purged'],
    ['delete', 'deleted'],
  ])('tell that all is gone (%s)', (name, gone) => {
    expect(readEvent(event(friend, xml(name, { node: 'n' })))).toEqual({
      node: 'n',
      items: [],
      retractedIds: [],
      gone,
    });
  });
});

describe('avatars', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const id = avatarId(bytes);
  const metadata = (changes: Record<string, string | undefined> = {}) =>
    xml(
      'metadata',
      { xmlns: 'urn:xmpp:avatar:metadata' },
      xml('info', { id, bytes: '3', type: 'image/png', width: '1', ...changes }),
    );
  const metadataAnswer = () =>
    pubsub(xml('items', { node: 'urn:xmpp:avatar:metadata' }, item(id, metadata())));
  const dataAnswer = (base64: string) =>
    pubsub(
      xml(
        'items',
        { node: 'urn:xmpp:avatar:data' },
        item(id, xml('data', { xmlns: 'urn:xmpp:avatar:data' }, base64)),
      ),
    );

  it('are published as data first, then as metadata', async () => {
    const session = service();

    expect(await publishAvatar(session, { bytes, mediaType: 'image/png' })).toBe(id);
    expect(session.iqs.map((iq) => iq.getChild('pubsub')?.getChild('publish')?.attrs.node)).toEqual([
      'urn:xmpp:avatar:data',
      'urn:xmpp:avatar:metadata',
    ]);
  });

  it('are read, also with white space in the data', async () => {
    expect(await readAvatar(service(metadataAnswer(), dataAnswer(' AQ\nID ')), { owner: friend })).toEqual({
      id,
      bytes,
      sizeBytes: 3,
      mediaType: 'image/png',
      width: 1,
      height: undefined,
    });
  });

  it('are not believed when the bytes are others', async () => {
    expect(await readAvatar(service(metadataAnswer(), dataAnswer('AQIE')))).toBeUndefined();
    expect(await readAvatar(service(metadataAnswer(), 'item-not-found'))).toBeUndefined();
    expect(await readAvatar(service('item-not-found'))).toBeUndefined();
  });

  it.each([
    { id: '../../x' },
    { id: undefined },
    { bytes: '-1' },
    { type: undefined },
    { url: 'https://example.org/a' },
  ])('have no metadata in %o', (changes) => {
    expect(readAvatarInfo(metadata(changes))).toBeUndefined();
  });

  it('have none when the owner took them off', () => {
    expect(readAvatarInfo(xml('metadata', { xmlns: 'urn:xmpp:avatar:metadata' }))).toBeUndefined();
    expect(readAvatarInfo(xml('metadata', {}))).toBeUndefined();
  });
});

it('sees whether the account has PEP', async () => {
  const info = (identity: Record<string, string>) =>
    xml(
      'iq',
      {},
      xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }, xml('identity', identity)),
    );

  expect(await hasPep(service(info({ category: 'pubsub', type: 'pep' })))).toBe(true);
  expect(await hasPep(service(info({ category: 'account', type: 'registered' })))).toBe(false);
});
