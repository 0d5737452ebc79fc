import { type Element, parse } from 'ltx';
import { NS_ARCHIVE } from '../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import type { Answer, ScriptedServer } from './scripted-server.ts';

const NS_MUC_USER = 'http://jabber.org/protocol/muc#user';
const NS_STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';

/** As much of a chat room, in memory, as one bot needs that is told everything that happens there. */
export class ScriptedRoom {
  readonly jid: string;
  readonly #server: ScriptedServer;
  readonly #archive: { id: string; stamp: string; stanza: string }[] = [];
  /** Nicknames of accounts that are there. */
  readonly #inside = new Map<string, string>();
  /** How often somebody came in. */
  entered = 0;
  /** Answers whoever wants in with that condition. */
  refusal: (nick: string) => string | undefined = () => undefined;
  /** It does not answer who wants in, until it is released: what is asked of it is done then, in order. */
  isHeld = false;
  readonly #held: [jid: string, presence: Element][] = [];
  /** It does not answer who wants out, and keeps them. */
  isDeaf = false;
  /** People who are there, by nickname, and whom it shows with their addresses. */
  readonly #people = new Map<string, string>();
  /** What it says of itself. */
  features: readonly string[] = [];
  #count = 0;

  constructor(server: ScriptedServer, jid: string) {
    this.#server = server;
    this.jid = jid;
    server.rooms.set(jid, this);
  }

  nickOf(jid: string): string | undefined {
    return this.#inside.get(jid);
  }

  /** Somebody is there, under an address that everybody sees. */
  sit(nick: string, jid: string): void {
    this.#people.set(nick, jid);
    for (const to of this.#inside.keys()) this.#tellPresence(to, nick, [], undefined, jid);
  }

  /** Somebody who sits there takes another nickname. */
  rename(nick: string, other: string): void {
    const address = this.#people.get(nick);
    if (address === undefined) return;
    this.#people.delete(nick);
    this.#people.set(other, address);
    for (const to of this.#inside.keys()) {
      this.#server.tell(
        to,
        `<presence from='${this.jid}/${nick}' type='unavailable'><x xmlns='${NS_MUC_USER}'>` +
          `<item affiliation='member' role='participant' nick='${other}'/><status code='303'/></x></presence>`,
      );
      this.#tellPresence(to, other, [], undefined, address);
    }
  }

  release(): void {
    this.isHeld = false;
    for (const [jid, presence] of this.#held.splice(0)) this.take(jid, presence);
  }

  /** A presence of an account. */
  take(jid: string, presence: Element): void {
    if (this.isHeld) {
      this.#held.push([jid, presence]);
      return;
    }
    const nick = String(presence.attrs.to).split('/')[1] ?? '';
    if (presence.attrs.type === 'unavailable') {
      if (!this.isDeaf) this.remove(jid);
      return;
    }
    const condition = this.refusal(nick);
    if (condition) {
      const error = `<error type='cancel'><${condition} xmlns='${NS_STANZAS}'/></error>`;
      const id = presence.attrs.id;
      this.#server.tell(
        jid,
        `<presence from='${this.jid}/${nick}' type='error' id='${id}'>${error}</presence>`,
      );
      return;
    }
    this.entered += 1;
    this.#inside.set(jid, nick);
    for (const [other, address] of this.#people) this.#tellPresence(jid, other, [], undefined, address);
    this.#tellPresence(jid, nick, [110]);
    this.#server.tell(
      jid,
      `<message xmlns='jabber:client' type='groupchat' from='${this.jid}'><subject/></message>`,
    );
  }

  /** Takes an account out, with these codes. */
  remove(jid: string, codes: number[] = []): void {
    const nick = this.#inside.get(jid);
    if (nick === undefined) return;
    this.#inside.delete(jid);
    this.#tellPresence(jid, nick, [110, ...codes], 'unavailable');
  }

  /** It no longer knows the account, and does not say so. */
  lose(jid: string): void {
    this.#inside.delete(jid);
  }

  /** It has been configured anew (XEP-0045, 10.9). */
  reconfigure(features: readonly string[]): void {
    this.features = features;
    const stanza =
      `<message xmlns='jabber:client' type='groupchat' from='${this.jid}'>` +
      `<x xmlns='${NS_MUC_USER}'><status code='104'/></x></message>`;
    for (const jid of this.#inside.keys()) this.#server.tell(jid, stanza);
  }

  /** Somebody, or an account that is there, says something. */
  say(nick: string, inner: string, id = `m${this.#count}`): string {
    this.#count += 1;
    const roomId = `r${this.#count}`;
    const stanza =
      `<message xmlns='jabber:client' type='groupchat' from='${this.jid}/${nick}' id='${id}'>` +
      `${inner}<stanza-id xmlns='urn:xmpp:sid:0' by='${this.jid}' id='${roomId}'/></message>`;
    this.#archive.push({ id: roomId, stamp: new Date().toISOString(), stanza });
    for (const jid of this.#inside.keys()) this.#server.tell(jid, stanza);
    return roomId;
  }

  /** A message that an account sent to it. */
  hear(jid: string, message: Element): void {
    const nick = this.#inside.get(jid);
    if (nick === undefined) return;
    this.say(nick, message.getChildElements().map(String).join(''), String(message.attrs.id));
  }

  answer(jid: string, iq: Element): Answer {
    const [asked] = iq.getChildElements();
    if (asked?.is('ping')) {
      const isInside = this.#inside.has(jid);
      return { before: [], answer: isInside ? `<iq type='result'/>` : failure('not-acceptable') };
    }
    if (asked?.is('query', NS_ARCHIVE)) return this.#read(asked);
    if (asked?.is('query', 'http://jabber.org/protocol/disco#info')) {
      const features = [NS_ARCHIVE, 'urn:xmpp:sid:0', ...this.features]
        .map((one) => `<feature var='${one}'/>`)
        .join('');
      const query = `<query xmlns='http://jabber.org/protocol/disco#info'>${features}</query>`;
      return { before: [], answer: `<iq type='result'>${query}</iq>` };
    }
    return { before: [], answer: failure('feature-not-implemented') };
  }

  #read(query: Element): Answer {
    const set = query.getChild('set', 'http://jabber.org/protocol/rsm');
    const after = set?.getChildText('after');
    const found = after
      ? this.#archive.slice(this.#archive.findIndex(({ id }) => id === after) + 1)
      : set?.getChild('before')
        ? this.#archive.slice(-1)
        : this.#archive;
    const before = found.map(
      ({ id, stamp, stanza }) =>
        `<message from='${this.jid}'><result xmlns='${NS_ARCHIVE}' queryid='${query.attrs.queryid}' id='${id}'>` +
        `<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='${stamp}'/>${stanza}</forwarded></result></message>`,
    );
    return { before, answer: `<iq type='result'><fin xmlns='${NS_ARCHIVE}' complete='true'/></iq>` };
  }

  #tellPresence(jid: string, nick: string, codes: number[], type?: string, address?: string): void {
    const statuses = codes.map((code) => `<status code='${code}'/>`).join('');
    const shown = address ? ` jid='${address}/phone'` : '';
    const item = `<item affiliation='member' role='${type ? 'none' : 'participant'}'${shown}/>`;
    const typed = type ? ` type='${type}'` : '';
    this.#server.tell(
      jid,
      String(
        parse(
          `<presence from='${this.jid}/${nick}'${typed}><x xmlns='${NS_MUC_USER}'>${item}${statuses}</x></presence>`,
        ),
      ),
    );
  }
}

const failure = (condition: string) =>
  `<iq type='error'><error type='cancel'><${condition} xmlns='${NS_STANZAS}'/></error></iq>`;
