import type { Element } from '@xmpp/xml';
import { type BareJid, bareOf, domainOf } from '../../../src-shared/jid.ts';
import { isEncrypted } from '../../gateways/omemo/encrypted-element.ts';
import { NS_MUC_USER, type Occupant, readSubject } from '../../gateways/xmpp/xep-0045-muc.ts';
import { delayOf } from '../../gateways/xmpp/xep-0203-delay.ts';
import { originIdOf, stanzaIdBy } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import { mentionsIn } from '../../gateways/xmpp/xep-0372-references.ts';
import { occupantIdOf } from '../../gateways/xmpp/xep-0421-occupant-id.ts';
import { readReply } from '../../gateways/xmpp/xep-0461-reply.ts';
import { OWN_NAME } from '../../store/room-message-repository.ts';
import { NS_BOTMOTHER } from '../messages/compose.ts';
import type { FileReference } from '../messages/files-in-message.ts';
import { hashed } from '../messages/message-names.ts';
import { type MessageKind, readSaid } from '../messages/read-message.ts';

/** What has to be known of a room to read what comes from it. */
export interface RoomView {
  room: BareJid;
  /** Our nickname there. */
  nick: string;
  account: BareJid;
  occupants: ReadonlyMap<string, Occupant>;
  /** Which person a nickname is, as long as it stays theirs. */
  personOf: (nick: string) => string;
  hasStanzaIds: boolean;
  hasOccupantIds: boolean;
}

/** A message of a room, before it is known what it says. */
export interface RoomStanza {
  room: BareJid;
  stanza: Element;
  /** '' for what the room itself says. */
  nick: string;
  isOwn: boolean;
  /** The sender's address, where the room shows it. */
  jid: BareJid | undefined;
  /** Who may change it later. */
  author: string;
  /** The room's id of it, where that can be believed. */
  stanzaId: string | undefined;
  /** What every copy of it has. */
  name: string;
  /** The `id` attribute: what corrections name. */
  id: string;
  /** Our own id of it, if we have sent it. */
  sentAs: string;
  /** Unix milliseconds, by the room's word where it is an old one. */
  sentAt: number;
  /** It was said before we heard of it. */
  isOld: boolean;
  /** An engine sent it. */
  isGenerated: boolean;
  isEncrypted: boolean;
}

/** What a message of a room says. */
export type RoomSaying =
  | {
      kind: MessageKind;
      text: string;
      /** The earlier message that it is about, by whatever id it names. */
      target: string | undefined;
      replyTo: string | undefined;
      emojis: readonly string[];
      files: readonly FileReference[];
      isMention: boolean;
      /** A moderator's word, said by the room itself. */
      isByRoom: boolean;
    }
  | { kind: 'subject'; subject: string };

/**
 * Reads who said a message of a room, when, and under which names. `stampMs`: the time at which the room's archive has
 * it; `archiveId`: its id there.
 */
export function readRoomStanza(
  stanza: Element,
  view: RoomView,
  { receivedAt, stampMs, archiveId }: { receivedAt: number; stampMs?: number; archiveId?: string },
): RoomStanza {
  const address = String(stanza.attrs.from ?? '');
  const nick = address.includes('/') ? address.slice(address.indexOf('/') + 1) : '';
  const { room } = view;
  const delayMs = stampMs ?? delayOf(stanza, [room, domainOf(room), '']);
  const stanzaId = archiveId ?? (view.hasStanzaIds ? stanzaIdBy(stanza, room) : undefined);
  const id = String(stanza.attrs.id ?? '');
  const sentAs = originIdOf(stanza) ?? id;
  const isOld = delayMs !== undefined;
  // Who has the name now need not be who had it then.
  const occupant = isOld ? undefined : view.occupants.get(nick);
  // Only the archive is known to take away what the sender wrote there.
  const jid = (archiveId === undefined ? undefined : shownAddress(stanza)) ?? occupant?.jid;
  const occupantId = view.hasOccupantIds ? (occupantIdOf(stanza) ?? occupant?.occupantId) : undefined;
  return {
    room,
    stanza,
    nick,
    isOwn: nick !== '' && (jid === undefined ? nick === view.nick : jid === view.account),
    jid,
    author: authorOf({ nick, jid, occupantId, person: isOld ? undefined : view.personOf(nick) }),
    stanzaId,
    name: stanzaId ?? `${OWN_NAME}${hashed(`${nick}|${id}|${stanza.getChildText('body') ?? ''}`)}`,
    id,
    sentAs,
    sentAt: Math.min(delayMs ?? receivedAt, receivedAt),
    isOld,
    isGenerated: stanza.getChild('generated', NS_BOTMOTHER) !== undefined,
    isEncrypted: isEncrypted(stanza),
  };
}

/** Rooms write it into what their archive tells, where everybody may see it (XEP-0313, 6). */
function shownAddress(stanza: Element): BareJid | undefined {
  return bareOf(stanza.getChild('x', NS_MUC_USER)?.getChild('item')?.attrs.jid);
}

/** A nickname alone can be somebody else's tomorrow: it counts for as long as one and the same person had it here. */
function authorOf({
  nick,
  jid,
  occupantId,
  person,
}: {
  nick: string;
  jid: BareJid | undefined;
  occupantId: string | undefined;
  person: string | undefined;
}): string {
  if (occupantId !== undefined) return `occupant ${occupantId}`;
  if (jid !== undefined) return `address ${jid}`;
  return person === undefined ? '' : `nick ${nick} ${person}`;
}

/** Reads what a message of a room says, in clear; undefined where it says nothing. */
export function readSaying(stanza: Element, { nick }: RoomStanza, view: RoomView): RoomSaying | undefined {
  const subject = readSubject(stanza);
  if (subject !== undefined) return { kind: 'subject', subject };
  const said = readSaid(stanza);
  if (!said) return undefined;
  const { kind, text, target, emojis, files } = said;
  const replyTo = readReply(stanza)?.id;
  const isMention = kind !== 'reaction' && isMentioned(stanza, text, view);
  return { kind, text, target, replyTo, emojis, files, isMention, isByRoom: nick === '' };
}

/** Addressed by nickname at the beginning (`Nick: …`, `@Nick …`), `@Nick` anywhere, or by reference (XEP-0372). */
function isMentioned(stanza: Element, text: string, { room, nick, account }: RoomView): boolean {
  const byReference = mentionsIn(stanza).some((one) => one === `${room}/${nick}` || one === account);
  if (byReference || nick === '') return byReference;
  const name = nick.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^\\s*@?${name}(?![\\p{L}\\p{N}_])|(?<![\\p{L}\\p{N}_])@${name}(?![\\p{L}\\p{N}_])`,
    'iu',
  ).test(text);
}
