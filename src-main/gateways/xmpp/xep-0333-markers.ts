import { attribute, child, childElements, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_MARKERS = 'urn:xmpp:chat-markers:0';
const KINDS = ['received', 'displayed', 'acknowledged'] as const;

/** How far a conversation was followed: everything up to that message. */
export interface ChatMarker {
  kind: (typeof KINDS)[number];
  id: string;
}

/** XEP-0333: Displayed Markers (Chat Markers before version 0.5, with two more kinds). */
export const markers: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_MARKERS));
};

/** Asks to be told when the message was displayed. */
export const markable = (): Element => xml('markable', { xmlns: NS_MARKERS });

export const isMarkable = (message: Element): boolean =>
  attribute(message, 'type') !== 'error' && child(message, 'markable', NS_MARKERS) !== undefined;

/** Tells that the message was displayed; of a room's message it is the id that the room gave (XEP-0333, 4.3). */
export const displayed = (id: string): Element => xml('displayed', { xmlns: NS_MARKERS, id });

export function readMarker(message: Element): ChatMarker | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  for (const one of childElements(message)) {
    const kind = one.getNS() === NS_MARKERS && KINDS.find((known) => known === one.getName());
    const id = attribute(one, 'id');
    if (kind && id) return { kind, id };
  }
  return undefined;
}
