import { attribute, childElements, childText, type Element, isElement, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_OUT_OF_BAND = 'jabber:x:oob';
/** `aesgcm:` is a file with its key (XEP-0454). */
const SCHEMES = ['https:', 'http:', 'aesgcm:'];

/** A file that lies somewhere else. */
export interface OutOfBand {
  url: string;
  description: string | undefined;
}

/** XEP-0066: Out of Band Data, in messages (section 3). */
export const outOfBandData: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_OUT_OF_BAND));
};

/** Says where the file of a message is. Most clients show it as a file only when the body is the same address. */
export const outOfBand = ({ url, description }: { url: string; description?: string }): Element =>
  xml(
    'x',
    { xmlns: NS_OUT_OF_BAND },
    xml('url', {}, url),
    description === undefined ? undefined : xml('desc', {}, description),
  );

/** The files of a message; addresses that are not of the web are left out. */
export function readOutOfBand(message: Element): OutOfBand[] {
  if (attribute(message, 'type') === 'error') return [];
  return childElements(message).flatMap((one) => {
    if (!isElement(one, 'x', NS_OUT_OF_BAND)) return [];
    const url = childText(one, 'url', NS_OUT_OF_BAND)?.trim() ?? '';
    if (!URL.canParse(url) || !SCHEMES.includes(new URL(url).protocol)) return [];
    return [{ url, description: childText(one, 'desc', NS_OUT_OF_BAND) || undefined }];
  });
}
