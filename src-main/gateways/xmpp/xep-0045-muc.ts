import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { type FieldValue, submitForm } from './data-form.ts';
import { attribute, child, childElements, childText, type Element, isElement, xml } from './element.ts';
import { foreignText } from './foreign-text.ts';
import { NS_DATA_FORM } from './namespaces.ts';
import type { Session } from './session.ts';
import { formatDateTime } from './xep-0082-date-time.ts';
import { occupantIdOf } from './xep-0421-occupant-id.ts';

export const NS_MUC = 'http://jabber.org/protocol/muc';
export const NS_MUC_USER = 'http://jabber.org/protocol/muc#user';
export const NS_MUC_ADMIN = 'http://jabber.org/protocol/muc#admin';
export const NS_MUC_OWNER = 'http://jabber.org/protocol/muc#owner';
const ROOM_CONFIG = 'http://jabber.org/protocol/muc#roomconfig';

export const AFFILIATIONS = ['owner', 'admin', 'member', 'outcast', 'none'] as const;
const ROLES = ['moderator', 'participant', 'visitor', 'none'] as const;

export type Affiliation = (typeof AFFILIATIONS)[number];
export type Role = (typeof ROLES)[number];

/** Status codes (XEP-0045, 15.6) that matter here. */
export const STATUS = {
  configurationChanged: 104,
  self: 110,
  nonAnonymous: 172,
  semiAnonymous: 173,
  created: 201,
  nicknameAssigned: 210,
  banned: 301,
  nicknameChanged: 303,
  kicked: 307,
  affiliationLost: 321,
  membersOnly: 322,
  shutdown: 332,
  technicalProblem: 333,
} as const;

/** Somebody in a room, under a nickname. */
export interface Occupant {
  nickname: string;
  /** The real address, where the room shows it to us. */
  jid: BareJid | undefined;
  affiliation: Affiliation;
  role: Role;
  /** What the room calls them, whatever their nickname (XEP-0421). Believe it only where the room announces that. */
  occupantId: string | undefined;
}

/** What a presence from a room says (XEP-0045, 7.2.2). */
export interface RoomPresence {
  room: BareJid;
  occupant: Occupant;
  isAvailable: boolean;
  statuses: ReadonlySet<number>;
  /** With status 303: the name the occupant has from now on. */
  newNickname: string | undefined;
  isDestroyed: boolean;
  reason: string | undefined;
}

/** The presence of an occupant, ourselves included; undefined for any other presence, and for errors. */
export function readRoomPresence(presence: Element): RoomPresence | undefined {
  const from = attribute(presence, 'from') ?? '';
  const room = bareOf(from);
  const nickname = from.slice(from.indexOf('/') + 1);
  const type = attribute(presence, 'type');
  const user = child(presence, 'x', NS_MUC_USER);
  if (!room || !user || !from.includes('/') || nickname === '') return undefined;
  if (type !== undefined && type !== 'unavailable') return undefined;
  const item = child(user, 'item', NS_MUC_USER);
  const affiliation = item && attribute(item, 'affiliation');
  const role = item && attribute(item, 'role');
  const occupant: Occupant = {
    nickname,
    jid: bareOf(item && attribute(item, 'jid')),
    affiliation: AFFILIATIONS.find((one) => one === affiliation) ?? 'none',
    role: ROLES.find((one) => one === role) ?? 'none',
    occupantId: occupantIdOf(presence),
  };
  const destroyed = child(user, 'destroy', NS_MUC_USER);
  const reason = textOf(item, 'reason') ?? textOf(destroyed, 'reason');
  return {
    room,
    occupant,
    isAvailable: type === undefined,
    statuses: statusesIn(user),
    newNickname: (item && attribute(item, 'nick')) || undefined,
    isDestroyed: destroyed !== undefined,
    reason: reason === undefined ? undefined : foreignText(reason),
  };
}

/** The subject that a message of the room sets ('' takes it off); undefined for other messages (XEP-0045, 8.1). */
export function readSubject(message: Element): string | undefined {
  if (attribute(message, 'type') !== 'groupchat') return undefined;
  const own = childElements(message).filter((one) => one.getNS() === message.getNS());
  const named = (name: string) => own.find((one) => one.getName() === name);
  const isOther = named('body') !== undefined || named('thread') !== undefined;
  return isOther ? undefined : named('subject')?.getText();
}

/** A presence that asks to enter (XEP-0045, 7.2). */
export function joinPresence({
  room,
  nickname,
  password,
  historyMessages,
  historySinceMs,
  id,
}: {
  room: BareJid;
  nickname: string;
  password?: string | undefined;
  historyMessages: number;
  historySinceMs?: number | undefined;
  id: string;
}): Element {
  const since = historySinceMs === undefined ? undefined : formatDateTime(historySinceMs);
  const history = xml('history', { maxstanzas: String(historyMessages), since });
  const secret = password === undefined ? undefined : xml('password', {}, password);
  return xml('presence', { to: `${room}/${nickname}`, id }, xml('x', { xmlns: NS_MUC }, history, secret));
}

/** A presence that asks for another nickname in a room that one is in (XEP-0045, 7.6). */
export const renamePresence = (names: { room: BareJid; nickname: string; id: string }): Element =>
  xml('presence', { to: `${names.room}/${names.nickname}`, id: names.id });

export const leavePresence = ({ room, nickname }: { room: BareJid; nickname: string }): Element =>
  xml('presence', { to: `${room}/${nickname}`, type: 'unavailable' });

export const subjectMessage = ({
  room,
  subject,
  id,
}: {
  room: BareJid;
  subject: string;
  id: string;
}): Element => xml('message', { to: room, type: 'groupchat', id }, xml('subject', {}, subject));

/** Configures a room that is ours; no fields at all accept what the service suggests, and open a new room (10.1.2). */
export async function configureRoom(
  session: Pick<Session, 'request'>,
  { room, fields = {} }: { room: BareJid; fields?: Readonly<Record<string, FieldValue>> },
): Promise<void> {
  const isEmpty = Object.keys(fields).length === 0;
  const form = isEmpty ? xml('x', { xmlns: NS_DATA_FORM, type: 'submit' }) : submitForm(ROOM_CONFIG, fields);
  await session.request(xml('iq', { type: 'set', to: room }, xml('query', { xmlns: NS_MUC_OWNER }, form)));
}

/** Says what an account is to the room (XEP-0045, 9 and 10). */
export async function setAffiliation(
  session: Pick<Session, 'request'>,
  { room, jid, affiliation }: { room: BareJid; jid: BareJid; affiliation: Affiliation },
): Promise<void> {
  const item = xml('item', { jid, affiliation });
  await session.request(xml('iq', { type: 'set', to: room }, xml('query', { xmlns: NS_MUC_ADMIN }, item)));
}

const statusesIn = (user: Element): ReadonlySet<number> =>
  new Set(
    childElements(user)
      .filter((one) => isElement(one, 'status', NS_MUC_USER))
      .map((one) => Number(attribute(one, 'code')))
      .filter((code) => Number.isInteger(code)),
  );

const textOf = (parent: Element | undefined, name: string) =>
  (parent && childText(parent, name, NS_MUC_USER)) || undefined;
