import type { Element } from '@xmpp/xml';
import { type BareJid, bareOf, domainOf } from '../../../src-shared/jid.ts';
import { isEncrypted } from '../../gateways/omemo/encrypted-element.ts';
import { NS_OMEMO } from '../../gateways/omemo/wire-names.ts';
import { foreignText } from '../../gateways/xmpp/foreign-text.ts';
import { NS_MUC_USER } from '../../gateways/xmpp/xep-0045-muc.ts';
import { readReceipt } from '../../gateways/xmpp/xep-0184-receipts.ts';
import { delayOf } from '../../gateways/xmpp/xep-0203-delay.ts';
import { NS_CONFERENCE } from '../../gateways/xmpp/xep-0249-invitation.ts';
import { unwrapCarbon } from '../../gateways/xmpp/xep-0280-carbons.ts';
import { readReplaced } from '../../gateways/xmpp/xep-0308-correction.ts';
import type { ArchivedMessage } from '../../gateways/xmpp/xep-0313-archive.ts';
import { readMarker } from '../../gateways/xmpp/xep-0333-markers.ts';
import { originIdOf, stanzaIdBy } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import { readRetraction } from '../../gateways/xmpp/xep-0424-retraction.ts';
import { readReactions } from '../../gateways/xmpp/xep-0444-reactions.ts';
import { readReply } from '../../gateways/xmpp/xep-0461-reply.ts';
import { NS_BOTMOTHER } from './compose.ts';
import { type FileReference, filesIn } from './files-in-message.ts';
import { archiveName, idName, originName, referenceName } from './message-names.ts';

/** Encryption that nobody here can read. */
const FOREIGN_ENCRYPTION = ['urn:xmpp:openpgp:0', 'jabber:x:encrypted'];

/** What a message does: it says something, or it changes or judges something said before. */
export type MessageKind = 'message' | 'edited_message' | 'deleted_message' | 'reaction';

/** A message of a conversation of an account, whichever copy of it arrived. */
export interface IncomingMessage {
  kind: MessageKind;
  /** Bare JIDs. In the self-chat both are the account's own. */
  from: BareJid;
  to: BareJid;
  /** Resource of the sending client. */
  resource: string;
  /** The sender's own words: without what is quoted for clients that do not know replies (XEP-0428). */
  text: string;
  /**
   * The message this is about, as replies, reactions and retractions name it: itself (XEP-0359: origin id, else the
   * message id), or for any other kind the one that it changes.
   */
  stanzaId: string;
  /** The message's `id` attribute. */
  id: string;
  /** What the sender calls this stanza: origin id, else the message id. */
  sentAs: string;
  /** The message that is answered (XEP-0461). */
  replyTo: string | undefined;
  /** Files that come with it, wherever they lie. */
  files: readonly FileReference[];
  /** Of a reaction: all that the sender thinks of the message now. */
  emojis: readonly string[];
  /** Unix milliseconds: the server's stamp of a delayed message, else the time it was received. */
  sentAt: number;
  /** An engine sent it. */
  isGenerated: boolean;
  /** In an engine's answer to a command: the command, by the first of its names. */
  answers: string | undefined;
  /** It came to us directly: no copy that another client or the archive got. */
  isDirect: boolean;
  /** It came encrypted. */
  isEncrypted: boolean;
  /** Every name the message is known by: its copies share at least one. The first one is in each copy. */
  names: string[];
  /** Under which names later messages of the same sender may refer to it. */
  referenceNames: string[];
  /** The own archive's id of it, where the stanza says it. */
  archiveId: string | undefined;
  /** The message itself, out of whatever brought it. */
  stanza: Element;
}

/** A message whose content is encrypted (OMEMO): who may read it finds out what it says. */
export interface SealedMessage
  extends Pick<
    IncomingMessage,
    | 'from'
    | 'to'
    | 'sentAs'
    | 'sentAt'
    | 'isGenerated'
    | 'answers'
    | 'isDirect'
    | 'names'
    | 'referenceNames'
    | 'archiveId'
    | 'stanza'
  > {}

export type Reading =
  | { kind: 'message'; message: IncomingMessage }
  | { kind: 'sealed'; message: SealedMessage }
  /** A message of ours came back: `id` is the one we sent it under. */
  | { kind: 'bounce'; id: string; reason: string; from: BareJid }
  /** The one we wrote to got the message, or saw it (XEP-0184, XEP-0333). */
  | { kind: 'receipt'; id: string; state: 'delivered' | 'displayed'; from: BareJid; to: BareJid }
  | { kind: 'ignored'; why: 'forged' | 'room' | 'encrypted' | 'no-text' | 'no-address' };

/** Reads a message stanza of an account's stream. Pure: the same stanza always reads the same. */
export function readMessage(stanza: Element, own: BareJid, receivedAt: number): Reading {
  const carbon = unwrapCarbon(stanza, own);
  if (carbon === 'forged') return { kind: 'ignored', why: 'forged' };
  const message = carbon?.message ?? stanza;
  // Only the own server's word counts for when a message was sent.
  const clerks = [own, domainOf(own), ''];
  const stampedAt = delayOf(message, clerks) ?? delayOf(stanza, clerks) ?? receivedAt;
  // A sender can write such a stamp as well, and some servers pass it on: nothing was sent later than it came.
  const sentAt = Math.min(stampedAt, receivedAt);
  return readInner(message, own, { sentAt, isDirect: carbon === undefined });
}

/** Reads a message as the own archive keeps it (XEP-0313); the archive's stamp is the server's word. */
export function readArchived({ archiveId, stampMs, message }: ArchivedMessage, own: BareJid): Reading {
  const reading = readInner(message, own, { sentAt: stampMs, isDirect: false });
  if (reading.kind === 'message' || reading.kind === 'sealed') {
    reading.message.names.push(archiveName(archiveId));
    reading.message.archiveId = archiveId;
  }
  return reading;
}

/** Reads what a sealed message turned out to say; it keeps its names, and the time at which it was sent. */
export function readOpened(
  stanza: Element,
  own: BareJid,
  { sentAt, isDirect, names, archiveId }: SealedMessage,
): Reading {
  const reading = readInner(stanza, own, { sentAt, isDirect });
  if (reading.kind !== 'message') return reading;
  return { kind: 'message', message: { ...reading.message, isEncrypted: true, names, archiveId } };
}

/** Whether an engine answered a command with this message. */
export const isAnswer = (message: Element): boolean =>
  message.getChild('generated', NS_BOTMOTHER)?.attrs.for !== undefined;

function readInner(
  message: Element,
  own: BareJid,
  { sentAt, isDirect }: { sentAt: number; isDirect: boolean },
): Reading {
  const { type } = message.attrs;
  const from = message.attrs.from === undefined ? own : bareOf(message.attrs.from);
  const to = message.attrs.to === undefined ? own : bareOf(message.attrs.to);
  if (!from || !to) return { kind: 'ignored', why: 'no-address' };
  if (type === 'error') {
    const error = message.getChild('error');
    const reason = error?.getChildText('text') ?? error?.getChildElements()[0]?.getName() ?? 'refused';
    return { kind: 'bounce', id: String(message.attrs.id ?? ''), reason: foreignText(reason), from };
  }
  // With XEP-0045's mark it is an occupant's private message; invitations are not said to anybody either.
  if (
    type === 'groupchat' ||
    type === 'headline' ||
    message.getChild('x', NS_MUC_USER) ||
    message.getChild('x', NS_CONFERENCE)
  ) {
    return { kind: 'ignored', why: 'room' };
  }
  if (FOREIGN_ENCRYPTION.some((namespace) => message.getChildByAttr('xmlns', namespace))) {
    return { kind: 'ignored', why: 'encrypted' };
  }
  const id = String(message.attrs.id ?? '');
  const originId = originIdOf(message);
  const mark = message.getChild('generated', NS_BOTMOTHER);
  const archiveId = stanzaIdBy(message, own);
  const common = {
    stanza: message,
    archiveId,
    from,
    to,
    sentAs: String(originId ?? id),
    sentAt,
    isGenerated: mark !== undefined,
    answers: mark?.attrs.for === undefined ? undefined : String(mark.attrs.for),
    isDirect,
    referenceNames: [...new Set([originId, id].filter((one) => one))].map((one) =>
      referenceName(from, one ?? ''),
    ),
  };
  if (isEncrypted(message)) {
    const names = namesOf(message, own, sealedText(message), archiveId);
    return { kind: 'sealed', message: { ...common, names } };
  }
  const said = readSaid(message);
  if (!said) return readNews(message, from, to) ?? { kind: 'ignored', why: 'no-text' };
  const address = String(message.attrs.from ?? '');
  const { kind, text, target, emojis, files } = said;
  return {
    kind: 'message',
    message: {
      ...common,
      kind,
      resource: address.includes('/') ? address.slice(address.indexOf('/') + 1) : '',
      text,
      id,
      stanzaId: target ?? String(originId ?? (id || (archiveId ?? ''))),
      replyTo: readReply(message)?.id,
      emojis,
      files,
      isEncrypted: false,
      names: namesOf(message, own, contentOf(said), archiveId),
    },
  };
}

export interface Said {
  kind: MessageKind;
  text: string;
  /** The earlier message that it is about. */
  target?: string;
  emojis: readonly string[];
  files: readonly FileReference[];
}

/** The bodies of retractions and reactions are there for clients that know neither: they are not what is said. */
export function readSaid(message: Element): Said | undefined {
  const retracted = readRetraction(message);
  if (retracted) return { kind: 'deleted_message', text: '', target: retracted.id, emojis: [], files: [] };
  const reactions = readReactions(message);
  if (reactions)
    return { kind: 'reaction', text: '', target: reactions.id, emojis: [...reactions.emojis], files: [] };
  const text = readReply(message)?.text ?? message.getChildText('body') ?? '';
  const files = filesIn(message, text);
  if (text === '' && files.length === 0) return undefined;
  const replaced = readReplaced(message);
  if (replaced) return { kind: 'edited_message', text, target: replaced.id, emojis: [], files };
  return { kind: 'message', text, emojis: [], files };
}

/** Names of a message: by its sender's origin id, by its id and what it says, by its archive's id. */
function namesOf(message: Element, own: BareJid, content: string, archiveId: string | undefined): string[] {
  const from = message.attrs.from === undefined ? own : (bareOf(message.attrs.from) ?? message.attrs.from);
  const originId = originIdOf(message);
  const { id } = message.attrs;
  return [
    ...(originId ? [originName(from, originId)] : []),
    ...(id ? [idName(from, id, content)] : []),
    ...(archiveId ? [archiveName(archiveId)] : []),
  ];
}

const contentOf = ({ kind, text, target, emojis }: Said): string =>
  kind === 'message' ? text : [kind, target, text, ...emojis].join('|');
/**
 * What is encrypted is the same in every copy: the keys and the payload. How a copy is written is not, for archives order
 * attributes as they like.
 */
const sealedText = (message: Element): string =>
  message
    .getChildrenByAttr('xmlns', NS_OMEMO.omemo2)
    .concat(message.getChildrenByAttr('xmlns', NS_OMEMO.legacy))
    .map(textIn)
    .join('|');
const textIn = (element: Element): string =>
  [element.getText(), ...element.getChildElements().map(textIn)].join(' ');

function readNews(message: Element, from: BareJid, to: BareJid): Reading | undefined {
  const marker = readMarker(message);
  const id = (marker ?? readReceipt(message))?.id;
  const state = marker && marker.kind !== 'received' ? 'displayed' : 'delivered';
  return id === undefined ? undefined : { kind: 'receipt', id, state, from, to };
}
