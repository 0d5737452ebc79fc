import { attribute, child, type Element, isElement, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';
import { hint } from './xep-0334-hints.ts';
import { readFastened } from './xep-0422-fastening.ts';
import { fallbackFor } from './xep-0428-fallback.ts';

export const NS_RETRACTION = 'urn:xmpp:message-retract:1';
const NS_RETRACTION_0 = 'urn:xmpp:message-retract:0';

/** XEP-0424: Message Retraction. */
export const retraction: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_RETRACTION));
};

/**
 * What the message that takes another back consists of. `id` is the sender's for a chat, the room's for a room
 * (XEP-0424, 3.1); the text is for clients that do not know retraction.
 */
export const retractionOf = ({ id, fallbackText }: { id: string; fallbackText: string }): Element[] => [
  xml('retract', { xmlns: NS_RETRACTION, id }),
  fallbackFor({ namespace: NS_RETRACTION }),
  xml('body', {}, fallbackText),
  hint('store'),
];

/** Which message is taken back, in this version or the one before. Only its sender may: the caller compares (5). */
export function readRetraction(message: Element): { id: string } | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  const retract = child(message, 'retract', NS_RETRACTION);
  const id = retract && attribute(retract, 'id');
  if (id) return { id };
  const fastened = readFastened(message);
  const isRetraction = fastened?.payloads.some((one) => isElement(one, 'retract', NS_RETRACTION_0));
  return fastened && isRetraction ? { id: fastened.id } : undefined;
}
