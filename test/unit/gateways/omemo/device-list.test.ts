import { parse } from 'ltx';
import { describe, expect, it, vi } from 'vitest';
import { type ListedDevice, readDeviceList } from '../../../../src-main/gateways/omemo/device-list.ts';
import {
  type DeviceListEvent,
  fetchDeviceLists,
  followDeviceLists,
} from '../../../../src-main/gateways/omemo/device-list-node.ts';
import {
  ownDeviceList,
  RE_ADDS,
  withDevice,
  withoutDevice,
} from '../../../../src-main/gateways/omemo/own-device-list.ts';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { DEVICES_NODE } from '../../../../src-main/gateways/omemo/wire-names.ts';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const own = bareJid('bot@example.org');
const anna = bareJid('anna@example.org');
const NODE = DEVICES_NODE.omemo2;
const list = (...ids: (number | string)[]) =>
  parse(`<devices xmlns='urn:xmpp:omemo:2'>${ids.map((id) => `<device id='${id}'/>`).join('')}</devices>`);
const items = (node: string, ...found: Element[]) =>
  xml(
    'iq',
    {},
    xml('pubsub', { xmlns: 'http://jabber.org/protocol/pubsub' }, xml('items', { node }, ...found)),
  );
const item = (payload?: Element) => xml('item', { id: 'current' }, payload);

describe('a list', () => {
  it('has each device once, and only what can be one', () => {
    const read = readDeviceList('omemo2', list(5, 5, 0, -1, 2 ** 31, '1e3', ' 7', 'x', 2 ** 31 - 1));

    expect(read).toEqual([{ id: 5 }, { id: 2 ** 31 - 1 }]);
  });

  it('has labels in OMEMO 2, and their signatures', () => {
    const text = `<devices xmlns='urn:xmpp:omemo:2'><device id='1' label='Pho&amp;ne' labelsig='c2ln'/>
      <device id='2' label='${'x'.repeat(1_001)}'/><device id='3' labelsig='c2ln'/><other id='4'/></devices>`;

    expect(readDeviceList('omemo2', parse(text))).toEqual([
      { id: 1, label: 'Pho&ne', labelSignature: 'c2ln' },
      { id: 2 },
      { id: 3 },
    ]);
  });

  it.each([
    ['another version', "<list xmlns='eu.siacs.conversations.axolotl'/>"],
    ['another namespace', "<devices xmlns='urn:xmpp:omemo:1'/>"],
    ['too many devices', list(...Array.from({ length: 201 }, (_, at) => at + 1)).toString()],
  ])('is refused with %s', (_name, text) => {
    expect(() => readDeviceList('omemo2', parse(text))).toThrow(OmemoTrouble);
  });

  it('is changed only where something is to be changed, and nobody else falls off it', () => {
    const others: ListedDevice[] = [{ id: 1, label: 'Phone', labelSignature: 'c2ln' }, { id: 2 }];
    const device = { id: 5, label: 'Bot' };

    expect(withDevice(undefined, device)).toEqual([device]);
    expect(withDevice(others, device)).toEqual([...others, device]);
    expect(withDevice([{ id: 5, label: 'Old' }, ...others], device)).toEqual([device, ...others]);
    expect(withDevice([device], device)).toBeUndefined();
    expect(withoutDevice([...others, device], 5)).toEqual(others);
    expect(withoutDevice(others, 5)).toBeUndefined();
    expect(withoutDevice(undefined, 5)).toBeUndefined();
  });
});

/** A server with a list; reading it may fail, publishing never does. */
function server(stored: Element | undefined) {
  const state = {
    stored,
    published: 0,
    failing: undefined as string | undefined,
    jid: own,
    async request(iq: Element) {
      const publish = iq.getChild('pubsub')?.getChild('publish');
      if (publish) {
        state.published += 1;
        state.stored = publish.getChild('item')?.getChildElements()[0];
        return xml('iq', { type: 'result' });
      }
      const failing = state.failing ?? (state.stored ? undefined : 'item-not-found');
      if (failing) throw new StanzaError(failing, 'cancel', '');
      return items(NODE, item(state.stored));
    },
    ids: () => state.stored && readDeviceList('omemo2', state.stored).map(({ id }) => id),
  };
  return state;
}
const listOn = (session: ReturnType<typeof server>, clock = new ManualClock()) =>
  ownDeviceList({ session, clock, version: 'omemo2', device: { id: 5 } });

describe('the own list', () => {
  it('is made where the server says that there is none, else written with all others', async () => {
    const [empty, used] = [server(undefined), server(list(1, 2))];

    expect([await listOn(empty).add(), await listOn(used).add()]).toEqual(['listed', 'listed']);
    expect([empty.ids(), used.ids()]).toEqual([[5], [1, 2, 5]]);
    expect([await listOn(used).add(), used.published]).toEqual(['unchanged', 1]);
  });

  it.each([
    'forbidden',
    'internal-server-error',
    'remote-server-timeout',
    'not-authorized',
    'service-unavailable',
  ])('is not published where reading it fails (%s)', async (condition) => {
    const session = server(list(1, 2));
    session.failing = condition;

    await expect(listOn(session).add()).rejects.toMatchObject({ condition });
    expect(session.published).toBe(0);
  });

  it('is not read where it was just announced, in this session, as it should be', async () => {
    const session = server(list(1, 5));
    const reading = vi.spyOn(session, 'request');
    const own = listOn(session);
    const add = async () => [await own.add(), reading.mock.calls.length];
    void own.changed([{ id: 1 }, { id: 5 }]);
    await own.announcement;

    expect(await add()).toEqual(['unchanged', 0]);
    // Once: what somebody did later may not have been announced.
    expect(await add()).toEqual(['unchanged', 1]);
    void own.changed([{ id: 1 }, { id: 5 }]);
    own.sessionBegan();
    expect(await add()).toEqual(['unchanged', 2]);
  });

  it('is read before it is written, whatever was announced', async () => {
    const session = server(list(1, 2));
    const own = listOn(session);
    void own.changed([{ id: 1 }]);

    expect([await own.add(), session.ids()]).toEqual(['listed', [1, 2, 5]]);
  });

  it('is not published over one that cannot be read', async () => {
    const session = server(parse("<something xmlns='urn:example'/>"));

    await expect(listOn(session).add()).rejects.toMatchObject({ kind: 'malformed' });
    expect(session.published).toBe(0);
  });

  it('gets the device back three times in ten minutes, and again when they are over', async () => {
    const session = server(list(1));
    const clock = new ManualClock();
    const own = listOn(session, clock);
    const removed = () => {
      session.stored = list(1);
      return own.changed([{ id: 1 }]);
    };
    await own.add();

    const first = await removed();
    clock.advance(RE_ADDS.withinMs / 2);
    const more = [await removed(), await removed(), await removed()];
    expect([first, ...more]).toEqual(['listed', 'listed', 'listed', 'given up']);
    expect(session.ids()).toEqual([1]);
    clock.advance(RE_ADDS.withinMs / 2);
    // The first is ten minutes old now, the other two are not.
    expect([await removed(), await removed()]).toEqual(['listed', 'given up']);
  });

  it('is read again before the device is put back, and left alone where it is there', async () => {
    const session = server(list(1, 5));
    const own = listOn(session);
    await own.add();

    expect(await own.changed([{ id: 1 }])).toBe('unchanged');
    expect(await own.changed([{ id: 5 }])).toBe('unchanged');
    expect(session.published).toBe(0);
    session.stored = list(2, 3);
    expect(await own.changed(undefined)).toBe('listed');
    expect(session.ids()).toEqual([2, 3, 5]);
  });

  it('gets no device back that was never put there, or was taken off by us', async () => {
    const session = server(list(1));
    const own = listOn(session);

    expect(await own.changed([{ id: 1 }])).toBe('unchanged');
    await own.add();
    await own.remove();
    expect(session.ids()).toEqual([1]);
    expect(await own.changed([{ id: 1 }])).toBe('unchanged');
    expect(session.ids()).toEqual([1]);
  });

  it('is written by one call at a time', async () => {
    const session = server(undefined);
    const own = listOn(session);

    const became = await Promise.all([own.add(), own.changed(undefined), own.changed([])]);

    expect(became).toEqual(['listed', 'unchanged', 'unchanged']);
    expect(session.published).toBe(1);
  });

  it('of an account without other clients has the device alone, and tells who fell off it', async () => {
    const gone: number[][] = [];
    const alone = (session: ReturnType<typeof server>) =>
      ownDeviceList({
        session,
        clock: new ManualClock(),
        version: 'omemo2',
        device: { id: 5 },
        takenOff: async (ids) => void gone.push(ids),
      });
    const session = server(list(1, 5, 2));
    const own = alone(session);

    expect([await own.add(), await own.add()]).toEqual(['listed', 'unchanged']);
    expect([session.ids(), gone]).toEqual([[5], [[1, 2]]]);
    session.stored = list(5, 9);
    expect(await own.changed([{ id: 5 }, { id: 9 }])).toBe('listed');
    expect([session.ids(), gone]).toEqual([[5], [[1, 2], [9]]]);
    expect(await own.changed([{ id: 5 }])).toBe('unchanged');

    const broken = server(parse("<something xmlns='urn:example'/>"));
    expect([await alone(broken).add(), broken.ids(), gone.length]).toEqual(['listed', [5], 2]);
  });

  it('has no label in legacy, so that it is not written again for it', async () => {
    const stored = parse("<list xmlns='eu.siacs.conversations.axolotl'><device id='5'/></list>");
    const session = { jid: own, request: async () => items(DEVICES_NODE.legacy, item(stored)) };
    const device = { id: 5, label: 'Bot' };

    const added = ownDeviceList({ session, clock: new ManualClock(), version: 'legacy', device }).add();

    expect(await added).toBe('unchanged');
  });
});

describe('lists of others', () => {
  /** A session that gets what the test says. */
  function listening() {
    const events: DeviceListEvent[] = [];
    const features: string[] = [];
    const watchers = new Set<(message: Element) => void>();
    const session = {
      jid: own,
      advertise: (feature: string) => {
        features.push(feature);
        return () => void features.splice(features.indexOf(feature), 1);
      },
      watchMessages: (watcher: (message: Element) => void) => {
        watchers.add(watcher);
        return () => void watchers.delete(watcher);
      },
    };
    const stop = followDeviceLists(session, (event) => void events.push(event));
    const say = (from: string | undefined, inside: string, node = NODE) => {
      const event = `<event xmlns='http://jabber.org/protocol/pubsub#event'>${inside.replace('NODE', node)}</event>`;
      for (const watcher of watchers) watcher(xml('message', { from }, parse(event)));
    };
    return { events, features, say, stop, watchers };
  }
  const LIST = `<items node='NODE'><item id='a'>${list(1, 2)}</item></items>`;
  const devices = [{ id: 1 }, { id: 2 }];

  it('are followed in both versions, until it is enough', () => {
    const { events, features, say, stop, watchers } = listening();

    expect(features.toSorted()).toEqual([`${DEVICES_NODE.legacy}+notify`, `${NODE}+notify`]);
    say(anna, LIST);
    say(undefined, LIST);
    expect(events).toEqual([
      { owner: anna, version: 'omemo2', devices },
      { owner: own, version: 'omemo2', devices },
    ]);
    stop();
    expect([features, watchers.size]).toEqual([[], 0]);
  });

  it.each([
    ['a client of the account', `${anna}/phone`, LIST, NODE],
    ['a room', 'tea@conference.example.org/anna', LIST, NODE],
    ['nobody', '@', LIST, NODE],
    ['the owner, on another node', anna, LIST, `${NODE}:other`],
    ['the owner, in the other version', anna, LIST, DEVICES_NODE.legacy],
    [
      'the owner, and cannot be read',
      anna,
      "<items node='NODE'><item id='a'><x xmlns='y'/></item></items>",
      NODE,
    ],
    ['the owner, and is empty', anna, "<items node='NODE'><item id='a'/></items>", NODE],
  ])('change nothing where the event is from %s', (_name, from, inside, node) => {
    const { events, say } = listening();

    say(from, inside, node);

    expect(events).toEqual([]);
  });

  it.each([
    ["<delete node='NODE'/>", []],
    ["<purge node='NODE'/>", []],
    ["<items node='NODE'><retract id='current'/></items>", undefined],
  ])('are gone, or to be fetched: %s', (inside, expected) => {
    const { events, say } = listening();

    say(anna, inside);

    expect(events).toEqual([{ owner: anna, version: 'omemo2', devices: expected }]);
  });

  it('are had in the version that can be had', async () => {
    const asking = (answers: Record<string, Element | string>) => ({
      async request(iq: Element) {
        const node = iq.getChild('pubsub')?.getChild('items')?.attrs.node;
        const answer = answers[String(node)] ?? 'item-not-found';
        if (typeof answer === 'string') throw new StanzaError(answer, 'cancel', '');
        return answer;
      },
    });
    const has = items(NODE, item(list(1, 2)));

    expect(await fetchDeviceLists(asking({}), anna)).toEqual({ legacy: [], omemo2: [] });
    expect(await fetchDeviceLists(asking({ [NODE]: has, [DEVICES_NODE.legacy]: 'forbidden' }), anna)).toEqual(
      {
        legacy: [],
        omemo2: devices,
      },
    );
    expect(
      await fetchDeviceLists(asking({ [NODE]: has, [DEVICES_NODE.legacy]: 'internal-server-error' }), anna),
    ).toEqual({ legacy: undefined, omemo2: devices });
    const lost = asking({ [NODE]: 'gone', [DEVICES_NODE.legacy]: 'gone' });
    await expect(fetchDeviceLists(lost, anna)).rejects.toMatchObject({ condition: 'gone' });
  });
});
