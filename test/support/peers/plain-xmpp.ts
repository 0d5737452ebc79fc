import { parse } from 'ltx';
import { child, childElements, type Element, xml } from '../../../src-main/gateways/xmpp/element.ts';
import { until } from '../until.ts';

const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';

/** The two versions of OMEMO: of 2015 (0.3) and of now (OMEMO 2). */
export type PeerVersion = 'old' | 'new';

const NODES = {
  old: {
    list: 'eu.siacs.conversations.axolotl.devicelist',
    bundle: (device: number) => ({
      node: `eu.siacs.conversations.axolotl.bundles:${device}`,
      item: undefined,
    }),
  },
  new: {
    list: 'urn:xmpp:omemo:2:devices',
    bundle: (device: number) => ({ node: 'urn:xmpp:omemo:2:bundles', item: String(device) }),
  },
};

/** What a client can do without encryption, made of nothing but a way to write and what came. */
export interface PlainXmpp {
  /** Every stanza that came, in order, over all its connections. */
  stanzas(): readonly Element[];
  waitForStanza(fits: (stanza: Element) => boolean, timeoutMs?: number): Promise<Element>;
  /** Writes a stanza as it is, also a forged one. */
  sendXml(stanza: Element | string): Promise<void>;
  /** Sends an iq and resolves with what answers it, also with an error. */
  request(iq: Element): Promise<Element>;
  /** Sends an unencrypted text; `replaces` makes it a correction. Resolves with its id when the server has taken it. */
  sendPlain(to: string, text: string, options?: { id?: string; replaces?: string }): Promise<string>;
  /** `subscribe`, `subscribed`, `unsubscribe`, `unsubscribed`, or a directed presence without a type. */
  sendPresence(to: string, type?: string): Promise<void>;
  /** The types of the presences that came from an account, in order; `available` for those without. */
  presencesOf(jid: string): string[];
  /** The ids in a published device list; empty where there is none. */
  publishedDevices(jid: string, version: PeerVersion): Promise<number[]>;
  /** A published bundle; undefined where there is none. */
  publishedBundle(jid: string, device: number, version: PeerVersion): Promise<Element | undefined>;
}

const bare = (jid: unknown) => String(jid ?? '').split('/')[0];

export function plainXmpp(write: (stanza: string) => Promise<unknown>) {
  const stanzas: Element[] = [];
  const sendXml = async (stanza: Element | string) => void (await write(String(stanza)));

  async function waitForStanza(fits: (stanza: Element) => boolean, timeoutMs?: number): Promise<Element> {
    return until('a stanza', () => stanzas.find(fits), timeoutMs);
  }

  async function request(iq: Element): Promise<Element> {
    iq.attrs.id ??= crypto.randomUUID();
    await sendXml(iq);
    return until(`the answer to ${iq}`, () =>
      stanzas.find((one) => one.name === 'iq' && one.attrs.id === iq.attrs.id && one.attrs.type !== 'get'),
    );
  }

  /** What the items of a node hold, or undefined where it cannot be read. */
  async function read(jid: string, node: string, item?: string): Promise<Element | undefined> {
    const wanted = item === undefined ? undefined : xml('item', { id: item });
    const question = xml('pubsub', { xmlns: NS_PUBSUB }, xml('items', { node }, wanted));
    const answer = await request(xml('iq', { to: jid, type: 'get' }, question));
    const items = child(answer, 'pubsub', NS_PUBSUB)?.getChild('items')?.getChildren('item') ?? [];
    return items.at(-1)?.getChildElements()[0];
  }

  const plain: PlainXmpp = {
    stanzas: () => stanzas,
    waitForStanza,
    sendXml,
    request,
    async sendPlain(to, text, { id = crypto.randomUUID(), replaces } = {}) {
      const correction = { xmlns: 'urn:xmpp:message-correct:0', id: replaces };
      const replace = replaces === undefined ? undefined : xml('replace', correction);
      await sendXml(xml('message', { to, id, type: 'chat' }, xml('body', {}, text), replace));
      // A server takes one stanza after the other.
      await request(xml('iq', { type: 'get' }, xml('ping', { xmlns: 'urn:xmpp:ping' })));
      return id;
    },
    sendPresence: (to, type) => sendXml(xml('presence', { to, type })),
    presencesOf: (jid) =>
      stanzas
        .filter(({ name, attrs }) => name === 'presence' && bare(attrs.from) === jid)
        .map(({ attrs }) => attrs.type ?? 'available'),
    async publishedDevices(jid, version) {
      const list = await read(jid, NODES[version].list);
      return list ? childElements(list).map(({ attrs }) => Number(attrs.id)) : [];
    },
    async publishedBundle(jid, device, version) {
      const { node, item } = NODES[version].bundle(device);
      return read(jid, node, item);
    },
  };
  /** Takes a stanza that came. */
  return { plain, take: (stanza: string) => void stanzas.push(parse(stanza)) };
}
