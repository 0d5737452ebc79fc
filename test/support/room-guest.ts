import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src-main/base/clock.ts';
import type { FieldValue } from '../../src-main/gateways/xmpp/data-form.ts';
import { type Element, xml } from '../../src-main/gateways/xmpp/element.ts';
import { type JoinedRoom, joinRoom } from '../../src-main/gateways/xmpp/xep-0045-joined-room.ts';
import {
  type Affiliation,
  configureRoom,
  NS_MUC_ADMIN,
  NS_MUC_USER,
  setAffiliation,
} from '../../src-main/gateways/xmpp/xep-0045-muc.ts';
import { stanzaIdBy } from '../../src-main/gateways/xmpp/xep-0359-stanza-ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { type ChatClient, chatClient } from './chat-client.ts';
import type { XmppServer } from './servers/servers.ts';
import type { NewAccount } from './shared-server.ts';
import { until } from './until.ts';

/** A room for everybody, which keeps what is said there, as most rooms are. */
export const OPEN = {
  'muc#roomconfig_membersonly': false,
  'muc#roomconfig_whois': 'moderators',
  'muc#roomconfig_persistentroom': true,
} satisfies Record<string, FieldValue>;

/** A room that can be encrypted: for members only, who see each other's addresses. */
export const PRIVATE = {
  'muc#roomconfig_membersonly': true,
  'muc#roomconfig_whois': 'anyone',
  'muc#roomconfig_persistentroom': true,
} satisfies Record<string, FieldValue>;

/** Somebody in a room, at a client made of our own gateway. */
export interface RoomGuest {
  readonly client: ChatClient;
  readonly room: JoinedRoom;
  readonly nick: string;
  /** Says something; resolves with the id that the room gave it. */
  say(text: string, ...more: Element[]): Promise<string>;
  send(...parts: Element[]): Promise<void>;
  /** What was said in the room and came here, in order. */
  heard(): { nick: string; text: string; stanza: Element; id: string }[];
  /** Waits until somebody has said that. */
  hears(text: string, nick?: string): Promise<{ nick: string; text: string; stanza: Element; id: string }>;
  configure(fields: Record<string, FieldValue>): Promise<void>;
  makes(jid: string, affiliation: Affiliation): Promise<void>;
  kick(nick: string, reason: string): Promise<void>;
  destroy(reason: string): Promise<void>;
  /** Through the room (XEP-0045, 7.8.2). */
  invite(jid: string): Promise<void>;
  /** XEP-0249. */
  inviteDirectly(jid: string): Promise<void>;
  close(): Promise<void>;
}

/** Comes into a room under a nickname; makes it, with that configuration, where it is not there. */
export async function roomGuest(
  server: Pick<XmppServer, 'service' | 'caFile'>,
  { jid, password }: NewAccount,
  {
    room: address,
    nick,
    fields,
    secret,
  }: { room: string; nick: string; fields?: Record<string, FieldValue>; secret?: string },
): Promise<RoomGuest> {
  const client = await chatClient(server, jid, password, `guest-${nick}`);
  const { session } = client;
  const at = bareJid(address);
  const request = { room: at, nickname: nick, ...(secret !== undefined && { password: secret }) };
  const room = await joinRoom({ session, clock: systemClock }, request);
  const configure = (more: Record<string, FieldValue>) => configureRoom(session, { room: at, fields: more });
  if (room.isNew || fields) await configure(fields ?? {});

  const heard = () =>
    client
      .stanzas()
      .filter((one) => one.attrs.type === 'groupchat' && String(one.attrs.from).startsWith(`${at}/`))
      .map((stanza) => ({
        nick: String(stanza.attrs.from).slice(at.length + 1),
        text: stanza.getChildText('body') ?? '',
        stanza,
        id: stanzaIdBy(stanza, at) ?? '',
      }));
  const hears = (text: string, by?: string) =>
    until(`${nick} to hear "${text}"`, () =>
      heard().find((one) => one.text === text && (by === undefined || one.nick === by)),
    );
  const send = (...parts: Element[]) =>
    session.send(xml('message', { to: at, type: 'groupchat', id: randomUUID() }, ...parts));
  const admin = (item: Element) =>
    session.request(xml('iq', { type: 'set', to: at }, xml('query', { xmlns: NS_MUC_ADMIN }, item)));
  return {
    client,
    room,
    nick,
    heard,
    hears,
    send,
    async say(text, ...more) {
      await send(xml('body', {}, text), ...more);
      return (await hears(text, nick)).id;
    },
    configure,
    makes: (whom, affiliation) => setAffiliation(session, { room: at, jid: bareJid(whom), affiliation }),
    async kick(whom, reason) {
      await admin(xml('item', { nick: whom, role: 'none' }, xml('reason', {}, reason)));
    },
    async destroy(reason) {
      const query = xml('query', { xmlns: 'http://jabber.org/protocol/muc#owner' });
      query.append(xml('destroy', {}, xml('reason', {}, reason)));
      await session.request(xml('iq', { type: 'set', to: at }, query));
    },
    async invite(whom) {
      const invitation = xml('x', { xmlns: NS_MUC_USER }, xml('invite', { to: whom }));
      await session.send(xml('message', { to: at, id: randomUUID() }, invitation));
    },
    inviteDirectly: (whom) =>
      session.send(
        xml('message', { to: whom, id: randomUUID() }, xml('x', { xmlns: 'jabber:x:conference', jid: at })),
      ),
    close: client.close,
  };
}
