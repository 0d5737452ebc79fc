import { attribute, child, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_CORRECTION = 'urn:xmpp:message-correct:0';

/** XEP-0308: Last Message Correction. */
export const correction: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_CORRECTION));
};

/** Makes a message the new text of an earlier one: `id` is the first one's, also for a second correction. */
export const replaces = (id: string): Element => xml('replace', { xmlns: NS_CORRECTION, id });

/** Which message this one corrects. Only its sender may: the caller compares (XEP-0308, 3 and 5). */
export function readReplaced(message: Element): { id: string } | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  const replace = child(message, 'replace', NS_CORRECTION);
  const id = replace && attribute(replace, 'id');
  return id ? { id } : undefined;
}
