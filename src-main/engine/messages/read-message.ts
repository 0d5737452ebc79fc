import { createHash } from 'node:crypto';
import type { Element } from '@xmpp/xml';
import { type BareJid, bareOf, domainOf } from '../../../src-shared/jid.ts';
import { foreignText } from '../../gateways/xmpp/foreign-text.ts';
import { readReceipt } from '../../gateways/xmpp/xep-0184-receipts.ts';
import { delayOf } from '../../gateways/xmpp/xep-0203-delay.ts';
import { unwrapCarbon } from '../../gateways/xmpp/xep-0280-carbons.ts';
import { readReplaced } from '../../gateways/xmpp/xep-0308-correction.ts';
import type { ArchivedMessage } from '../../gateways/xmpp/xep-0313-archive.ts';
import { readMarker } from '../../gateways/xmpp/xep-0333-markers.ts';
import { originIdOf, stanzaIdBy } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import { NS_BOTMOTHER } from './compose.ts';

const ENCRYPTED = [
  'eu.siacs.conversations.axolotl',
  'urn:xmpp:omemo:2',
  'urn:xmpp:openpgp:0',
  'jabber:x:encrypted',
];

/** A message with a text for a conversation of an account, whichever copy of it arrived. */
export interface IncomingMessage {
  /** Bare JIDs. In the self-chat both are the account's own. */
  from: BareJid;
  to: BareJid;
  /** Resource of the sending client. */
  resource: string;
  text: string;
  /** What replies, reactions and retractions refer to (XEP-0359: origin id, else the message id). */
  stanzaId: string;
  /** The message's `id` attribute. */
  id: string;
  /** Unix milliseconds: the server's stamp of a delayed message, else the time it was received. */
  sentAt: number;
  /** An engine sent it. */
  isGenerated: boolean;
  /** Every name the message is known by: its copies share at least one. */
  names: string[];
}

export type Reading =
  | { kind: 'message'; message: IncomingMessage }
  /** A message of ours came back: `id` is the one we sent it under. */
  | { kind: 'bounce'; id: string; reason: string; from: BareJid }
  /** The one we wrote to got the message, or saw it (XEP-0184, XEP-0333). */
  | { kind: 'receipt'; id: string; state: 'delivered' | 'displayed'; from: BareJid }
  | { kind: 'ignored'; why: 'forged' | 'room' | 'encrypted' | 'correction' | 'no-text' | 'no-address' };

/** Names of a message: by its archive's id, by its sender's origin id, by its id and text. Hashed to one length. */
function namesOf(message: Element, own: BareJid, text: string): string[] {
  const from = message.attrs.from === undefined ? own : (bareOf(message.attrs.from) ?? message.attrs.from);
  const archiveId = stanzaIdBy(message, own);
  const originId = originIdOf(message);
  const { id } = message.attrs;
  return [
    ...(archiveId ? [`archive|${archiveId}`] : []),
    ...(originId ? [`origin|${from}|${originId}`] : []),
    ...(id ? [`id|${from}|${id}|${text}`] : []),
  ].map(hashed);
}

/** Reads a message stanza of an account's stream. Pure: the same stanza always reads the same. */
export function readMessage(stanza: Element, own: BareJid, receivedAt: number): Reading {
  const carbon = unwrapCarbon(stanza, own);
  if (carbon === 'forged') return { kind: 'ignored', why: 'forged' };
  const message = carbon?.message ?? stanza;
  // Only the own server's word counts for when a message was sent.
  const clerks = [own, domainOf(own), ''];
  return readInner(message, own, delayOf(message, clerks) ?? delayOf(stanza, clerks) ?? receivedAt);
}

/** Reads a message as the own archive keeps it (XEP-0313); the archive's stamp is the server's word. */
export function readArchived({ archiveId, stampMs, message }: ArchivedMessage, own: BareJid): Reading {
  const reading = readInner(message, own, stampMs);
  if (reading.kind === 'message') reading.message.names.push(hashed(`archive|${archiveId}`));
  return reading;
}

function readInner(message: Element, own: BareJid, sentAt: number): Reading {
  const { type } = message.attrs;
  const from = message.attrs.from === undefined ? own : bareOf(message.attrs.from);
  const to = message.attrs.to === undefined ? own : bareOf(message.attrs.to);
  if (!from || !to) return { kind: 'ignored', why: 'no-address' };
  if (type === 'error') {
    const error = message.getChild('error');
    const reason = error?.getChildText('text') ?? error?.getChildElements()[0]?.getName() ?? 'refused';
    return { kind: 'bounce', id: String(message.attrs.id ?? ''), reason: foreignText(reason), from };
  }
  if (type === 'groupchat' || type === 'headline') return { kind: 'ignored', why: 'room' };
  if (ENCRYPTED.some((namespace) => message.getChildByAttr('xmlns', namespace))) {
    return { kind: 'ignored', why: 'encrypted' };
  }
  if (readReplaced(message)) return { kind: 'ignored', why: 'correction' };
  const text = message.getChildText('body');
  if (!text) return readNews(message, from) ?? { kind: 'ignored', why: 'no-text' };
  const id = String(message.attrs.id ?? '');
  const address = String(message.attrs.from ?? '');
  return {
    kind: 'message',
    message: {
      from,
      to,
      resource: address.includes('/') ? address.slice(address.indexOf('/') + 1) : '',
      text,
      id,
      stanzaId: String(originIdOf(message) ?? (id || (stanzaIdBy(message, own) ?? ''))),
      sentAt,
      isGenerated: message.getChild('generated', NS_BOTMOTHER) !== undefined,
      names: namesOf(message, own, text),
    },
  };
}

function readNews(message: Element, from: BareJid): Reading | undefined {
  const marker = readMarker(message);
  const id = (marker ?? readReceipt(message))?.id;
  const state = marker && marker.kind !== 'received' ? 'displayed' : 'delivered';
  return id === undefined ? undefined : { kind: 'receipt', id, state, from };
}

const hashed = (name: string) => createHash('sha256').update(name).digest('base64url').slice(0, 22);
