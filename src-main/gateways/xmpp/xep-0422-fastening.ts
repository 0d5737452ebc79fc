import { attribute, child, childElements, type Element } from './element.ts';

export const NS_FASTENING = 'urn:xmpp:fasten:0';

/** XEP-0422: what a message says about an earlier one. Given up by its users; it is only read here. */
export function readFastened(message: Element): { id: string; payloads: Element[] } | undefined {
  const applied = child(message, 'apply-to', NS_FASTENING);
  const id = applied && attribute(applied, 'id');
  return id ? { id, payloads: childElements(applied) } : undefined;
}
