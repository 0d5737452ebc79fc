import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, childElements, type Element, isElement, xml } from './element.ts';
import { NS_CLIENT } from './namespaces.ts';
import { delay, delayOf } from './xep-0203-delay.ts';

export const NS_FORWARD = 'urn:xmpp:forward:0';

export interface Forwarded {
  message: Element;
  /** When it was sent, by the word of who forwards it; undefined where that is not said. */
  delayMs: number | undefined;
}

/** XEP-0297: a stanza inside another. The stanza gets the namespace that it would inherit from a stream. */
export function forwarded(message: Element, sentMs?: number): Element {
  message.attrs.xmlns = NS_CLIENT;
  return xml('forwarded', { xmlns: NS_FORWARD }, sentMs === undefined ? undefined : delay(sentMs), message);
}

/**
 * The stanza of that name forwarded inside a wrapper; undefined unless there is exactly one (XEP-0297, 3). Who forwards
 * may write anything: first see with `isFromBare` that it is somebody to be believed (XEP-0297, 5).
 */
export function readForwarded(
  wrapper: Element,
  expectedName: 'message' | 'presence' | 'iq' = 'message',
): Forwarded | undefined {
  const envelope = child(wrapper, 'forwarded', NS_FORWARD);
  const stanzas = envelope ? childElements(envelope).filter((one) => one.getNS() === NS_CLIENT) : [];
  const [message, ...more] = stanzas;
  if (!envelope || !message || more.length > 0 || !isElement(message, expectedName, NS_CLIENT))
    return undefined;
  return { message, delayMs: delayOf(envelope) };
}

/**
 * Whether a stanza is from exactly this bare JID: what has a resource was sent by some client of it. A stanza without
 * sender is from the own account (RFC 6120, 8.1.2.1).
 */
export function isFromBare(stanza: Element, jid: BareJid, ownJid: BareJid): boolean {
  return bareSender(stanza, ownJid) === jid;
}

/** The bare JID that sent a stanza; undefined where it has a resource or is none. */
export function bareSender(stanza: Element, ownJid: BareJid): BareJid | undefined {
  const from = attribute(stanza, 'from');
  if (from === undefined) return ownJid;
  return from.includes('/') ? undefined : bareOf(from);
}
