import { createHash } from 'node:crypto';
import type { Element } from '@xmpp/xml';
import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { NS_BOTMOTHER } from './compose.ts';

const NS_CARBONS = 'urn:xmpp:carbons:2';
const NS_FORWARD = 'urn:xmpp:forward:0';
const NS_STANZA_ID = 'urn:xmpp:sid:0';
const NS_DELAY = 'urn:xmpp:delay';
const NS_CORRECTION = 'urn:xmpp:message-correct:0';
const NS_CLIENT = 'jabber:client';
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
  | { kind: 'bounce'; id: string; reason: string }
  | { kind: 'ignored'; why: 'forged' | 'room' | 'encrypted' | 'correction' | 'no-text' | 'no-address' };

/**
 * Opens a carbon (XEP-0280): the inner message, or undefined where the outer sender is not the account itself, which
 * makes it a forgery (section 11).
 */
function openCarbon(stanza: Element, own: BareJid): Element | undefined {
  const wrapper = stanza.getChild('sent', NS_CARBONS) ?? stanza.getChild('received', NS_CARBONS);
  if (!wrapper) return stanza;
  if (stanza.attrs.from !== undefined && stanza.attrs.from !== own) return undefined;
  return wrapper.getChild('forwarded', NS_FORWARD)?.getChild('message', NS_CLIENT);
}

/** The stamp of a delayed message (XEP-0203), Unix milliseconds; undefined without one that can be read. */
function delayOf(...elements: (Element | undefined)[]): number | undefined {
  for (const element of elements) {
    const stamp = Date.parse(String(element?.getChild('delay', NS_DELAY)?.attrs.stamp));
    if (Number.isFinite(stamp)) return stamp;
  }
  return undefined;
}

/** Names of a message: by its archive's id, by its sender's origin id, by its id and text. Hashed to one length. */
function namesOf(message: Element, own: BareJid, text: string): string[] {
  const from = String(message.attrs.from ?? own);
  const names: string[] = [];
  for (const child of message.getChildren('stanza-id', NS_STANZA_ID)) {
    // Only the own server's word counts: anybody can write such an element.
    if (child.attrs.by === own && child.attrs.id) names.push(`archive|${child.attrs.id}`);
  }
  const originId = message.getChild('origin-id', NS_STANZA_ID)?.attrs.id;
  if (originId) names.push(`origin|${bareOf(from) ?? from}|${originId}`);
  const { id } = message.attrs;
  if (id) names.push(`id|${bareOf(from) ?? from}|${id}|${text}`);
  return names.map((name) => createHash('sha256').update(name).digest('base64url').slice(0, 22));
}

/** Reads a message stanza of an account's stream. Pure: the same stanza always reads the same. */
export function readMessage(stanza: Element, own: BareJid, receivedAt: number): Reading {
  const message = openCarbon(stanza, own);
  if (!message) return { kind: 'ignored', why: 'forged' };
  const { type } = message.attrs;
  const from = message.attrs.from === undefined ? own : bareOf(message.attrs.from);
  const to = message.attrs.to === undefined ? own : bareOf(message.attrs.to);
  if (!from || !to) return { kind: 'ignored', why: 'no-address' };
  if (type === 'error') {
    const error = message.getChild('error');
    const reason = error?.getChildText('text') ?? error?.getChildElements()[0]?.getName() ?? 'refused';
    return { kind: 'bounce', id: String(message.attrs.id ?? ''), reason };
  }
  if (type === 'groupchat' || type === 'headline') return { kind: 'ignored', why: 'room' };
  if (ENCRYPTED.some((namespace) => message.getChildByAttr('xmlns', namespace))) {
    return { kind: 'ignored', why: 'encrypted' };
  }
  if (message.getChild('replace', NS_CORRECTION)) return { kind: 'ignored', why: 'correction' };
  const text = message.getChildText('body');
  if (!text) return { kind: 'ignored', why: 'no-text' };
  const id = String(message.attrs.id ?? '');
  const archiveId = message.getChildren('stanza-id', NS_STANZA_ID).find(({ attrs }) => attrs.by === own)
    ?.attrs.id;
  const address = String(message.attrs.from ?? '');
  return {
    kind: 'message',
    message: {
      from,
      to,
      resource: address.includes('/') ? address.slice(address.indexOf('/') + 1) : '',
      text,
      id,
      stanzaId: String(message.getChild('origin-id', NS_STANZA_ID)?.attrs.id ?? (id || (archiveId ?? ''))),
      sentAt: delayOf(message, stanza) ?? receivedAt,
      isGenerated: message.getChild('generated', NS_BOTMOTHER) !== undefined,
      names: namesOf(message, own, text),
    },
  };
}
