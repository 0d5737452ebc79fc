import { attribute, childElements, type Element, isElement, xml } from './element.ts';
import { formatDateTime, parseDateTime } from './xep-0082-date-time.ts';

export const NS_DELAY = 'urn:xmpp:delay';

/** XEP-0203: Delayed Delivery. When something was first sent, and who kept it meanwhile. */
export const delay = (instantMs: number, from?: string): Element =>
  xml('delay', { xmlns: NS_DELAY, from, stamp: formatDateTime(instantMs) });

/**
 * When the element was first sent, Unix milliseconds. Anybody can write such a stamp (XEP-0203, 5): with `trustedBy` only
 * one of these addresses counts. The first that can be read is taken.
 */
export function delayOf(element: Element, trustedBy?: readonly string[]): number | undefined {
  const trusted = trustedBy?.map(comparable);
  for (const one of childElements(element)) {
    if (!isElement(one, 'delay', NS_DELAY)) continue;
    if (trusted && !trusted.includes(comparable(attribute(one, 'from') ?? ''))) continue;
    const instantMs = parseDateTime(attribute(one, 'stamp'));
    if (instantMs !== undefined) return instantMs;
  }
  return undefined;
}

/** Case does not count before the resource. */
function comparable(address: string): string {
  const slash = address.indexOf('/');
  return slash < 0 ? address.toLowerCase() : address.slice(0, slash).toLowerCase() + address.slice(slash);
}
