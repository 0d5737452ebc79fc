import type { FullJid } from '../../../src-shared/jid.ts';
import { attribute, childElements, type Element, xml } from '../../gateways/xmpp/element.ts';
import { hint } from '../../gateways/xmpp/xep-0334-hints.ts';
import { NS_BOTMOTHER } from '../messages/compose.ts';

/** What one engine of an account tells another: messages that are done, and that it has stopped acting. */
export interface PeerMarks {
  names: string[];
  isHandOver: boolean;
}

const NAMES_PER_STANZA = 400;
const NAME = /^[\w.-]{22}$/;

/** For one engine alone, and for no archive: a headline to its full JID. The last stanza hands over, if one does. */
export function marksOf(to: FullJid, names: readonly string[], isHandOver: boolean): Element[] {
  const parts: Element[] = [];
  for (let at = 0; at < names.length; at += NAMES_PER_STANZA) {
    parts.push(xml('done', { xmlns: NS_BOTMOTHER }, names.slice(at, at + NAMES_PER_STANZA).join(' ')));
  }
  if (isHandOver) parts.push(xml('handover', { xmlns: NS_BOTMOTHER }));
  return parts.map((part) =>
    xml('message', { to, type: 'headline' }, part, hint('no-store'), hint('no-copy')),
  );
}

/** Undefined for a message of another kind. Who sent it is for the caller to check. */
export function marksIn(message: Element): PeerMarks | undefined {
  if (attribute(message, 'type') !== 'headline') return undefined;
  const marks = childElements(message).filter((one) => one.getNS() === NS_BOTMOTHER);
  if (marks.length === 0) return undefined;
  const done = marks.filter((one) => one.getName() === 'done').map((one) => one.getText());
  const names = done.flatMap((text) => text.split(' ')).filter((name) => NAME.test(name));
  return {
    names: names.slice(0, NAMES_PER_STANZA),
    isHandOver: marks.some((one) => one.getName() === 'handover'),
  };
}
