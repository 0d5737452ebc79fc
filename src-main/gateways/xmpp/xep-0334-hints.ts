import { childElements, type Element, xml } from './element.ts';

export const NS_HINTS = 'urn:xmpp:hints';
const HINTS = ['store', 'no-store', 'no-copy', 'no-permanent-store'] as const;

export type ProcessingHint = (typeof HINTS)[number];

/** XEP-0334: Message Processing Hints. What servers should do with a message, whatever is in it. */
export const hint = (name: ProcessingHint): Element => xml(name, { xmlns: NS_HINTS });

export function readHints(message: Element): ReadonlySet<ProcessingHint> {
  const names = childElements(message)
    .filter((one) => one.getNS() === NS_HINTS)
    .map((one) => one.getName());
  return new Set(HINTS.filter((name) => names.includes(name)));
}
