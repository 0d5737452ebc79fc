import { attribute, childElements, type Element, isElement } from './element.ts';

export const NS_REFERENCE = 'urn:xmpp:reference:0';

/** XEP-0372: the addresses that a message mentions, without query, as its `xmpp:` URIs have them. */
export function mentionsIn(message: Element): string[] {
  return childElements(message)
    .filter((one) => isElement(one, 'reference', NS_REFERENCE) && attribute(one, 'type') === 'mention')
    .flatMap((one) => {
      const [, path] = /^xmpp:(?:\/\/[^/]*\/)?([^?#]*)/.exec(attribute(one, 'uri') ?? '') ?? [];
      return path ? [decoded(path)] : [];
    });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
