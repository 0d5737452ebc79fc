import { type Element, parse } from 'ltx';
import { NS_PUBSUB } from '../../../src-main/gateways/xmpp/xep-0060-pubsub.ts';
import { NS_ARCHIVE } from '../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import { bareOf } from '../../../src-shared/jid.ts';

import type { ScriptedRoom } from './scripted-room.ts';

/** What an account's client is connected by: takes a stanza, and settles when that is handled. */
type Deliver = (stanza: string) => Promise<void>;

interface Archived {
  id: string;
  stamp: string;
  stanza: string;
  other: string;
}

/** What is answered to an iq, and what the stream brings before that. */
export interface Answer {
  before: string[];
  answer: string;
}

const RSM = 'http://jabber.org/protocol/rsm';
const bare = (jid: string) => String(bareOf(jid) ?? jid);

/** As much of an XMPP server, in memory, as accounts need: PEP, an archive, what waits for who is away. No network. */
export class ScriptedServer {
  readonly #nodes = new Map<string, Map<string, Map<string, string>>>();
  readonly #archives = new Map<string, Archived[]>();
  readonly #unhandled = new Map<string, Map<string, string>>();
  readonly #connected = new Map<string, Deliver>();
  /** Chat rooms, by address. */
  readonly rooms = new Map<string, ScriptedRoom>();
  /** Entries of contact lists, by account. */
  readonly rosters = new Map<string, string>();
  /** Every message that an account sent, as it was sent. */
  readonly sent: { from: string; to: string; stanza: string }[] = [];
  onSent: (from: string, to: string, stanza: string) => void = () => undefined;
  /** A presence that somebody sent to a room. */
  onPresence: (from: string, presence: Element) => void = () => undefined;
  /** Every item that was published, as `jid node`. */
  readonly published: string[] = [];
  /** Answers some iqs otherwise: the condition of an error. */
  refuse: (jid: string, iq: Element) => string | undefined = () => undefined;
  #count = 0;

  /** A client is there: it gets what nobody has handled yet. */
  connect(jid: string, deliver: Deliver): void {
    this.#connected.set(jid, deliver);
    for (const [id, stanza] of this.#unhandled.get(jid) ?? []) this.#hand(jid, id, late(stanza));
  }

  disconnect(jid: string): void {
    this.#connected.delete(jid);
  }

  /** A message for an account: archived, and kept until a client has handled it. */
  deliver(jid: string, stanza: Element): void {
    const stamped = this.#archive(jid, String(stanza.attrs.from), stanza.toString());
    const waiting = this.#unhandled.get(jid) ?? new Map<string, string>();
    this.#unhandled.set(jid, waiting);
    waiting.set(stamped.id, stamped.stanza);
    this.#hand(jid, stamped.id, stamped.stanza);
  }

  /** A stanza that is neither archived nor kept, such as an event. */
  tell(jid: string, stanza: string): void {
    void this.#connected.get(jid)?.(stanza);
  }

  isAllHandled(jid: string): boolean {
    return (this.#unhandled.get(jid)?.size ?? 0) === 0;
  }

  /** Takes what an account sends. */
  take(jid: string, stanza: string): void {
    const element = parse(stanza);
    const to = bare(String(element.attrs.to));
    const room = this.rooms.get(to);
    if (element.name === 'presence') {
      if (room) this.onPresence(jid, element);
      room?.take(jid, element);
    }
    if (element.name !== 'message') return;
    element.attrs.from = `${jid}/engine`;
    this.#archive(jid, to, element.toString());
    this.sent.push({ from: jid, to, stanza });
    this.onSent(jid, to, stanza);
    room?.hear(jid, parse(stanza));
  }

  publish(jid: string, node: string, { id, payload }: { id: string; payload: Element }): void {
    const nodes = this.#nodes.get(jid) ?? new Map<string, Map<string, string>>();
    this.#nodes.set(jid, nodes);
    const items = nodes.get(node) ?? new Map<string, string>();
    nodes.set(node, items);
    items.set(id, payload.toString());
    this.published.push(`${jid} ${node}`);
  }

  item(jid: string, node: string, id?: string): Element | undefined {
    const items = this.#nodes.get(jid)?.get(node);
    const found = id === undefined ? [...(items?.values() ?? [])].at(-1) : items?.get(id);
    return found === undefined ? undefined : parse(found);
  }

  /** Everything under a node is gone. */
  remove(jid: string, node: string): void {
    this.#nodes.get(jid)?.delete(node);
  }

  answer(jid: string, text: string): Answer {
    const iq = parse(text);
    const refused = this.refuse(jid, iq);
    if (refused) return failed(refused);
    const room = this.rooms.get(bare(String(iq.attrs.to)));
    if (room) return room.answer(jid, iq);
    const [asked] = iq.getChildElements();
    if (asked?.is('pubsub')) return this.#pubsub(jid, iq, asked);
    if (asked?.is('query', 'jabber:iq:roster'))
      return result(`<query xmlns='jabber:iq:roster'>${this.rosters.get(jid) ?? ''}</query>`);
    if (asked?.is('query', NS_ARCHIVE)) return this.#readArchive(jid, asked);
    if (asked?.is('query', 'http://jabber.org/protocol/disco#info')) {
      const features = [NS_ARCHIVE, 'urn:xmpp:sid:0'].map((one) => `<feature var='${one}'/>`).join('');
      return result(`<query xmlns='http://jabber.org/protocol/disco#info'>${features}</query>`);
    }
    return result('');
  }

  #pubsub(jid: string, iq: Element, asked: Element): Answer {
    const owner = bare(String(iq.attrs.to ?? jid));
    const [what] = asked.getChildElements();
    const node = String(what?.attrs.node);
    if (what?.is('publish')) {
      const item = what.getChild('item');
      const payload = item?.getChildElements()[0];
      if (payload) this.publish(owner, node, { id: String(item?.attrs.id ?? 'current'), payload });
      return result('');
    }
    if (what?.is('delete')) this.remove(owner, node);
    if (what?.is('retract'))
      this.#nodes
        .get(owner)
        ?.get(node)
        ?.delete(String(what.getChild('item')?.attrs.id));
    if (!what?.is('items')) return result('');
    const items = this.#nodes.get(owner)?.get(node);
    if (!items) return failed('item-not-found');
    const wanted = what.getChildren('item').map(({ attrs }) => String(attrs.id));
    const found = [...items].filter(([id]) => wanted.length === 0 || wanted.includes(id));
    const inner = found.map(([id, payload]) => `<item id='${id}'>${payload}</item>`).join('');
    return result(`<pubsub xmlns='${NS_PUBSUB}'><items node='${node}'>${inner}</items></pubsub>`);
  }

  #readArchive(jid: string, query: Element): Answer {
    const set = query.getChild('set', RSM);
    const field = (name: string) =>
      query
        .getChild('x')
        ?.getChildren('field')
        .find(({ attrs }) => attrs.var === name)
        ?.getChildText('value');
    const [after, start, other] = [set?.getChildText('after'), field('start'), field('with')];
    let found = this.#archives.get(jid) ?? [];
    if (after) found = found.slice(found.findIndex(({ id }) => id === after) + 1);
    if (start) found = found.filter(({ stamp }) => stamp >= start);
    if (other) found = found.filter((one) => one.other === other);
    const max = Number(set?.getChildText('max') ?? 50);
    const page = set?.getChild('before') ? found.slice(-max) : found.slice(0, max);
    const before = page.map(
      ({ id, stamp, stanza }) =>
        `<message from='${jid}' to='${jid}/engine'><result xmlns='${NS_ARCHIVE}' queryid='${query.attrs.queryid}' id='${id}'>` +
        `<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='${stamp}'/>${stanza}</forwarded></result></message>`,
    );
    const ends = page.length > 0 ? `<first>${page[0]?.id}</first><last>${page.at(-1)?.id}</last>` : '';
    const isComplete = page.length === found.length;
    const answer = `<fin xmlns='${NS_ARCHIVE}' complete='${isComplete}'><set xmlns='${RSM}'>${ends}</set></fin>`;
    return { ...result(answer), before };
  }

  #archive(jid: string, other: string, stanza: string): Archived {
    this.#count += 1;
    const [id, stamp] = [`a${this.#count}`, new Date().toISOString()];
    const element = parse(stanza);
    element.attrs.xmlns = 'jabber:client';
    element.c('stanza-id', { xmlns: 'urn:xmpp:sid:0', by: jid, id });
    const archived = { id, stamp, stanza: element.toString(), other: bare(other) };
    this.#archives.set(jid, [...(this.#archives.get(jid) ?? []), archived]);
    return archived;
  }

  #hand(jid: string, id: string, stanza: string): void {
    this.#connected
      .get(jid)?.(stanza)
      .then(() => this.#unhandled.get(jid)?.delete(id))
      .catch(() => undefined);
  }
}

/** As from offline storage: with the server's stamp. */
function late(stanza: string): string {
  const element = parse(stanza);
  element.c('delay', { xmlns: 'urn:xmpp:delay', from: 'localhost', stamp: new Date().toISOString() });
  return element.toString();
}

const result = (inner: string): Answer => ({ before: [], answer: `<iq type='result'>${inner}</iq>` });
const failed = (condition: string): Answer => ({
  before: [],
  answer: `<iq type='error'><error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
});
